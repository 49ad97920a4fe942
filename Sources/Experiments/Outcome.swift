/// What a trial came to: the same bits whenever it is run again.
package struct Outcome: Hashable, Sendable {
  package enum Status: Hashable, Sendable {
    case finished
    /// Training left the finite numbers; a result like any other, with its reason.
    case diverged(String)
  }

  package let status: Status
  /// Measure values by column; a diverged trial has none.
  package let measures: [String: Double]
  package let curves: [Curve]
  package let cost: CountedCost
  /// What the trial was asked to keep, by name; a diverged trial keeps nothing.
  package let artefacts: [Artefact]

  package init(
    status: Status, measures: [String: Double], curves: [Curve], cost: CountedCost, artefacts: [Artefact] = []
  ) {
    self.status = status
    self.measures = measures
    self.curves = curves
    self.cost = cost
    self.artefacts = artefacts.sorted { $0.name < $1.name }
  }
}

extension Outcome {
  /// The outcome as a search sees it.
  package var withoutCurves: Outcome {
    Outcome(status: status, measures: measures, curves: [], cost: cost, artefacts: artefacts)
  }

  /// What a later stage needs of the outcome, without any number of it.
  package var artefactsAlone: Outcome {
    Outcome(status: status, measures: [:], curves: [], cost: CountedCost(), artefacts: artefacts)
  }
}

/// A measure along the steps of one trial (`NAME.steps` in a study); `steps` and `values` have the same length.
package struct Curve: Hashable, Sendable {
  package let name: String
  package let steps: [Int]
  package let values: [Double]

  package init(name: String, steps: [Int], values: [Double]) {
    self.name = name
    self.steps = steps
    self.values = values
  }
}

/// Cost counted exactly, the same on every machine.
package struct CountedCost: Hashable, Sendable {
  /// Training examples seen, repeats included.
  package var examples: Int
  /// Floating-point operations: an elementwise function counts one an element, a multiply-add two; steps of an
  /// optimizer count none.
  package var flops: Int

  package init(examples: Int = 0, flops: Int = 0) {
    self.examples = examples
    self.flops = flops
  }

  package static func + (a: CountedCost, b: CountedCost) -> CountedCost {
    CountedCost(examples: a.examples + b.examples, flops: a.flops + b.flops)
  }

  package static func += (a: inout CountedCost, b: CountedCost) { a = a + b }
}

/// Cost measured once on some host; outside a trial's identity and outside the result digest.
package struct MeasuredCost: Hashable, Sendable {
  package let cpuSeconds: Double
  package let wallSeconds: Double
  package let peakBytes: Int
  package let host: String

  package init(cpuSeconds: Double, wallSeconds: Double, peakBytes: Int, host: String) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.peakBytes = peakBytes
    self.host = host
  }
}

/// A run of a trial that ended without an outcome: logged, tried again at the next build, never a result.
package struct Attempt: Hashable, Sendable {
  package enum Ending: Hashable, Sendable {
    /// The procedure threw, with its message.
    case failed(String)
    /// The worker died: a trap or a signal, with the status as the system gave it.
    case crashed(String)
    case timedOut(seconds: Double)
    /// It held more memory than this limit.
    case outgrew(bytes: Int)
  }

  package let ending: Ending
  /// What the worker wrote to its standard error meanwhile, capped.
  package let log: String

  package init(ending: Ending, log: String) {
    self.ending = ending
    self.log = log
  }

  package var summary: String {
    switch ending {
    case .failed(let message): message
    case .crashed(let status): "the worker died (\(status))"
    case .timedOut(let seconds): "stopped after \(numberLabel(seconds)) s"
    case .outgrew(let bytes): "stopped when its worker held more than \(bytes >> 20) MiB"
    }
  }
}
