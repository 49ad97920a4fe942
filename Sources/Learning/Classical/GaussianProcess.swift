import Estimators
import Experiments
import Parts
import Randomness

/// Gaussian process regression with fitted hyperparameters (`Estimators.GaussianProcess`).
package struct GaussianProcess: EstimatorModel {
  package static let name = "gaussian-process"
  package static let revision = 1
  package static let summary =
    "a Gaussian process whose signal, lengths and noise maximise the marginal likelihood"
  package static let hyperparameters = [
    Hyperparameter(
      "kernel", .choice(["matern12", "matern32", "matern52", "rbf"]), default: .text("matern52"),
      "Matern of smoothness 1/2, 3/2 or 5/2, or squared exponential"),
    Hyperparameter(
      "lengths", .choice(["shared", "separate"]), default: .text("shared"),
      "one for all features, or each its own"),
    Hyperparameter(
      "restarts", .integer(0...100), default: .integer(2), "starts of the search besides the first"),
  ]
  package static let predictions: TargetKind? = .regression

  private let search: Estimators.GaussianProcess.Search

  package init(_ settings: Settings) {
    var search = Estimators.GaussianProcess.Search()
    search.family = GaussianProcessKernel.Family(rawValue: settings.text("kernel"))!
    search.isRelevanceDetermined = settings.text("lengths") == "separate"
    search.restarts = settings.integer("restarts")
    self.search = search
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let count = rows.features.rows
    let process = try Estimators.GaussianProcess(
      rows.features, rows.numbers, search, stream: stream("hyperparameter-starts", 0))
    let flops = process.evaluations * count * count * count + count * count * count / 3
    return FittedModel(cost: CountedCost(examples: count, flops: flops)) { process.predict($0).means }
  }
}
