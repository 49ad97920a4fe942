import Experiments

/// What trials have cost so far, for forecasts and for starting the longest first.
package struct PastCost: Hashable, Sendable {
  /// How many trials the sums are over; at least 1.
  package let trials: Int
  /// Sum of CPU seconds.
  package let cpuSeconds: Double
  /// Sum of wall seconds.
  package let wallSeconds: Double
  /// Sum of the bytes of specifications and outcomes.
  package let bytes: Int

  package init(trials: Int, cpuSeconds: Double, wallSeconds: Double, bytes: Int) {
    self.trials = trials
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.bytes = bytes
  }

  package static func + (a: Self, b: Self) -> Self {
    PastCost(
      trials: a.trials + b.trials, cpuSeconds: a.cpuSeconds + b.cpuSeconds,
      wallSeconds: a.wallSeconds + b.wallSeconds, bytes: a.bytes + b.bytes)
  }
}

/// The past costs that forecasts rest on.
package struct PastCosts: Sendable {
  /// By the shape of trials, see `KeyFields.shape`.
  package var byShape: [Digest: PastCost] = [:]
  /// By procedure, over all shapes.
  package var byProcedure: [String: PastCost] = [:]

  package init() {}

  mutating func add(_ cost: PastCost, shape: Digest, procedure: String) {
    byShape[shape] = byShape[shape].map { $0 + cost } ?? cost
    byProcedure[procedure] = byProcedure[procedure].map { $0 + cost } ?? cost
  }
}

extension FinishedTrial {
  /// Its shape and what it adds to the past costs.
  ///
  /// - Parameter specification: its canonical form.
  func pastCost(specification: [UInt8], outcome: [UInt8]) -> (shape: Digest, cost: PastCost) {
    guard let fields = try? KeyFields(specification) else {
      preconditionFailure("a canonical form that cannot be read")
    }
    return (
      fields.shape,
      PastCost(
        trials: 1, cpuSeconds: cost.cpuSeconds, wallSeconds: cost.wallSeconds,
        bytes: specification.count + outcome.count)
    )
  }
}
