import Experiments
import Parts

/// Multinomial logistic regression: one affine map to the logits, p = softmax(x·W + b).
package struct Logistic: Model {
  package static let name = "logistic"
  package static let revision = 1
  package static let summary =
    "multinomial logistic regression: one affine map from the features to the logits"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions: TargetKind? = .classification

  package init(_ settings: Settings) {}

  package func layers(inputs: Int, outputs: Int) -> [DenseLayer] {
    [DenseLayer(inputs: inputs, outputs: outputs, activation: .identity)]
  }
}
