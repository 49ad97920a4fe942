import Experiments
import Parts
import Tensors

/// Linear regression: one affine map, ŷ = x·w + b.
package struct Linear: NetworkModel {
  package static let name = "linear"
  package static let revision = 2
  package static let summary = "linear regression: one affine map from the features to the target"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions: TargetKind? = .regression

  package init(_ settings: Settings) {}

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    dense(x, count, weights["output"])
  }
}
