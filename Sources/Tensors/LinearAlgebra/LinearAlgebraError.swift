/// Why a decomposition has no result.
package enum LinearAlgebraError: Error, Hashable, CustomStringConvertible {
  /// An operand holds NaN or an infinity.
  case notFinite
  /// A Cholesky decomposition met a pivot that is not positive in the leading block of this order.
  case notPositiveDefinite(order: Int)
  /// A triangular matrix has a zero at this place of its diagonal, from 0.
  case singular(Int)
  /// An iteration of LAPACK did not converge.
  case notConverged

  package var description: String {
    switch self {
    case .notFinite: "a matrix holds a value that is not finite"
    case .notPositiveDefinite(let order):
      "a matrix is not positive definite: its leading block of order \(order) is not"
    case .singular(let place): "a triangular matrix is singular: its diagonal is 0 at \(place)"
    case .notConverged: "a decomposition did not converge"
    }
  }
}
