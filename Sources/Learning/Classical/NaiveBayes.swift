import Estimators
import Experiments
import Parts
import Randomness

/// Naive Bayes (`Estimators.NaiveBayes`).
package struct NaiveBayes: EstimatorModel {
  package static let name = "naive-bayes"
  package static let revision = 1
  package static let summary = "class shares times the likelihood of each feature by itself"
  package static let hyperparameters = [
    Hyperparameter(
      "likelihood", .choice(["gaussian", "multinomial", "bernoulli"]), default: .text("gaussian"),
      "normal; counts, which need standardise: false; or whether the value is above 0"),
    Hyperparameter(
      "smoothing", .number(1e-12...1e6), default: .number(1e-9),
      "gaussian: of the largest variance, added to all; else added to every count, where 1 is usual"),
  ]
  package static let predictions: TargetKind? = .classification

  private let likelihood: Estimators.NaiveBayes.Likelihood

  package init(_ settings: Settings) {
    let smoothing = settings.number("smoothing")
    likelihood =
      switch settings.text("likelihood") {
      case "multinomial": .multinomial(smoothing: smoothing)
      case "bernoulli": .bernoulli(smoothing: smoothing)
      default: .gaussian(smoothing: smoothing)
      }
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let fit = try Estimators.NaiveBayes(rows.features, rows.classes, likelihood)
    return FittedModel(cost: CountedCost(examples: rows.features.rows)) { fit.probabilities($0) }
  }
}
