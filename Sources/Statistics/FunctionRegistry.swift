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
    /// Two samples that are not aligned, compared within each key and averaged over the keys.
    case groups(@Sendable (WeightedSample, WeightedSample) -> Double)
    /// A number by itself, or each number of a series.
    case number(@Sendable (Double) -> Double)
    /// From each key of a series to the next.
    case steps
  }

  /// What a factor of labels is to it.
  package enum Labels: Sendable {
    /// Nothing: it needs numbers.
    case refused
    /// Numbers by their order, for only the order of values counts.
    case ordered
    /// Groups, which its first argument names; the second needs numbers.
    case groups
  }

  package let name: String
  /// The arguments as the reference page prints them.
  package let arguments: [String]
  package let meaning: String
  /// Over resampled rows; a two-sample function over fixed pairs whose values move. With pairs drawn
  /// themselves it is smooth, for one pair then shifts it by a share of its weight.
  package let regularity: Regularity
  package let computation: Computation
  /// Over fixed keys whose values move: an order statistic then passes from one key to another in steps.
  package let regularityOverKeys: Regularity
  /// What the number behind the sample may be; nil where there is none.
  package let parameterRange: ClosedRange<Double>?
  package let labels: Labels

  init(
    name: String, arguments: [String], meaning: String, regularity: Regularity, computation: Computation,
    regularityOverKeys: Regularity? = nil, parameterRange: ClosedRange<Double>? = nil,
    labels: Labels = .refused
  ) {
    self.name = name
    self.arguments = arguments
    self.meaning = meaning
    self.regularity = regularity
    self.computation = computation
    self.regularityOverKeys = regularityOverKeys ?? min(regularity, .stepwise)
    self.parameterRange = parameterRange
    self.labels = labels
  }

  /// Whether it makes one value of the rows of a column.
  package var takesSample: Bool {
    switch computation {
    case .moments, .sample: true
    case .pair, .groups, .number, .steps: false
    }
  }

  /// What its values lie within, whatever the sample; nil where they may be any number.
  package var valueRange: ClosedRange<Double>? {
    switch name {
    case "share-above", "share-below", "kendall-w", "probability-of-improvement", "time-to-result-score":
      0...1
    case "jonckheere", "kendall", "pearson", "spearman": -1...1
    case "omega-squared": -.infinity...1
    default: nil
    }
  }

  /// How it is called: `quantile(x, q)`.
  package var usage: String { "\(name)(\(arguments.joined(separator: ", ")))" }

  /// The value of one sample; a precondition where the function compares two.
  package func value(_ sample: WeightedSample, _ parameter: Double = 0) -> Double {
    switch computation {
    case .moments(let function): return function(Moments(sample))
    case .sample(let function): return function(sample, parameter)
    case .pair, .groups, .number, .steps: preconditionFailure("'\(name)' is not a function of one sample")
    }
  }
}

/// All functions of expressions, by name.
package enum FunctionRegistry {
  /// In the order of their names.
  package static let all: [StatisticalFunction] = [
    number("abs", "size without sign") { abs($0) },
    two("at-max", "the x where y is largest, the first of equals", .stepwise, .pair(valueAtLargest)),
    one("count", "number of rows that have a value", .exact, .moments { $0.count }),
    two(
      "ece", "expected calibration error of confidences x and outcomes y, in 15 bins of equal width", .smooth,
      .pair(expectedCalibrationError)),
    number("exp", "e to the power of x") { exponential($0) },
    one(
      "geometric-mean", "mean on the logarithmic scale", .smooth,
      .sample { sample, _ in geometricMean(sample) }),
    one("iqm", "mean of the middle half", .smooth, .sample { sample, _ in interquartileMean(sample) }),
    two(
      "jonckheere", "Jonckheere–Terpstra's trend of y along x, from −1 to 1", .stepwise,
      .pair(jonckheereTrend),
      labels: .ordered),
    two("kendall", "Kendall's rank correlation τ-b", .stepwise, .pair(kendallTauB), labels: .ordered),
    two(
      "kendall-of-top", "Kendall's τ-b among the fifth of the pairs with the largest x", .stepwise,
      .pair(kendallOfTopFifth)),
    two(
      "kendall-w", "Kendall's W: how far the levels of x agree in how they rank the items of y", .stepwise,
      .pair(kendallConcordance), labels: .ordered),
    number("log", "natural logarithm") { $0 > 0 ? logarithm($0) : .nan },
    one("max", "largest value", .extreme, .sample { sample, _ in maximum(sample) }),
    one("mean", "arithmetic mean", .smooth, .moments { $0.mean }),
    one("median", "middle value", .stepwise, .sample { sample, _ in quantile(sample, 0.5) }),
    one("min", "smallest value", .extreme, .sample { sample, _ in minimum(sample) }),
    two(
      "omega-squared",
      "ω²: the share of the variance of y that the levels of x explain, less biased than η²; may be below 0",
      .smooth, .pair(omegaSquared), labels: .groups),
    parametric(
      "optimality-gap", "target", "mean shortfall from a target, values above it counting as reaching it",
      .smooth
    ) { sample, target in optimalityGap(sample, target: target) },
    two("pearson", "product-moment correlation", .smooth, .pair(pearsonCorrelation)),
    two(
      "probability-of-improvement",
      "chance that an x exceeds a y, over all combinations within each key; ties count half",
      .smooth, .groups(probabilityOfImprovement)),
    parametric(
      "quantile", "q", "value that a share q of the rows does not exceed", .stepwise, range: 0...1, quantile),
    one(
      "range", "largest less smallest value", .extreme,
      .sample { sample, _ in maximum(sample) - minimum(sample) }),
    one("sd", "standard deviation, with n − 1", .smooth, .moments { $0.standardDeviation }),
    parametric(
      "share-above", "bound", "share of the rows above a bound", .smooth, overKeys: .stepwise, shareAbove),
    parametric(
      "share-below", "bound", "share of the rows below a bound", .smooth, overKeys: .stepwise, shareBelow),
    two("slope", "least-squares slope of y over x", .smooth, .pair(linearSlope)),
    two(
      "spearman", "Spearman's rank correlation, ties at mean ranks", .stepwise, .pair(spearmanCorrelation),
      labels: .ordered),
    number("sqrt", "square root") { $0 >= 0 ? $0.squareRoot() : .nan },
    StatisticalFunction(
      name: "steps", arguments: ["x"],
      meaning: "from each key to the next of the last 'per' column, the difference",
      regularity: .smooth, computation: .steps),
    one("sum", "total", .smooth, .moments { $0.count > 0 ? $0.count * $0.origin + $0.sum : .nan }),
    two(
      "time-to-result-score",
      "AlgoPerf's score from times x and the fastest times y of all submissions, a pair a workload",
      .stepwise, .pair(timeToResultScore)),
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
    _ computation: StatisticalFunction.Computation, labels: StatisticalFunction.Labels = .refused
  ) -> StatisticalFunction {
    StatisticalFunction(
      name: name, arguments: ["x", "y"], meaning: meaning, regularity: regularity, computation: computation,
      labels: labels)
  }

  private static func number(
    _ name: String, _ meaning: String, _ function: @escaping @Sendable (Double) -> Double
  ) -> StatisticalFunction {
    StatisticalFunction(
      name: name, arguments: ["x"], meaning: meaning, regularity: .smooth, computation: .number(function))
  }

  private static func parametric(
    _ name: String, _ parameter: String, _ meaning: String, _ regularity: StatisticalFunction.Regularity,
    range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude,
    overKeys: StatisticalFunction.Regularity? = nil,
    _ function: @escaping @Sendable (WeightedSample, Double) -> Double
  ) -> StatisticalFunction {
    StatisticalFunction(
      name: name, arguments: ["x", parameter], meaning: meaning, regularity: regularity,
      computation: .sample(function), regularityOverKeys: overKeys, parameterRange: range)
  }
}
