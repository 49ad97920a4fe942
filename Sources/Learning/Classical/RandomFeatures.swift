import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// A linear model on random features (`Estimators.RandomFeatures`): ridge regression for numbers, softmax
/// regression for classes.
package struct RandomFeatures: EstimatorModel {
  package static let name = "random-features"
  package static let revision = 1
  package static let summary = "ridge or softmax regression on random Fourier or ReLU features"
  package static let hyperparameters = [
    Hyperparameter(
      "features", .choice(["fourier", "relu"]), default: .text("fourier"),
      "cosines, which approach the kernel exp(-s|x-y|^2), or ReLUs, the arc-cosine kernel"),
    Hyperparameter("count", .integer(1...65_536), default: .integer(256), "random features"),
    Hyperparameter(
      "width-factor", .number(1e-6...1e6), default: .number(1),
      "s, or the weights' variance, in units of 1 / (columns * variance of the features)"),
    Hyperparameter(
      "penalty", .number(1e-12...1e12), default: .number(1e-2),
      "of the squared weights, against the summed squared error or half of it against the cross-entropy"),
  ]
  package static let predictions: TargetKind? = nil

  private let family: Estimators.RandomFeatures.Family
  private let count: Int
  private let factor: Double
  private let penalty: Double

  package init(_ settings: Settings) {
    family = settings.text("features") == "relu" ? .relu : .fourier
    count = settings.integer("count")
    factor = settings.number("width-factor")
    penalty = settings.number("penalty")
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let size = rows.features.rows
    let map = Estimators.RandomFeatures(
      family, columns: rows.features.columns, count: count,
      scale: factor * naturalKernelScale(rows.features), stream: stream("random-features", 0))
    let features = map.transform(rows.features)
    let mapping = 2 * size * count * rows.features.columns
    switch rows.targets {
    case .numbers(let targets):
      let fit = try RidgePath(features, Matrix(rows: size, columns: 1, values: targets)).fit(penalty: penalty)
      return FittedModel(cost: CountedCost(examples: size, flops: mapping + singularValueFlops(features))) {
        fit.predict(map.transform($0)).values
      }
    case .classes(let classes):
      let fit = try SoftmaxRegression(features, classes, penalty: penalty)
      // Two products an evaluation.
      let flops = mapping + fit.evaluations * 4 * size * count * classes.count
      return FittedModel(cost: CountedCost(examples: fit.evaluations * size, flops: flops)) {
        fit.probabilities(map.transform($0))
      }
    }
  }
}
