import Environments
import Experiments
import Parts

/// SARSA (Rummery & Niranjan 1994; Sutton & Barto 2018, section 6.4) with ε-greedy exploration.
package struct SARSA: Agent {
  package static let name = "sarsa"
  package static let revision = 1
  package static let summary = "SARSA: a table of action values, learned from the next action taken"
  package static let hyperparameters = TabularRun.hyperparameters

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? { TabularRun.refusal(Self.name, form) }

  package func start(_ task: AgentTask) -> any AgentRun { TabularRun(settings, .taken, task) }
}
