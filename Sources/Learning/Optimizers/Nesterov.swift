import Experiments
import Parts

/// Nesterov's accelerated gradient (Nesterov 1983) in the form of Sutskever et al. (ICML 2013, eq. 3–4) with the
/// parameters taken at the looked-ahead point, so that the gradient is needed there only: v ← m·v + g,
/// w ← w − η·(g + m·v), from v = 0. The learning rate stays outside the average.
package struct Nesterov: Optimizer {
  package static let name = "nesterov"
  package static let revision = 1
  package static let summary = "gradient descent with Nesterov's momentum, which looks one step ahead"
  package static let hyperparameters = [momentumDeclaration]

  private let momentum: Double

  package init(_ settings: Settings) { momentum = settings.number("momentum") }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    MomentumDescent(layout: layout, momentum: momentum, looksAhead: true)
  }
}
