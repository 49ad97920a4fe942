/// A function that expressions may call, with what the reference page says of it.
package struct StatisticalFunction: Sendable {
  /// How a value moves when its rows are resampled, which decides the interval that is honest.
  package enum Regularity: Int, Sendable, Comparable {
    /// Not an estimate: resampling would say nothing of it.
    case exact
    /// Moves a little when a level is left out: jackknife errors and studentised intervals hold.
    case smooth
    /// Moves in steps: jackknife errors do not hold, percentiles of the bootstrap do.
    case stepwise
    /// An extreme of what is resampled, for which the bootstrap fails.
    case extreme

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  package enum Computation: Sendable {
    /// One sample, from its moments alone.
    case moments(@Sendable (Moments) -> Double)
    /// One sample; the number is the function's second argument, 0 where it has none.
    case sample(@Sendable (WeightedSample, Double) -> Double)
    /// Two samples aligned on their keys.
    case pair(@Sendable (PairedSample) -> Double)
  }

  package let name: String
  /// The arguments as the reference page prints them.
  package let arguments: [String]
  package let meaning: String
  /// Over resampled rows; a two-sample function over fixed pairs whose values move. With pairs drawn
  /// themselves it is smooth, for one pair then shifts it by a share of its weight.
  package let regularity: Regularity
  package let computation: Computation

  /// Whether the second argument is a share, from 0 to 1; else any number will do.
  package var takesShare: Bool { arguments.last == "q" }

  /// Whether the function compares two samples.
  package var takesPair: Bool {
    if case .pair = computation { return true }
    return false
  }

  /// How it is called: `quantile(x, q)`.
  package var usage: String { "\(name)(\(arguments.joined(separator: ", ")))" }

  /// The value of one sample; a precondition where the function compares two.
  package func value(_ sample: WeightedSample, _ parameter: Double = 0) -> Double {
    switch computation {
    case .moments(let function): return function(Moments(sample))
    case .sample(let function): return function(sample, parameter)
    case .pair: preconditionFailure("'\(name)' compares two samples")
    }
  }
}

/// All functions of expressions, by name.
package enum FunctionRegistry {
  /// In the order of their names.
  package static let all: [StatisticalFunction] = [
    one("count", "number of rows that have a value", .exact, .moments { $0.count }),
    one("iqm", "mean of the middle half", .smooth, .sample { sample, _ in interquartileMean(sample) }),
    two("kendall", "Kendall's rank correlation τ-b", .stepwise, .pair(kendallTauB)),
    one("max", "largest value", .extreme, .sample { sample, _ in maximum(sample) }),
    one("mean", "arithmetic mean", .smooth, .moments { $0.mean }),
    one("median", "middle value", .stepwise, .sample { sample, _ in quantile(sample, 0.5) }),
    one("min", "smallest value", .extreme, .sample { sample, _ in minimum(sample) }),
    StatisticalFunction(
      name: "optimality-gap", arguments: ["x", "target"],
      meaning: "mean shortfall from a target, values above it counting as reaching it",
      regularity: .smooth, computation: .sample { sample, target in optimalityGap(sample, target: target) }),
    two("pearson", "product-moment correlation", .smooth, .pair(pearsonCorrelation)),
    two(
      "probability-of-improvement", "chance that an x exceeds a y, over all combinations; ties count half",
      .stepwise,
      .pair(probabilityOfImprovement)),
    StatisticalFunction(
      name: "quantile", arguments: ["x", "q"], meaning: "value that a share q of the rows does not exceed",
      regularity: .stepwise, computation: .sample { sample, q in quantile(sample, q) }),
    one("sd", "standard deviation, with n − 1", .smooth, .moments { $0.standardDeviation }),
    two("slope", "least-squares slope of y over x", .smooth, .pair(linearSlope)),
    two("spearman", "Spearman's rank correlation, ties at mean ranks", .stepwise, .pair(spearmanCorrelation)),
  ]

  /// The function of that name, or nil.
  package static func function(_ name: String) -> StatisticalFunction? { all.first { $0.name == name } }

  private static func one(
    _ name: String, _ meaning: String, _ regularity: StatisticalFunction.Regularity,
    _ computation: StatisticalFunction.Computation
  ) -> StatisticalFunction {
    StatisticalFunction(
      name: name, arguments: ["x"], meaning: meaning, regularity: regularity, computation: computation)
  }

  private static func two(
    _ name: String, _ meaning: String, _ regularity: StatisticalFunction.Regularity,
    _ computation: StatisticalFunction.Computation
  ) -> StatisticalFunction {
    StatisticalFunction(
      name: name, arguments: ["x", "y"], meaning: meaning, regularity: regularity, computation: computation)
  }
}
