import Experiments
import Parts

/// Linear regression: one affine map, ŷ = x·w + b.
package struct Linear: Model {
  package static let name = "linear"
  package static let revision = 1
  package static let summary = "linear regression: one affine map from the features to the target"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions: TargetKind? = .regression

  package init(_ settings: Settings) {}

  package func layers(inputs: Int, outputs: Int) -> [DenseLayer] {
    [DenseLayer(inputs: inputs, outputs: outputs, activation: .identity)]
  }
}
