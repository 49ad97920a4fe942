import Environments
import Experiments
import Parts

/// Q-learning (Watkins 1989; Sutton & Barto 2018, section 6.5) with ε-greedy exploration.
package struct QLearning: Agent {
  package static let name = "q-learning"
  package static let revision = 1
  package static let summary = "Q-learning: a table of action values, learned from the best next action"
  package static let hyperparameters = TabularRun.hyperparameters

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? { TabularRun.refusal(Self.name, form) }

  package func start(_ task: AgentTask) -> any AgentRun { TabularRun(settings, .best, task) }
}
