import Claims
import Experiments
import Statistics
import Testing

@Suite struct EvaluatorTests {
  typealias Row = Samples.Row

  @Test func valueIntervalAndEvidence() throws {
    let rows = Samples.noisy(0.8)
    let evaluator = Samples.evaluator(honest: rows)
    let estimate = try evaluator.evaluate(
      expression("mean(honest.accuracy where method = replay)"), units: ["seed"])
    let expected = rows.map(\.accuracy).reduce(0, +) / 10
    #expect(abs(estimate.value - expected) < 1e-12)
    #expect(estimate.rows == 10)
    #expect(estimate.levels.map(\.unit) == ["seed"] && estimate.levels.map(\.count) == [10])
    #expect(estimate.evidence == "n = 10, 10 seeds")
    let interval = try #require(estimate.interval)
    #expect(interval.lower < expected && expected < interval.upper && interval.level == 0.95)
    #expect(estimate.method == .studentisedBootstrap)
    let wider = try evaluator.evaluate(
      expression("mean(honest.accuracy where method = replay)"), units: ["seed"], level: 0.99)
    #expect(try #require(wider.interval).upper > interval.upper)
  }

  @Test func conditionsSelectRows() throws {
    let rows = [
      Row(method: "replay", trials: 4, seed: 0, accuracy: 1),
      Row(method: "ewc", trials: 4, seed: 0, accuracy: 2),
      Row(method: "ewc", trials: 16, seed: 1, accuracy: 4),
      Row(method: "fine-tune", trials: 16, seed: 2, accuracy: 8),
    ]
    let evaluator = Samples.evaluator(honest: rows)
    for (condition, sum) in [
      ("method = ewc", 6.0), ("method != ewc", 9), ("method in [replay, fine-tune]", 9),
      ("tune.trials = 16", 12),
      ("tune.trials > 4 and method = ewc", 4), ("method = replay or method = ewc and seed = 1", 5),
      ("seed = column(search)", 3), ("seed <= 1", 7), ("method = \"fine-tune\"", 8),
    ] {
      let text = "mean(honest.accuracy where \(condition)) * count(honest.accuracy where \(condition))"
      #expect(abs(try evaluator.evaluate(expression(text), units: []).value - sum) < 1e-12, "\(condition)")
    }
  }

  @Test func arithmeticAndKeys() throws {
    let rows = [
      Row(method: "replay", seed: 0, accuracy: 1), Row(method: "replay", seed: 1, accuracy: 3),
      Row(method: "ewc", seed: 0, accuracy: 10), Row(method: "ewc", seed: 1, accuracy: 30),
      Row(method: "ewc", seed: 2, accuracy: 50),
    ]
    let evaluator = Samples.evaluator(
      honest: rows,
      conventional: rows.map {
        Row(method: $0.method, seed: $0.seed, accuracy: 2 * $0.accuracy)
      })
    for (text, value) in [
      ("mean(mean(honest.accuracy) per [method])", 16.0), ("min(mean(honest.accuracy) per [method])", 2),
      ("mean(max(honest.accuracy) per [seed])", 30), ("1 + 2 * 3 - 8 / 4", 5), ("(1 + 2) * -3", -9),
      ("mean(max(mean(honest.accuracy) per [method, seed]) per [seed])", 30),
      ("mean(mean(conventional.accuracy) per [method] - mean(honest.accuracy) per [method])", 16),
      ("mean(2 * mean(honest.accuracy) per [method])", 32), ("quantile(honest.accuracy, 0)", 1),
      ("count(mean(honest.accuracy) per [seed])", 3),
      ("count(honest.method where method = ewc and seed >= 0)", 3),
      ("sd(mean(honest.accuracy) per [method])", 392.0.squareRoot()),
    ] {
      let found = try evaluator.evaluate(expression(text), units: []).value
      #expect(abs(found - value) < 1e-9, "\(text)")
    }
  }

  @Test func correlationAlignsKeysAndCountsTheRest() throws {
    let honest = (0..<6).map { Row(method: "replay", seed: Double($0), accuracy: Double($0)) }
    let conventional = (2..<8).map { Row(method: "replay", seed: Double($0), accuracy: 3 * Double($0)) }
    let evaluator = Samples.evaluator(honest: honest, conventional: conventional)
    let text =
      "kendall(honest.accuracy where method = replay, conventional.accuracy where method = replay) per [seed]"
    let estimate = try evaluator.evaluate(expression(text), units: [])
    #expect(estimate.value == 1)
    #expect(estimate.flags.contains(.unmatchedKeys(count: 4)))
  }

  @Test func twoRowsPerKeyAreAProblem() throws {
    let evaluator = Samples.evaluator(
      honest: [Row(seed: 0, accuracy: 1), Row(seed: 0, accuracy: 2)],
      conventional: [Row(seed: 0, accuracy: 1)])
    let text = try expression("pearson(honest.accuracy, conventional.accuracy) per [seed]")
    let problem = #expect(throws: EvaluationProblem.self) { try evaluator.evaluate(text, units: []) }
    #expect(problem?.message == "'honest.accuracy' has more than one row per [seed]")
  }

  @Test func restrictionsApplyWhereTheColumnExists() throws {
    let evaluator = Samples.evaluator(
      honest: Samples.methods.enumerated().map { Row(method: $1, seed: 0, accuracy: Double($0)) })
    let mean = try expression("mean(honest.accuracy)")
    #expect(try evaluator.evaluate(mean, restrictedTo: [("method", "fine-tune")], units: []).value == 2)
    #expect(try evaluator.evaluate(mean, restrictedTo: [("tune.trials", "4")], units: []).value == 1)
    let problem = #expect(throws: EvaluationProblem.self) {
      try evaluator.evaluate(mean, restrictedTo: [("dataset", "digits")], units: [])
    }
    #expect(problem?.message == "no table of the expression has the column 'dataset'")
    let empty = try evaluator.evaluate(mean, restrictedTo: [("method", "other")], units: ["seed"])
    #expect(empty.value.isNaN && empty.flags == [.noRows] && empty.interval == nil)
  }

  @Test func missingValuesAreLeftOutAndCounted() throws {
    var rows = Samples.noisy(0.8, count: 8)
    rows[3].accuracy = .nan
    rows[5].accuracy = .nan
    let evaluator = Samples.evaluator(honest: rows)
    let estimate = try evaluator.evaluate(
      expression("mean(honest.accuracy where method = replay and tune.trials = 4)"), units: ["seed"])
    #expect(estimate.flags == [.missing(count: 2, of: 8)])
    #expect(estimate.rows == 6 && estimate.levels[0].count == 6)
    #expect(estimate.flags[0].text == "2 of 8 rows without a value")
  }

  @Test func singleSeedHasNoInterval() throws {
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.8, count: 1))
    let estimate = try evaluator.evaluate(
      expression("mean(honest.accuracy where tune.trials = 4 and method = replay)"), units: ["seed"])
    #expect(estimate.interval == nil && estimate.flags == [.singleLevel(unit: "seed")])
    #expect(estimate.flags[0].text == "single seed" && estimate.evidence == "n = 1, 1 seed")
  }

  @Test func fewLevelsAreFlagged() throws {
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.8, count: 3))
    let estimate = try evaluator.evaluate(
      expression("mean(honest.accuracy where method = replay and tune.trials = 4)"), units: ["seed"])
    #expect(estimate.flags == [.fewLevels(unit: "seed", count: 3)])
    #expect(estimate.method == .studentT(degreesOfFreedom: 2) && estimate.interval != nil)
  }

  @Test func leakyTablesAreMarked() throws {
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.7), conventional: Samples.noisy(0.8, seed: 2))
    let estimate = try evaluator.evaluate(
      expression("mean(conventional.accuracy where seed > 0) - mean(honest.accuracy where seed > 0)"),
      units: ["seed"])
    #expect(estimate.isLeaky && estimate.flags == [.leaky(table: "conventional")])
  }

  @Test func pairingRemovesWhatSidesShare() throws {
    // Both sides carry the same strong seed effects: their difference hardly varies.
    let honest = Samples.noisy(0.7, sd: 0.1)
    let conventional = honest.enumerated().map { place, row in
      Row(seed: row.seed, accuracy: row.accuracy + 0.05 + 0.001 * Double(place % 3))
    }
    let evaluator = Samples.evaluator(honest: honest, conventional: conventional)
    let difference = try evaluator.evaluate(
      expression("mean(conventional.accuracy) - mean(honest.accuracy)"), units: ["seed"])
    let side = try evaluator.evaluate(expression("mean(honest.accuracy)"), units: ["seed"])
    let (a, b) = (try #require(difference.standardError), try #require(side.standardError))
    #expect(a < b / 20)
    let interval = try #require(difference.interval)
    #expect(interval.lower > 0.049 && interval.upper < 0.053)
  }

  @Test func disjointSeedsAreIndependentSamples() throws {
    let honest = Samples.noisy(0.7, sd: 0.05, count: 8, seed: 1, firstSeed: 0)
    let conventional = Samples.noisy(0.8, sd: 0.05, count: 6, seed: 2, firstSeed: 100)
    let evaluator = Samples.evaluator(honest: honest, conventional: conventional)
    func standardError(_ text: String) throws -> Double {
      try #require(evaluator.evaluate(expression(text), units: ["seed"]).standardError)
    }
    let both = try evaluator.evaluate(
      expression("mean(conventional.accuracy) - mean(honest.accuracy)"), units: ["seed"])
    let (a, b) = (
      try standardError("mean(honest.accuracy)"), try standardError("mean(conventional.accuracy)")
    )
    #expect(abs(try #require(both.standardError) - (a * a + b * b).squareRoot()) < 1e-12)
    #expect(both.flags.contains(.unmatchedLevels(unit: "seed", count: 14)))
    #expect(!both.flags.contains(.noVariation))
  }

  @Test func someUnmatchedSeedsAreReported() throws {
    let evaluator = Samples.evaluator(
      honest: Samples.noisy(0.7, count: 8), conventional: Samples.noisy(0.8, count: 10))
    let estimate = try evaluator.evaluate(
      expression("mean(conventional.accuracy) - mean(honest.accuracy)"), units: ["seed"])
    #expect(estimate.flags.contains(.unmatchedLevels(unit: "seed", count: 2)))
    #expect(estimate.flags.contains { $0.text == "2 seeds on one side only" })
  }

  @Test func searchesAreNestedWhereTheirParentsAreUnits() throws {
    var rows: [Row] = []
    for (place, method) in Samples.methods.enumerated() {
      for search in 0..<3 {
        rows += (0..<4).map {
          Row(method: method, seed: Double($0), search: Double(search), accuracy: Double(place + search * $0))
        }
      }
    }
    let evaluator = Samples.evaluator(honest: rows)
    let mean = try expression("mean(honest.accuracy)")
    let crossed = try evaluator.evaluate(mean, units: ["search", "seed"])
    #expect(crossed.evidence == "n = 36, 3 searches × 4 seeds")
    let nested = try evaluator.evaluate(mean, units: ["method", "search", "seed"])
    #expect(nested.evidence == "n = 36, 3 methods × 3 searches × 4 seeds")
    #expect(crossed.standardError != nested.standardError)
  }

  @Test func countsAreFactsWithoutAnInterval() throws {
    let estimate = try Samples.evaluator(honest: Samples.noisy(0.7)).evaluate(
      expression("count(honest.accuracy) / 2"), units: ["seed"])
    #expect(estimate.value == 5 && estimate.interval == nil && estimate.evidence == "n = 10")
  }

  @Test func extremesOfRowsHaveNoInterval() throws {
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.7))
    let largest = try evaluator.evaluate(expression("max(honest.accuracy)"), units: ["seed"])
    #expect(largest.interval == nil && largest.flags.contains(.extreme))
    // Over one row a seed the extreme is that row: the mean over seeds is an ordinary mean.
    let perSeed = try evaluator.evaluate(expression("mean(max(honest.accuracy) per [seed])"), units: ["seed"])
    #expect(perSeed.method == .studentisedBootstrap)
  }

  @Test func mediansTakePercentiles() throws {
    let estimate = try Samples.evaluator(honest: Samples.noisy(0.7, count: 12)).evaluate(
      expression("median(honest.accuracy)"), units: ["seed"])
    #expect(estimate.method == .expandedPercentileBootstrap(levels: 12, smallest: 12))
    let interval = try #require(estimate.interval)
    #expect(interval.lower < estimate.value && estimate.value < interval.upper)
  }

  @Test func resampledKeysMatchTheRowsTheyStandFor() throws {
    // A mean of means per seed is the plain mean where every seed has one row: so must its error be.
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.7))
    let plain = try evaluator.evaluate(expression("mean(honest.accuracy)"), units: ["seed"])
    let perSeed = try evaluator.evaluate(
      expression("mean(mean(honest.accuracy) per [seed])"), units: ["seed"])
    #expect(abs(try #require(plain.standardError) - #require(perSeed.standardError)) < 1e-12)
  }

  @Test(arguments: ["kendall", "spearman", "pearson"]) func correlationsOfDrawnKeysHaveTheTextbookJackknife(
    _ function: String
  ) throws {
    let honest = Samples.noisy(0.7, sd: 0.1, count: 9, seed: 1)
    let other = Samples.noisy(0, sd: 0.1, count: 9, seed: 2)
    // Two ties, for the corrections of τ-b and of ranks.
    var conventional = zip(honest, other).map { Row(seed: $0.seed, accuracy: $0.accuracy + $1.accuracy) }
    conventional[4].accuracy = conventional[2].accuracy
    let evaluator = Samples.evaluator(honest: honest, conventional: conventional)
    func estimate(_ condition: String) throws -> Estimate {
      let sides = ["honest", "conventional"].map { "mean(\($0).accuracy where \(condition)) per [seed]" }
      return try evaluator.evaluate(expression("\(function)(\(sides[0]), \(sides[1]))"), units: ["seed"])
    }
    let all = try estimate("seed > 0")
    var sum = 0.0
    for row in honest {
      let distance = try estimate("seed > 0 and seed != \(Int(row.seed))").value - all.value
      sum += distance * distance
    }
    #expect(abs(try #require(all.standardError) - (sum * 8 / 9).squareRoot()) < 1e-12)
    #expect(all.method == .studentisedBootstrap)
  }

  @Test func levelsThatShareTheirValueStillGiveAFiniteInterval() throws {
    let values = [0.61, 0.595, 0.61, 0.615, 0.61]
    let rows = values.enumerated().map { Row(seed: Double($0), accuracy: $1) }
    let estimate = try Samples.evaluator(honest: rows).evaluate(
      expression("mean(honest.accuracy)"), units: ["seed"])
    let interval = try #require(estimate.interval)
    // Student's reaches to 0.0094154 on either side: t(0.975; 4) = 2.776445 times sd/√5 = 0.0075829/√5.
    let (below, above) = (0.608 - interval.lower, interval.upper - 0.608)
    #expect(below > 0.003 && below < 0.02 && above > 0.003 && above < 0.02)
  }

  @Test func rankAgreementOfFixedKeysIsNeverAFact() throws {
    // Three methods in the same clear order for every seed: τ = 1 in every resample, yet only ten seeds say
    // so.
    func rows(_ shift: Double) -> [Row] {
      Samples.methods.enumerated().flatMap { place, method in
        (0..<10).map {
          Row(method: method, seed: Double($0), accuracy: shift * Double(place) + 0.001 * Double($0 % 3))
        }
      }
    }
    let evaluator = Samples.evaluator(honest: rows(0.1), conventional: rows(0.2))
    let text = "kendall(mean(honest.accuracy) per [method], mean(conventional.accuracy) per [method])"
    let estimate = try evaluator.evaluate(expression(text), units: ["seed"])
    #expect(estimate.value == 1 && estimate.method == .constant(levels: 10))
    #expect(estimate.flags.contains(.noVariation))
  }

  @Test func rowOrderAndRepetitionDoNotMatter() throws {
    let rows = Samples.noisy(0.7, sd: 0.1)
    let text = try expression("median(honest.accuracy) + sd(honest.accuracy)")
    let first = try Samples.evaluator(honest: rows).evaluate(text, units: ["seed"])
    let again = try Samples.evaluator(honest: rows).evaluate(text, units: ["seed"])
    let reversed = try Samples.evaluator(honest: rows.reversed()).evaluate(text, units: ["seed"])
    #expect(first.interval == again.interval && first.interval != nil)
    #expect(abs(try #require(first.interval).lower - #require(reversed.interval).lower) < 1e-12)
  }
}
