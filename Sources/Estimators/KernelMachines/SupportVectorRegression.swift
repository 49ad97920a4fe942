import Tensors

/// A fitted ε-support vector regression (Vapnik 1995; Smola & Schölkopf, "A tutorial on support vector
/// regression", 2004): errors below ε cost nothing, larger ones C each beyond it.
package struct SupportVectorRegression: Sendable {
  package let supportVectors: Matrix
  /// ½ βᵀKβ + ε·Σ|β| − zᵀβ at the end.
  package let objective: Double
  /// Floating-point operations of the matrix products of the fit.
  package let flops: Int
  private let kernel: Kernel
  private let coefficients: [Double]
  private let offset: Double

  /// - Parameters:
  ///   - cost: C, the bound of each row's coefficient.
  ///   - margin: ε, in the targets' unit.
  ///   - tolerance: the largest violation of optimality left, in the targets' unit.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ targets: [Double], _ kernel: Kernel, cost: Double, margin: Double,
    tolerance: Double = 1e-3
  ) throws(EstimatorError) {
    try requireFinite(features, targets: targets, "a support vector regression")
    self.kernel = kernel
    let count = features.rows
    let zeros = [Double](repeating: 0, count: count)
    let problem = DualProblem(
      rows: Array(0..<count) + Array(0..<count),
      linear: targets.map { margin - $0 } + targets.map { -margin - $0 },
      lower: zeros + zeros.map { _ in -cost }, upper: zeros.map { _ in cost } + zeros)
    let rows = KernelRows(features, kernel, memory: KernelRows.usualMemory)
    let solution = SequentialMinimalOptimization(problem, rows, tolerance: tolerance).solve()
    flops = rows.flops
    let sums = (0..<count).map { solution.coefficients[$0] + solution.coefficients[count + $0] }
    let supports = (0..<count).filter { sums[$0] != 0 }
    supportVectors = features.rows(at: supports)
    coefficients = supports.map { sums[$0] }
    offset = solution.offset
    objective = solution.objective
  }

  /// One prediction a row.
  package func predict(_ features: Matrix) -> [Double] {
    var result: [Double] = []
    for start in stride(from: 0, to: features.rows, by: kernelBlockRows) {
      let block = features.rows(at: Array(start..<min(start + kernelBlockRows, features.rows)))
      result += kernel.cross(block, supportVectors).times(coefficients).map { $0 - offset }
    }
    return result
  }
}
