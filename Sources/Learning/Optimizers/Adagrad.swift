import Experiments
import Parts

/// Adagrad (Duchi, Hazan & Singer, JMLR 2011, the diagonal form of eq. 1): the gradient divided by the root of
/// the sum of all its squares; v ← v + g², w ← w − η·g / (√v + ε), from v = 0.
package struct Adagrad: Optimizer {
  package static let name = "adagrad"
  package static let revision = 1
  package static let summary = "Adagrad: the gradient divided by the root of the sum of all its squares"
  package static let hyperparameters = [
    Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-10), "added to the denominator")
  ]

  private let epsilon: Double

  package init(_ settings: Settings) { epsilon = settings.number("epsilon") }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    SquareScaledDescent(layout: layout, keep: 1, take: 1, epsilon: epsilon)
  }
}
