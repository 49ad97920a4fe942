import Tensors

/// Kernel ridge regression: (K + penalty · I)·α = Y, without an intercept, as scikit-learn's `KernelRidge`.
package struct KernelRidge: Sendable {
  private let features: Matrix
  private let kernel: Kernel
  /// α, rows × targets.
  package let coefficients: Matrix

  /// - Parameter targets: rows × targets.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`; `LinearAlgebraError.notPositiveDefinite` where the kernel
  ///   matrix is singular and the penalty too small for it: nothing else is added to the diagonal.
  package init(_ features: Matrix, _ targets: Matrix, _ kernel: Kernel, penalty: Double) throws {
    try requireFinite(features, targets: targets.values, "kernel ridge regression")
    self.features = features
    self.kernel = kernel
    var gram = kernel.gram(features)
    for i in 0..<gram.rows { gram[i, i] += penalty }
    coefficients = try Cholesky(gram).solve(targets)
  }

  /// Predictions, rows × targets.
  package func predict(_ rows: Matrix) -> Matrix {
    var result: [Double] = []
    for start in stride(from: 0, to: rows.rows, by: kernelBlockRows) {
      let block = rows.rows(at: Array(start..<min(start + kernelBlockRows, rows.rows)))
      result += kernel.cross(block, features).times(coefficients).values
    }
    return Matrix(rows: rows.rows, columns: coefficients.columns, values: result)
  }
}
