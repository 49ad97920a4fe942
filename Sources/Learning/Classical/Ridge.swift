import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// Ridge regression in closed form (`RidgePath`).
package struct Ridge: EstimatorModel {
  package static let name = "ridge"
  package static let revision = 1
  package static let summary = "linear regression with a squared penalty on the weights, in closed form"
  package static let hyperparameters = [
    Hyperparameter(
      "penalty", .number(0...1e12), default: .number(1),
      "what the summed squared error is weighed against: times the squared weights, intercept left out")
  ]
  package static let predictions: TargetKind? = .regression

  private let penalty: Double

  package init(_ settings: Settings) {
    penalty = settings.number("penalty")
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let targets = Matrix(rows: rows.features.rows, columns: 1, values: rows.numbers)
    let fit = try RidgePath(rows.features, targets).fit(penalty: penalty)
    let cost = CountedCost(examples: rows.features.rows, flops: singularValueFlops(rows.features))
    return FittedModel(cost: cost) { fit.predict($0).values }
  }
}

/// Operations of a thin singular value decomposition, leading terms: 6·m·n² + 20·n³ for m ≥ n (Golub & Van Loan,
/// "Matrix computations", 3rd ed., §5.4.5).
func singularValueFlops(_ matrix: Matrix) -> Int {
  let (m, n) = (max(matrix.rows, matrix.columns), min(matrix.rows, matrix.columns))
  return 6 * m * n * n + 20 * n * n * n
}
