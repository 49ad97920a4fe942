import Randomness
import Tensors

/// How far a tree grows.
package struct TreeSettings: Hashable, Sendable {
  /// Cuts between the root and a leaf at most; nil is no limit.
  package var maximumDepth: Int?
  /// The least number of distinct rows in a leaf.
  package var minimumLeaf: Int
  /// Columns tried at each node, drawn anew; nil tries all.
  package var columnsTried: Int?

  package init(maximumDepth: Int? = nil, minimumLeaf: Int = 1, columnsTried: Int? = nil) {
    precondition(minimumLeaf >= 1 && maximumDepth ?? 0 >= 0 && columnsTried ?? 1 >= 1)
    self.maximumDepth = maximumDepth
    self.minimumLeaf = minimumLeaf
    self.columnsTried = columnsTried
  }
}

/// A fitted classification or regression tree (Breiman, Friedman, Olshen, Stone, 1984): exact cuts at midpoints
/// between neighbouring values, by Gini impurity or squared error, until nodes are pure.
///
/// Among equally good cuts the lowest column, then the lowest threshold wins; where columns are drawn, the one
/// drawn first; gains closer than 1e-12 of the node's impurity are equal. Deviations from scikit-learn: it draws the order of columns always, so that its ties are random;
/// it works in float32 and takes values closer than 1e-7 as equal. Alike: leaves count distinct rows, cuts that
/// gain nothing are made, and drawn columns that are constant in a node are replaced only when all of them are.
package struct DecisionTree: Sendable {
  /// Numbers a leaf predicts: class shares, or one mean.
  package let outputs: Int
  /// leaves × outputs.
  package internal(set) var values: [Double]
  /// The total of weighted impurity each column's cuts removed.
  package internal(set) var gains: [Double]
  var nodes: [Node]

  struct Node: Sendable {
    /// The column asked; −1 in a leaf.
    var column: Int32
    /// Node of the left child, the right one being next; in a leaf, the leaf's number.
    var next: Int32
    /// Rows at or below it go left.
    var threshold: Double
  }

  /// Fits a classification tree.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ classes: ClassLabels, _ settings: TreeSettings, stream: RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, "a decision tree")
    let weights = [Int32](repeating: 1, count: features.rows)
    var numbers = stream
    self = grow(
      RankedFeatures(features), GiniCriterion(classes, weights: weights), weights: weights, settings, &numbers
    )
  }

  /// Fits a regression tree.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ targets: [Double], _ settings: TreeSettings, stream: RandomStream
  ) throws(EstimatorError) {
    try requireFinite(features, targets: targets, "a decision tree")
    let weights = [Int32](repeating: 1, count: features.rows)
    var numbers = stream
    self = grow(
      RankedFeatures(features), SquaredErrorCriterion(targets, weights: weights), weights: weights, settings,
      &numbers)
  }

  init(outputs: Int, columns: Int) {
    self.outputs = outputs
    values = []
    gains = [Double](repeating: 0, count: columns)
    nodes = []
  }

  package var leaves: Int { values.count / outputs }

  package var depth: Int {
    var depths = [Int](repeating: 0, count: nodes.count)
    for (i, node) in nodes.enumerated() where node.column >= 0 {
      depths[Int(node.next)] = depths[i] + 1
      depths[Int(node.next) + 1] = depths[i] + 1
    }
    return depths.max() ?? 0
  }

  /// The number of the leaf a row falls into.
  func leaf(of row: UnsafePointer<Double>) -> Int {
    nodes.withUnsafeBufferPointer { nodes in
      var node = nodes[0]
      while node.column >= 0 {
        node = nodes[Int(node.next) &+ (row[Int(node.column)] <= node.threshold ? 0 : 1)]
      }
      return Int(node.next)
    }
  }

  /// Predictions, rows × outputs.
  package func predict(_ features: Matrix) -> [Double] {
    var result = [Double](repeating: 0, count: features.rows * outputs)
    add(features, scale: 1, to: &result)
    return result
  }

  /// sums ← sums + scale · predictions, rows × outputs.
  func add(_ features: Matrix, scale: Double, to sums: inout [Double]) {
    features.values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<features.rows {
        let leaf = leaf(of: base + i &* features.columns)
        for k in 0..<outputs { sums[i &* outputs &+ k] += scale * values[leaf &* outputs &+ k] }
      }
    }
  }

  /// Mean decrease of impurity: each column's share of all gains; zeros for a tree without cuts.
  package var importances: [Double] { shares(of: gains) }
}

/// `gains` divided by their sum, or zeros.
func shares(of gains: [Double]) -> [Double] {
  let total = gains.reduce(0, +)
  return gains.map { total > 0 ? $0 / total : 0 }
}
