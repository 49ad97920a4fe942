import Experiments
import Parts
import Tensors

/// What a study writes under `model`: a `NetworkModel`, trained by gradients, or an `EstimatorModel`, fitted in a
/// way of its own.
package protocol Model: Part {
  /// The kind of prediction it is made for; nil where it serves every kind.
  static var predictions: TargetKind? { get }
  /// Levels that it makes up for a factor of a study; nil where it makes none.
  static var generated: GeneratedLevels? { get }
}

extension Model {
  package static var generated: GeneratedLevels? { nil }
}

/// A model that is a graph of differentiable operations.
package protocol NetworkModel: Model {
  /// Why it cannot take rows of that many features; nil where it can.
  func refusal(columns: Int) -> String?

  /// The outputs for a batch of rows: logits, or one standardised prediction a row.
  ///
  /// - Parameters:
  ///   - x: rows × features.
  ///   - count: numbers for each row.
  /// - Returns: rows × count.
  func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor
}

extension NetworkModel {
  package func refusal(columns: Int) -> String? { nil }
}
