import Experiments
import Tensors

/// An elementwise function between layers.
package enum Activation: String, CaseIterable, Sendable {
  case relu, tanh, gelu, silu

  package func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: Tensors.relu(x)
    case .tanh: Tensors.tanh(x)
    case .gelu: Tensors.gelu(x)
    case .silu: Tensors.silu(x)
    }
  }

  /// The setting by which models choose one.
  static func declaration(_ meaning: String, default initial: Activation = .relu) -> Hyperparameter {
    Hyperparameter(
      "activation", .choice(allCases.map(\.rawValue)), default: .text(initial.rawValue), meaning)
  }

  /// The activation that checked settings name.
  init(_ settings: Settings) { self.init(rawValue: settings.text("activation"))! }
}
