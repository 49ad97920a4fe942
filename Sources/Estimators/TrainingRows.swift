import Tensors

/// Checks what every estimator asks of the rows it is fitted to: at least one, and everything finite.
///
/// - Throws: `EstimatorError.noRows`, `.notFinite`.
func requireFinite(_ features: Matrix, targets: [Double] = [], _ estimator: String) throws(EstimatorError) {
  if features.rows == 0 { throw .noRows(estimator) }
  guard features.isFinite && areFinite(targets) else { throw .notFinite(estimator) }
}

/// The class of each row, of `count` classes that need not all occur.
package struct ClassLabels: Hashable, Sendable {
  package let labels: [Int]
  package let count: Int

  /// - Parameter labels: one a row, in 0 ..< count.
  package init(_ labels: [Int], count: Int) {
    precondition(count > 0 && labels.allSatisfy { $0 >= 0 && $0 < count }, "labels lie in 0 ..< count")
    self.labels = labels
    self.count = count
  }

  /// The rows of each class.
  package var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels { sizes[label] += 1 }
    return sizes
  }
}
