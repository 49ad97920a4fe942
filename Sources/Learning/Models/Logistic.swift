import Experiments
import Parts
import Tensors

/// Multinomial logistic regression: one affine map to the logits, p = softmax(x·W + b).
package struct Logistic: NetworkModel {
  package static let name = "logistic"
  package static let revision = 2
  package static let summary =
    "multinomial logistic regression: one affine map from the features to the logits"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions: TargetKind? = .classification

  package init(_ settings: Settings) {}

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    dense(x, count, weights["output"])
  }
}
