import Experiments

/// A search's budget in another unit than configurations: it starts configurations while the sum spent lies below the
/// amount. Everything that was run counts, diverged trials too.
package struct Effort: Hashable, Sendable {
  /// What is counted.
  package enum Unit: Hashable, Sendable {
    /// Trials: one a configuration, tuning seed and split.
    case evaluations
    /// A whole number among the procedure's settings, such as `epochs`: what each trial is declared to run.
    case setting(String)
    /// Counted in what the trials report.
    case examples, flops

    /// As a study writes it.
    package var text: String {
      switch self {
      case .evaluations: "evaluations"
      case .setting(let name): name
      case .examples: "examples"
      case .flops: "flops"
      }
    }
  }

  package let unit: Unit
  package let amount: Double

  package init(unit: Unit, amount: Double) {
    self.unit = unit
    self.amount = amount
  }

  package var text: String { "\(numberLabel(amount)) \(unit.text)" }

  /// What a configuration's trials will spend; nil where only running them tells.
  func declared(_ trials: [TrialSpecification]) -> Double? {
    switch unit {
    case .evaluations: Double(trials.count)
    case .setting(let name): trials.reduce(0) { $0 + ($1.settings[name]?.number ?? 0) }
    case .examples, .flops: nil
    }
  }

  /// What they have spent.
  func spent(_ trials: [TrialSpecification], _ outcomes: [Outcome]) -> Double {
    switch unit {
    case .examples: outcomes.reduce(0) { $0 + Double($1.cost.examples) }
    case .flops: outcomes.reduce(0) { $0 + Double($1.cost.flops) }
    case .evaluations, .setting: declared(trials) ?? 0
    }
  }
}
