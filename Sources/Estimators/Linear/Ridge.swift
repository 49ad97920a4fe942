import Tensors

/// Ridge regression for every penalty from one singular value decomposition (Hastie, Tibshirani, Friedman, "The
/// elements of statistical learning", 2nd ed., eqs. 3.47–3.50): least ‖XW + b − Y‖² + penalty · ‖W‖², with the
/// intercept b not penalised.
///
/// At penalty 0 directions beyond the numerical rank are left out, so the solution is that of least norm.
package struct RidgePath: Sendable {
  private let decomposition: SingularValues
  private let rank: Int
  private let targets: Matrix
  /// Uᵀ·(Y − mean), k × targets.
  private let coordinates: Matrix
  private let featureMeans: [Double]
  private let targetMeans: [Double]

  /// One point of the path.
  package struct Fit: Sendable {
    /// W, columns × targets.
    package let weights: Matrix
    /// b, one a target.
    package let intercepts: [Double]

    /// Predictions, rows × targets.
    package func predict(_ features: Matrix) -> Matrix {
      adding(intercepts, times: 1, to: features.times(weights))
    }
  }

  /// - Parameter targets: rows × targets.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`; `LinearAlgebraError.notConverged`.
  package init(_ features: Matrix, _ targets: Matrix) throws {
    precondition(features.rows == targets.rows, "a row of targets for each row of features")
    try requireFinite(features, targets: targets.values, "ridge regression")
    featureMeans = columnMeans(features)
    targetMeans = columnMeans(targets)
    decomposition = try SingularValues(adding(featureMeans, times: -1, to: features))
    rank = decomposition.rank
    self.targets = targets
    coordinates = decomposition.left.transposedTimes(adding(targetMeans, times: -1, to: targets))
  }

  /// σ / (σ² + penalty) of each direction, times σ^`power`.
  private func filter(_ penalty: Double, power: Int) -> [Double] {
    precondition(penalty >= 0, "a penalty is not negative")
    return decomposition.values.enumerated().map { k, value in
      k < rank ? (power == 1 ? value * value : value) / (value * value + penalty) : 0
    }
  }

  private func scaled(_ matrix: Matrix, byRow factors: [Double]) -> Matrix {
    var result = matrix
    for k in 0..<matrix.rows { for j in 0..<matrix.columns { result[k, j] *= factors[k] } }
    return result
  }

  package func fit(penalty: Double) -> Fit {
    let weights = decomposition.rightTransposed.transposedTimes(
      scaled(coordinates, byRow: filter(penalty, power: 0)))
    let shift = weights.transposedTimes(featureMeans)
    return Fit(weights: weights, intercepts: zip(targetMeans, shift).map { $0 - $1 })
  }

  /// Effective degrees of freedom, the trace of the hat matrix, with 1 for the intercept.
  package func degreesOfFreedom(penalty: Double) -> Double { filter(penalty, power: 1).reduce(1, +) }

  /// What each row's target is off the prediction of the fit without that row: target minus prediction, rows ×
  /// targets, exactly, from (y − ŷ) / (1 − h). NaN or infinite where the row alone decides its prediction
  /// (h = 1), as a single row does.
  package func leaveOneOutErrors(penalty: Double) -> Matrix {
    let filter = filter(penalty, power: 1)
    let left = decomposition.left
    var errors = adding(targetMeans, times: -1, to: targets)
    let fitted = left.times(scaled(coordinates, byRow: filter))
    for i in 0..<errors.rows {
      var leverage = 1 / Double(errors.rows)
      for k in 0..<left.columns { leverage += left[i, k] * left[i, k] * filter[k] }
      for j in 0..<errors.columns { errors[i, j] = (errors[i, j] - fitted[i, j]) / (1 - leverage) }
    }
    return errors
  }
}
