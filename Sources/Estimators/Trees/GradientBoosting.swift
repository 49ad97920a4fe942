import Randomness
import Tensors

/// Gradient boosting (Friedman, "Greedy function approximation: a gradient boosting machine", Annals of
/// Statistics 29, 2001): each stage fits regression trees to the loss's negative gradient, sets their leaves by
/// one Newton step, and adds them with shrinkage. With a share below 1 each stage sees rows drawn without
/// replacement ("Stochastic gradient boosting", 2002), leaves included.
///
/// Squared error (algorithm 2), the logistic loss for two classes (algorithm 5) and the softmax loss for more,
/// with a tree for each class (algorithm 6). A class that did not occur has probability 0. Deviation from
/// scikit-learn: ties between columns, as in `DecisionTree`.
package struct GradientBoosting: Sendable {
  package struct Settings: Hashable, Sendable {
    package var stages = 100
    /// Shrinkage: what of each tree is added.
    package var learningRate = 0.1
    /// The share of the rows each stage sees.
    package var share = 1.0
    package var tree = TreeSettings(maximumDepth: 3)

    package init() {}

    /// How many of that many rows each stage sees, at least one.
    package func rowsSeen(of rows: Int) -> Int { max(1, Int(share * Double(rows))) }
  }

  /// stages × scores: one score for regression and two classes, else one a class that occurs.
  package let trees: [[DecisionTree]]
  private let start: [Double]
  private let learningRate: Double
  /// The classes that occur; nil for regression.
  private let present: [Int]?
  private let classes: Int

  /// Fits a regression.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ targets: [Double], _ settings: Settings, stream: RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, targets: targets, "gradient boosting")
    present = nil
    classes = 1
    learningRate = settings.learningRate
    start = [targets.reduce(0, +) / Double(targets.count)]
    trees = Self.boost(features, start, settings, stream, newton: false) { scores, residuals, _ in
      for i in 0..<targets.count { residuals[0][i] = targets[i] - scores[i, 0] }
    }
  }

  /// Fits a classifier.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ classes: ClassLabels, _ settings: Settings, stream: RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, "gradient boosting")
    let sizes = classes.sizes
    let present = (0..<classes.count).filter { sizes[$0] > 0 }
    self.present = present
    self.classes = classes.count
    learningRate = settings.learningRate
    let priors = present.map { Double(sizes[$0]) / Double(features.rows) }
    switch present.count {
    case 1:
      start = []
      trees = []
    case 2:
      start = [naturalLogarithm(priors[1] / priors[0])]
      let truth = classes.labels.map { $0 == present[1] ? 1.0 : 0.0 }
      trees = Self.boost(features, start, settings, stream, newton: true) { scores, residuals, curvatures in
        for i in 0..<truth.count {
          let p = 1 / (1 + exponential(-scores[i, 0]))
          residuals[0][i] = truth[i] - p
          curvatures[0][i] = p * (1 - p)
        }
      }
    default:
      start = priors.map(naturalLogarithm)
      let count = Double(present.count)
      trees = Self.boost(features, start, settings, stream, newton: true) { scores, residuals, curvatures in
        var probabilities = scores
        _ = softmaxInPlace(&probabilities)
        for (k, label) in present.enumerated() {
          for i in 0..<features.rows {
            let p = probabilities[i, k]
            residuals[k][i] = (classes.labels[i] == label ? 1 : 0) - p
            // Friedman's (K − 1)/K goes into the divisor.
            curvatures[k][i] = p * (1 - p) * count / (count - 1)
          }
        }
      }
    }
  }

  /// - Parameter gradients: writes each score's residuals and curvatures from the present scores (rows × scores).
  private static func boost(
    _ features: Matrix, _ start: [Double], _ settings: Settings, _ stream: RandomStream, newton: Bool,
    gradients: (_ scores: Matrix, _ residuals: inout [[Double]], _ curvatures: inout [[Double]]) -> Void
  ) -> [[DecisionTree]] {
    precondition(settings.share > 0 && settings.share <= 1, "a stage sees a positive share of the rows")
    let ranked = RankedFeatures(features)
    let rows = features.rows
    var numbers = stream
    var scores = adding(start, times: 1, to: Matrix(zeros: rows, start.count))
    var residuals = start.map { _ in [Double](repeating: 0, count: rows) }
    var curvatures = residuals
    var stages: [[DecisionTree]] = []
    let drawn = settings.rowsSeen(of: rows)
    for _ in 0..<settings.stages {
      gradients(scores, &residuals, &curvatures)
      var weights = [Int32](repeating: drawn == rows ? 1 : 0, count: rows)
      if drawn < rows { for i in numbers.permutation(rows).prefix(drawn) { weights[Int(i)] = 1 } }
      var stage: [DecisionTree] = []
      for k in 0..<start.count {
        var tree = grow(
          ranked, SquaredErrorCriterion(residuals[k], weights: weights), weights: weights, settings.tree,
          &numbers)
        let leaves = leavesOfRows(tree, features)
        if newton { setLeaves(&tree, leaves, weights, residuals[k], curvatures[k]) }
        for i in 0..<rows { scores[i, k] += settings.learningRate * tree.values[leaves[i]] }
        stage.append(tree)
      }
      stages.append(stage)
    }
    return stages
  }

  private static func leavesOfRows(_ tree: DecisionTree, _ features: Matrix) -> [Int] {
    features.values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [Int](repeating: 0, count: features.rows) }
      return (0..<features.rows).map { tree.leaf(of: base + $0 &* features.columns) }
    }
  }

  /// Sets each leaf to Σ residuals / Σ curvatures of the rows the stage saw; 0 where the curvature vanishes.
  private static func setLeaves(
    _ tree: inout DecisionTree, _ leaves: [Int], _ weights: [Int32], _ residuals: [Double],
    _ curvatures: [Double]
  ) {
    var above = [Double](repeating: 0, count: tree.leaves)
    var below = above
    for i in 0..<leaves.count where weights[i] > 0 {
      above[leaves[i]] += residuals[i]
      below[leaves[i]] += curvatures[i]
    }
    for leaf in 0..<tree.leaves {
      tree.values[leaf] = abs(below[leaf]) < 1e-150 ? 0 : above[leaf] / below[leaf]
    }
  }

  /// Scores after the first `stages` stages (all by default), rows × scores.
  private func scores(_ features: Matrix, stages: Int?) -> Matrix {
    var sums = adding(start, times: 1, to: Matrix(zeros: features.rows, start.count))
    for stage in trees.prefix(stages ?? trees.count) {
      for (k, tree) in stage.enumerated() {
        let leaves = Self.leavesOfRows(tree, features)
        for i in 0..<features.rows { sums[i, k] += learningRate * tree.values[leaves[i]] }
      }
    }
    return sums
  }

  /// Regression: one prediction a row. Classification: probabilities, rows × classes.
  ///
  /// - Parameter stages: how many stages count; nil for all.
  package func predict(_ features: Matrix, stages: Int? = nil) -> [Double] {
    var scores = scores(features, stages: stages)
    guard let present else { return scores.values }
    var result = [Double](repeating: 0, count: features.rows * classes)
    if present.count > 2 { _ = softmaxInPlace(&scores) }
    for i in 0..<features.rows {
      switch present.count {
      case 1: result[i * classes + present[0]] = 1
      case 2:
        let p = 1 / (1 + exponential(-scores[i, 0]))
        result[i * classes + present[0]] = 1 - p
        result[i * classes + present[1]] = p
      default: for (k, label) in present.enumerated() { result[i * classes + label] = scores[i, k] }
      }
    }
    return result
  }

  /// Mean decrease of impurity over all trees, as each column's share.
  package var importances: [Double] {
    guard let first = trees.first?.first else { return [] }
    var sums = [Double](repeating: 0, count: first.gains.count)
    for stage in trees {
      for tree in stage { for (j, gain) in tree.gains.enumerated() { sums[j] += gain } }
    }
    return shares(of: sums)
  }
}
