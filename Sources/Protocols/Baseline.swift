import Experiments

/// What is shown beside every tuned arm (rule 5): the settings it would have had without tuning, and random search with
/// the same budget.
package enum Baseline: String, Sendable, CaseIterable {
  case defaults = "default"
  case random = "random search"
}

/// The registered random search, as a baseline uses it.
package struct BaselineTuner: Sendable {
  package let name: String
  package let settings: Settings
  package let revision: Int

  package init(name: String, settings: Settings, revision: Int) {
    self.name = name
    self.settings = settings
    self.revision = revision
  }
}
