import Claims
import Diagnostics
import Experiments
import Statistics
import Testing

/// The functions that claims about trends, ratios and shares are made of.
@Suite struct ExpressionFunctionTests {
  typealias Row = Samples.Row

  /// Three methods at two budgets; accuracy rises along the methods' order by 1 and 4.
  static let rows = [
    Row(method: "replay", trials: 4, seed: 0, accuracy: 1),
    Row(method: "ewc", trials: 4, seed: 0, accuracy: 2),
    Row(method: "fine-tune", trials: 4, seed: 0, accuracy: 6),
    Row(method: "replay", trials: 16, seed: 1, accuracy: 3),
    Row(method: "ewc", trials: 16, seed: 1, accuracy: 4),
    Row(method: "fine-tune", trials: 16, seed: 1, accuracy: 8),
  ]

  static let values: [(String, Double)] = [
    ("max(steps(mean(honest.accuracy) per [method]))", 4.0),
    ("min(steps(mean(honest.accuracy) per [method]))", 1),
    ("count(steps(mean(honest.accuracy) per [tune.trials, method]))", 4),
    ("mean(steps(mean(honest.accuracy) per [method, tune.trials]))", 2),
    ("share-above(honest.accuracy, 3)", 0.5), ("share-below(honest.accuracy, 3)", 0.3333333333333333),
    ("share-above(mean(honest.accuracy) per [method] - 2, 0.5)", 0.6666666666666666),
    ("range(honest.accuracy)", 7), ("sum(honest.accuracy)", 24), ("optimality-gap(honest.accuracy, 4)", 1),
    ("geometric-mean(honest.accuracy where accuracy in [2, 8])", 4), ("exp(log(mean(honest.accuracy)))", 4),
    ("sqrt(mean(honest.accuracy)) + abs(1 - 4)", 5),
    (
      "slope(mean(honest.tune.trials) per [tune.trials], mean(honest.accuracy) per [tune.trials])",
      0.16666666666666666
    ),
    (
      "slope(log(mean(honest.tune.trials) per [tune.trials]), log(mean(honest.accuracy) per [tune.trials]))",
      0.36848279708310305
    ),
    ("jonckheere(honest.method, honest.accuracy) per [method, seed]", 0.8333333333333334),
    ("kendall(honest.method where tune.trials = 4, honest.accuracy where tune.trials = 4) per [method]", 1),
    (
      "probability-of-improvement(honest.accuracy where tune.trials = 16, honest.accuracy where tune.trials = 4) per [method]",
      1
    ),
    (
      "probability-of-improvement(honest.accuracy where tune.trials = 16, honest.accuracy where tune.trials = 4)",
      0.7777777777777778
    ),
  ]

  @Test(arguments: values) func valuesAreThoseOfTheDefinition(_ text: String, _ value: Double) throws {
    let evaluator = Samples.evaluator(honest: Self.rows)
    let found = try evaluator.evaluate(expression(text), units: []).value
    #expect(abs(found - value) < 1e-12, "\(text) is \(found)")
  }

  static let undefined: [(String, String)] = [
    ("mean(honest.accuracy) / (mean(honest.nll) - mean(honest.nll))", "a division by 0"),
    ("log(0 - mean(honest.accuracy))", "'log' has no value at −4"),
    ("sd(honest.accuracy where seed = 0 and method = ewc)", "its rows are too few or do not vary"),
    (
      "pearson(mean(honest.search) per [method], mean(honest.accuracy) per [method])",
      "one side has fewer than two values, or does not vary"
    ),
    ("1 + log(min(mean(honest.accuracy) per [method]) - 2)", "'log' has no value at 0"),
  ]

  @Test(arguments: undefined) func whatDoesNotExistSaysWhy(_ text: String, _ reason: String) throws {
    let estimate = try Samples.evaluator(honest: Self.rows).evaluate(expression(text), units: [])
    #expect(estimate.value.isNaN && estimate.flags.contains(.undefined(reason)), "\(estimate.flags)")
  }

  @Test func keysWithoutAValueAreLeftOutAndCounted() throws {
    let estimate = try Samples.evaluator(honest: Self.rows).evaluate(
      expression("max(log(mean(honest.accuracy) per [method] - 2))"), units: [])
    #expect(abs(estimate.value - 1.6094379124341003) < 1e-12)
    #expect(estimate.flags.contains(.undefinedKeys(count: 1)))
  }

  @Test func readingsAreTheRowsBehindAValue() throws {
    var rows = Self.rows
    rows[2].accuracy = .nan
    let estimate = try Samples.evaluator(honest: rows).evaluate(
      expression("mean(honest.accuracy where tune.trials = 4) - mean(honest.nll where method = ewc)"),
      units: [])
    #expect(estimate.readings.map(\.column) == ["accuracy", "nll"])
    #expect(estimate.readings[0].rows == [0, 1] && estimate.readings[0].values == [1, 2])
    #expect(estimate.readings[0].missing == [2] && estimate.readings[1].rows == [1, 4])
  }

  @Test func labelsNameGroups() throws {
    let rows = Samples.methods.enumerated().flatMap { place, method in
      Samples.noisy(0.7 + 0.05 * Double(place), count: 10, seed: UInt64(place)).map { row in
        Row(method: method, seed: row.seed, accuracy: row.accuracy)
      }
    }
    let groups = Samples.methods.map { method in rows.filter { $0.method == method }.map(\.accuracy) }
    let estimate = try Samples.evaluator(honest: rows).evaluate(
      expression("omega-squared(honest.method, honest.accuracy) per [method, seed]"), units: ["seed"])
    #expect(abs(estimate.value - (try #require(oneWayAnova(groups))).omegaSquared) < 1e-12)
    let interval = try #require(estimate.interval)
    #expect(interval.lower < estimate.value && estimate.value < interval.upper && interval.upper <= 1)
  }

  @Test func anIntervalOfAShareStaysAShare() throws {
    let rows = (0..<10).map { Row(seed: Double($0), accuracy: $0 == 0 ? 0 : 1) }
    let share = try Samples.evaluator(honest: rows).evaluate(
      expression("share-above(honest.accuracy, 0.5)"), units: ["seed"])
    #expect(share.value == 0.9 && share.interval?.upper == 1)
    let twice = try Samples.evaluator(honest: rows).evaluate(
      expression("2 * share-above(honest.accuracy, 0.5)"), units: ["seed"])
    #expect(try #require(twice.interval).upper > 2)
  }

  @Test func probabilityOfImprovementHasAnInterval() throws {
    let evaluator = Samples.evaluator(
      honest: Samples.noisy(0.7, seed: 1), conventional: Samples.noisy(0.71, seed: 2))
    let estimate = try evaluator.evaluate(
      expression("probability-of-improvement(conventional.accuracy, honest.accuracy)"), units: ["seed"])
    let interval = try #require(estimate.interval)
    #expect(interval.lower < estimate.value && estimate.value < interval.upper && estimate.value > 0.5)
  }
}
