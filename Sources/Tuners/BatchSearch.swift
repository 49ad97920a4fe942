import Experiments
import Parts

/// A search whose suggestions do not depend on scores: all of them in one batch.
struct BatchSearch: TunerSearch {
  private var suggestions: [Settings]

  init(_ suggestions: [Settings]) { self.suggestions = suggestions }

  mutating func ask() -> [Settings] {
    defer { suggestions = [] }
    return suggestions
  }

  mutating func tell(_ scores: [Double?]) {}
}
