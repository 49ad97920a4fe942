import Experiments
import Parts

/// AdamW (Loshchilov & Hutter, ICLR 2019, algorithm 2): Adam's rule with weight decay outside the gradient.
///
/// As printed, decay is scaled by the schedule alone; by custom, and here by default, by the learning rate too.
package struct AdamW: Optimizer {
  package static let name = "adamw"
  package static let revision = 1
  package static let summary = "AdamW: Adam with weight decay decoupled from the gradient"
  package static let hyperparameters =
    adamDeclarations + [
      Hyperparameter(
        "independent-decay", .flag, default: .flag(false),
        "scale weight decay by the schedule only, not by the learning rate")
    ]

  package let decay: WeightDecay
  private let settings: Settings

  package init(_ settings: Settings) {
    self.settings = settings
    decay = settings.flag("independent-decay") ? .independent : .decoupled
  }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    AdamDescent(layout: layout, settings)
  }
}
