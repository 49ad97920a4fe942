import Experiments
import Parts

/// A search whose suggestions do not depend on scores: all of them in one batch, each a whole run.
struct BatchSearch: TunerSearch {
  private var suggestions: [Suggestion]

  init(_ budget: SearchBudget, _ configurations: [Settings]) {
    suggestions = configurations.map { Suggestion($0, budget: budget.units) }
  }

  mutating func ask() -> [Suggestion] {
    defer { suggestions = [] }
    return suggestions
  }

  mutating func tell(_ scores: [Double?]) {}
}
