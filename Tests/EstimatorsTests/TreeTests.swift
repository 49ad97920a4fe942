import Estimators
import Randomness
import Tensors
import Testing

private let vectors = Vectors("trees")
private let features = vectors["features"]
private let labels = ClassLabels(vectors["labels"].values.map { Int($0) }, count: 3)
private let x = vectors["regression-features"]
private let targets = vectors["targets"].values
private let rows = vectors["rows"].rows(at: Array(0..<60))

private func streams(_ seed: UInt64) -> (Int) -> RandomStream {
  { RandomStream(seed: seed, role: "test", purpose: "tree", index: $0) }
}

@Suite struct DecisionTreeTests {
  @Test(arguments: [(nil, "searched", 1), (nil, "searched", 3), (2, "", 8), (1, "", 1)])
  func treesFollowTheReferences(depth: Int?, kind: String, leaf: Int) throws {
    let settings = TreeSettings(maximumDepth: depth, minimumLeaf: leaf)
    let classes = try DecisionTree(features, labels, settings, stream: stream)
    let numbers = try DecisionTree(x, targets, settings, stream: stream)
    if kind == "searched" {
      expectClose(classes.predict(rows), vectors["searched-classes-\(leaf)"].values, 1e-15)
      expectClose(numbers.predict(rows), vectors["searched-numbers-\(leaf)"].values, 1e-13)
      let rounded = Matrix(
        rows: features.rows, columns: 4, values: features.values.map { $0.rounded(.toNearestOrEven) })
      let tied = try DecisionTree(rounded, labels, settings, stream: stream)
      expectClose(tied.predict(rows), vectors["searched-tied-classes-\(leaf)"].values, 1e-15)
    } else {
      expectClose(classes.predict(rows), vectors["classes-\(depth!)-\(leaf)"].values, 1e-15)
      expectClose(numbers.predict(rows), vectors["numbers-\(depth!)-\(leaf)"].values, 1e-13)
      #expect(classes.depth == depth && numbers.depth == depth)
    }
  }

  @Test func importancesFollowTheReference() throws {
    let tree = try DecisionTree(
      features, labels, TreeSettings(maximumDepth: 2, minimumLeaf: 8), stream: stream)
    expectClose(tree.importances, vectors["importances"].values, 1e-12)
  }

  /// Many rows and many distinct values: the sort by two bytes, and every row its own leaf.
  @Test func grownTreesKnowTheirRows() throws {
    var numbers = stream
    let count = 2000
    let many = Matrix(rows: count, columns: 3, values: (0..<3 * count).map { _ in numbers.normal() })
    let values = (0..<count).map { _ in numbers.normal() }
    let tree = try DecisionTree(many, values, TreeSettings(), stream: stream)
    #expect(tree.predict(many) == values && tree.leaves == count)
    let drawn = try DecisionTree(many, values, TreeSettings(columnsTried: 1), stream: stream)
    #expect(drawn.predict(many) == values)
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.noRows("a decision tree")) {
      try DecisionTree(empty, [], TreeSettings(), stream: stream)
    }
    #expect(throws: EstimatorError.notFinite("a decision tree")) {
      try DecisionTree(holed, ClassLabels([0, 1], count: 2), TreeSettings(), stream: stream)
    }
    #expect(throws: EstimatorError.notFinite("a decision tree")) {
      try DecisionTree(.identity(1), [.nan], TreeSettings(), stream: stream)
    }
    let one = Matrix(rows: 1, columns: 2, values: [1, 2])
    #expect(try DecisionTree(one, [7], TreeSettings(), stream: stream).predict(one) == [7])
    // Constant columns and equal rows of different classes leave one leaf of shares.
    let same = Matrix(rows: 4, columns: 2, values: [1, 2, 1, 2, 1, 2, 1, 2])
    let mixed = try DecisionTree(same, ClassLabels([0, 1, 1, 1], count: 3), TreeSettings(), stream: stream)
    #expect(mixed.leaves == 1 && mixed.predict(one) == [0.25, 0.75, 0] && mixed.importances == [0, 0])
    let single = try DecisionTree(
      features, ClassLabels([Int](repeating: 1, count: 120), count: 2), TreeSettings(), stream: stream)
    #expect(single.leaves == 1 && single.predict(one.rows(at: [])).isEmpty)
    // Exclusive or: the first cut gains nothing and is made all the same.
    let corners = Matrix(rows: 4, columns: 2, values: [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(
      try DecisionTree(corners, [0, 1, 1, 0], TreeSettings(), stream: stream).predict(corners) == [
        0, 1, 1, 0,
      ])
    // Neighbouring numbers leave no room for a midpoint.
    let close = Matrix(rows: 2, columns: 1, values: [1, Double(1).nextUp])
    #expect(try DecisionTree(close, [0, 1], TreeSettings(), stream: stream).predict(close) == [0, 1])
    let wide = Matrix(rows: 2, columns: 1, values: [-1.7e308, 1.7e308])
    #expect(try DecisionTree(wide, [0, 1], TreeSettings(), stream: stream).predict(wide) == [0, 1])
  }
}

@Suite struct RandomForestTests {
  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The difference of two means in standard errors.
  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    func variance(_ v: [Double]) -> Double {
      v.reduce(0) { $0 + ($1 - mean(v)) * ($1 - mean(v)) } / Double(v.count * (v.count - 1))
    }
    return abs(mean(a) - mean(b)) / (variance(a) + variance(b)).squareRoot()
  }

  private func accuracy(_ shares: [Double], _ truth: [Double]) -> Double {
    let correct = truth.indices.filter { i in
      let own = Array(shares[i * 3..<i * 3 + 3])
      return own.firstIndex(of: own.max()!) == Int(truth[i])
    }
    return Double(correct.count) / Double(truth.count)
  }

  /// Thirty forests each; seeds are fixed, so this is no gamble: a real difference of half a point shows.
  @Test func accuracyAndErrorAreThoseOfTheReference() throws {
    var (seen, unseen, errors): ([Double], [Double], [Double]) = ([], [], [])
    for seed in 0..<30 {
      let forest = try RandomForest(
        features, labels, trees: 50, TreeSettings(columnsTried: 2), stream: streams(UInt64(seed)))
      seen.append(accuracy(forest.predict(vectors["rows"]), vectors["truth"].values))
      unseen.append(accuracy(forest.outOfBag(features), vectors["labels"].values))
      let regression = try RandomForest(
        x, targets, trees: 50, TreeSettings(columnsTried: 2), stream: streams(UInt64(seed)))
      let residuals = zip(regression.predict(vectors["rows"]), vectors["smooth"].values)
      errors.append(mean(residuals.map { ($0 - $1) * ($0 - $1) }))
    }
    #expect(distance(seen, vectors["forest-accuracy"].values) < 3)
    #expect(distance(unseen, vectors["forest-unseen"].values) < 3)
    #expect(distance(errors, vectors["forest-error"].values) < 3)
  }

  @Test func treesDoNotDependOnEachOther() throws {
    let settings = TreeSettings(columnsTried: 1)
    let few = try RandomForest(features, labels, trees: 2, settings, stream: streams(1))
    let more = try RandomForest(features, labels, trees: 5, settings, stream: streams(1))
    #expect(few.trees[1].predict(rows) == more.trees[1].predict(rows))
    #expect(few.trees[0].predict(rows) != few.trees[1].predict(rows))
    let shares = more.predict(rows)
    #expect((0..<60).allSatisfy { abs(shares[$0 * 3..<$0 * 3 + 3].reduce(0, +) - 1) < 1e-12 })
    #expect(abs(more.importances.reduce(0, +) - 1) < 1e-12)
    #expect(more.deviation(rows).contains { $0 > 0 })
  }

  @Test func hostileRows() throws {
    let settings = TreeSettings()
    #expect(throws: EstimatorError.noRows("a random forest")) {
      try RandomForest(empty, [], trees: 1, settings, stream: streams(1))
    }
    #expect(throws: EstimatorError.notFinite("a random forest")) {
      try RandomForest(holed, [1, 2], trees: 1, settings, stream: streams(1))
    }
    let one = Matrix(rows: 1, columns: 1, values: [3])
    let single = try RandomForest(one, ClassLabels([1], count: 2), trees: 3, settings, stream: streams(1))
    #expect(single.predict(one) == [0, 1] && single.importances == [0])
    #expect(single.outOfBag(one).allSatisfy { $0.isNaN })
  }
}

@Suite struct GradientBoostingTests {
  private var settings: GradientBoosting.Settings {
    var settings = GradientBoosting.Settings()
    settings.stages = 40
    settings.learningRate = 0.2
    settings.tree = TreeSettings(maximumDepth: 2, minimumLeaf: 5)
    return settings
  }

  @Test(arguments: [1, 10, 40]) func stagesFollowTheReference(stages: Int) throws {
    let numbers = try GradientBoosting(x, targets, settings, stream: stream)
    expectClose(numbers.predict(rows, stages: stages), vectors["boosted-numbers-\(stages)"].values, 1e-10)
    let classes = try GradientBoosting(features, labels, settings, stream: stream)
    expectClose(classes.predict(rows, stages: stages), vectors["boosted-classes-\(stages)"].values, 1e-10)
    let two = (0..<120).filter { labels.labels[$0] < 2 }
    // The third class does not occur.
    let binary = try GradientBoosting(
      features.rows(at: two), ClassLabels(two.map { labels.labels[$0] }, count: 3), settings, stream: stream)
    let shares = binary.predict(rows, stages: stages)
    expectClose(
      (0..<60).flatMap { [shares[3 * $0], shares[3 * $0 + 1]] }, vectors["boosted-binary-\(stages)"].values,
      1e-10)
    #expect((0..<60).allSatisfy { shares[3 * $0 + 2] == 0 })
  }

  @Test func sampledStagesLearnAndRepeat() throws {
    var sampled = settings
    sampled.share = 0.5
    let one = try GradientBoosting(x, targets, sampled, stream: stream)
    #expect(one.predict(x) == (try GradientBoosting(x, targets, sampled, stream: stream)).predict(x))
    let all = try GradientBoosting(x, targets, settings, stream: stream)
    #expect(one.predict(x) != all.predict(x))
    func error(_ boosting: GradientBoosting) -> Double {
      zip(boosting.predict(x), targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 100
    }
    let mean = targets.reduce(0, +) / 100
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100
    #expect(error(one) < 0.2 * variance && error(all) < 0.1 * variance)
    #expect(abs(all.importances.reduce(0, +) - 1) < 1e-12)
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.self) { try GradientBoosting(empty, [], settings, stream: stream) }
    #expect(throws: EstimatorError.self) { try GradientBoosting(holed, [1, 2], settings, stream: stream) }
    let one = Matrix(rows: 1, columns: 1, values: [3])
    #expect(try GradientBoosting(one, [5], settings, stream: stream).predict(one) == [5])
    let single = try GradientBoosting(one, ClassLabels([1], count: 3), settings, stream: stream)
    #expect(single.predict(one) == [0, 1, 0] && single.importances.isEmpty)
    let constant = Matrix(zeros: 4, 1)
    let flat = try GradientBoosting(constant, ClassLabels([0, 1, 2, 2], count: 3), settings, stream: stream)
    expectClose(Array(flat.predict(constant).prefix(3)), [0.25, 0.25, 0.5], 1e-12)
  }
}
