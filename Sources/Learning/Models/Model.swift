import Experiments
import Parts
import Tensors

/// A function from features to outputs whose parameters training finds: what a study writes under `model`.
///
/// A model only says how it is built; `Network` holds the parameters of one trial.
package protocol Model: Part {
  /// The kind of prediction it is made for; nil where it serves every kind.
  static var predictions: TargetKind? { get }
  /// Its layers in order, the first taking `inputs` features and the last giving `outputs` numbers (logits,
  /// or one standardised prediction), each layer as wide as the next one's inputs.
  func layers(inputs: Int, outputs: Int) -> [DenseLayer]
}

/// One dense layer: y = activation(x·W + b), W of inputs × outputs.
package struct DenseLayer: Hashable, Sendable {
  package let inputs: Int
  package let outputs: Int
  package let activation: Activation

  package init(inputs: Int, outputs: Int, activation: Activation) {
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
  }
}
