/// Why an estimator cannot be fitted.
package enum EstimatorError: Error, Hashable, CustomStringConvertible {
  case noRows(String)
  /// Features or targets hold NaN or an infinity.
  case notFinite(String)
  /// The features are not what the estimator is for, such as negative counts.
  case unsuitable(String, String)

  package var description: String {
    switch self {
    case .noRows(let estimator): "\(estimator) needs at least one row to fit"
    case .notFinite(let estimator): "\(estimator) was given features or targets that are not finite"
    case .unsuitable(let estimator, let reason): "\(estimator) \(reason)"
    }
  }
}
