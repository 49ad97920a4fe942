import Randomness
import Tensors

/// A fitted random forest (Breiman, "Random forests", Machine Learning 45, 2001): trees on bootstrap samples,
/// each node choosing among columns drawn anew; predictions are the mean of the trees'.
///
/// Class probabilities are the mean of the leaves' class shares, as in scikit-learn, not votes.
package struct RandomForest: Sendable {
  package let trees: [DecisionTree]
  package let outputs: Int
  private let columns: Int
  /// Which rows each tree did not see, one flag a row.
  private let unseen: [[Bool]]

  /// Fits a classification forest.
  ///
  /// - Parameters:
  ///   - trees: their number, at least one.
  ///   - stream: the random numbers of each tree, so that a tree does not depend on the others.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ classes: ClassLabels, trees: Int, _ settings: TreeSettings,
    stream: (Int) -> RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, "a random forest")
    self.init(features, trees: trees, outputs: classes.count, stream) { ranked, weights, stream in
      grow(ranked, GiniCriterion(classes, weights: weights), weights: weights, settings, &stream)
    }
  }

  /// Fits a regression forest.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ targets: [Double], trees: Int, _ settings: TreeSettings,
    stream: (Int) -> RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, targets: targets, "a random forest")
    self.init(features, trees: trees, outputs: 1, stream) { ranked, weights, stream in
      grow(ranked, SquaredErrorCriterion(targets, weights: weights), weights: weights, settings, &stream)
    }
  }

  private init(
    _ features: Matrix, trees count: Int, outputs: Int, _ stream: (Int) -> RandomStream,
    grow: (RankedFeatures, [Int32], inout RandomStream) -> DecisionTree
  ) {
    precondition(count >= 1, "a forest needs a tree")
    let ranked = RankedFeatures(features)
    let rows = features.rows
    var trees: [DecisionTree] = []
    var unseen: [[Bool]] = []
    for t in 0..<count {
      var numbers = stream(t)
      var weights = [Int32](repeating: 0, count: rows)
      for _ in 0..<rows { weights[numbers.below(rows)] += 1 }
      trees.append(grow(ranked, weights, &numbers))
      unseen.append(weights.map { $0 == 0 })
    }
    self.trees = trees
    self.outputs = outputs
    columns = features.columns
    self.unseen = unseen
  }

  /// Out-of-bag predictions, rows × outputs: each row's mean over the trees that did not see it; NaN for a row
  /// every tree saw.
  ///
  /// - Parameter features: those of the fit.
  package func outOfBag(_ features: Matrix) -> [Double] {
    precondition(features.rows == unseen[0].count, "out-of-bag predictions are those of the fit rows")
    var sums = [Double](repeating: 0, count: features.rows * outputs)
    var counts = [Double](repeating: 0, count: features.rows)
    features.values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (tree, unseen) in zip(trees, unseen) {
        for i in 0..<features.rows where unseen[i] {
          let leaf = tree.leaf(of: base + i &* features.columns)
          counts[i] += 1
          for k in 0..<outputs { sums[i &* outputs &+ k] += tree.values[leaf &* outputs &+ k] }
        }
      }
    }
    return sums.enumerated().map { $1 / counts[$0 / outputs] }
  }

  /// The mean of the trees' predictions, rows × outputs.
  package func predict(_ features: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: features.rows * outputs)
    for tree in trees { tree.add(features, scale: 1, to: &sums) }
    return sums.map { $0 / Double(trees.count) }
  }

  /// The deviation (divisor: number of trees) of the trees' predictions, rows × outputs: how far they disagree.
  package func deviation(_ features: Matrix) -> [Double] {
    let means = predict(features)
    var squares = [Double](repeating: 0, count: means.count)
    for tree in trees {
      for (i, value) in tree.predict(features).enumerated() {
        squares[i] += (value - means[i]) * (value - means[i])
      }
    }
    return squares.map { ($0 / Double(trees.count)).squareRoot() }
  }

  /// Mean decrease of impurity: the mean over trees of each column's share of the gains.
  package var importances: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for tree in trees {
      for (j, share) in tree.importances.enumerated() { sums[j] += share }
    }
    return shares(of: sums)
  }
}
