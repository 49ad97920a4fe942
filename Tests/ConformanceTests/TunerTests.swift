import Experiments
import Parts
import Randomness
import Testing
import Tuners

/// What every registered tuner promises, on spaces of each kind of dimension.
@Suite struct TunerTests {
  private static let spaces: [(label: String, space: Space)] = [
    ("numbers", Space([number("rate", 1e-4, 1, true), number("momentum", 0, 0.99, false)])),
    ("integers", Space([integer("width", 16, 256, true), integer("depth", 1, 3, false)])),
    ("choices", Space([choice("model", [.text("a"), .text("b"), .part("c", Settings())])])),
    (
      "mixed",
      Space([
        number("rate", 1e-4, 1, true), integer("epochs", 1, 30, false),
        choice("activation", [.text("relu"), .text("tanh")]),
      ])
    ),
    ("one point", Space([number("rate", 0.5, 0.5, false), integer("depth", 2, 2, false)])),
  ]

  private static func number(_ name: String, _ from: Double, _ to: Double, _ logarithmic: Bool) -> Dimension {
    Dimension(name: name, path: [name], domain: .number(from: from, to: to, logarithmic: logarithmic))
  }

  private static func integer(_ name: String, _ from: Int, _ to: Int, _ logarithmic: Bool) -> Dimension {
    Dimension(name: name, path: [name], domain: .integer(from: from, to: to, logarithmic: logarithmic))
  }

  private static func choice(_ name: String, _ options: [Setting]) -> Dimension {
    Dimension(name: name, path: [name], domain: .choice(options))
  }

  /// All batches of a search whose scores fall and rise with the suggestion's number; every fourth diverges.
  private func batches(_ tuner: String, _ space: Space, _ budget: SearchBudget) -> [[Suggestion]] {
    let part = tunerRegistry[tuner]!
    var search = part.init(completeSettings(part.hyperparameters)!).search(space, budget: budget) {
      RandomStream(seed: 1, role: "tuning", purpose: $0, index: $1)
    }
    var batches: [[Suggestion]] = []
    var asked = 0
    while asked <= budget.trials * budget.units {
      let batch = search.ask()
      if batch.isEmpty { break }
      batches.append(batch)
      search.tell(batch.indices.map { Self.score(asked + $0) })
      asked += batch.count
    }
    return batches
  }

  private static func score(_ i: Int) -> Double? { i % 4 == 3 ? nil : Double(i * 7 % 11) }

  private func isInside(_ value: Setting, _ domain: Dimension.Domain) -> Bool {
    switch (domain, value) {
    case (.number(let from, let to, _), .number(let x)): from <= x && x <= to
    case (.integer(let from, let to, _), .integer(let x)): from <= x && x <= to
    case (.choice(let options), _): options.contains(value)
    default: false
    }
  }

  @Test(arguments: tunerRegistry.names, [1, 2, 7, 64])
  func suggestionsStayInTheSpace(tuner: String, trials: Int) {
    for (label, space) in Self.spaces {
      let suggestions = batches(tuner, space, SearchBudget(trials: trials)).flatMap { $0 }.map(
        \.configuration)
      #expect((1...trials).contains(suggestions.count), "\(tuner), \(label)")
      for suggestion in suggestions {
        #expect(suggestion.names == space.dimensions.map(\.name), "\(tuner), \(label)")
        for dimension in space.dimensions {
          #expect(
            isInside(suggestion[dimension.name]!, dimension.domain), "\(tuner), \(label): \(suggestion)")
        }
      }
    }
  }

  /// Whole runs only where runs are of one unit or the tuner declares no more; what is continued was scored, ended
  /// earlier, and is not paid for again.
  @Test(arguments: tunerRegistry.names, [1, 4, 27])
  func suggestionsStayInTheBudget(tuner: String, units: Int) {
    for trials in [1, 2, 7, 30] {
      let budget = SearchBudget(trials: trials, units: units)
      var asked: [Suggestion] = []
      var spent = 0
      for batch in batches(tuner, Self.spaces[3].space, budget) {
        let before = asked
        for suggestion in batch {
          #expect((1...units).contains(suggestion.budget))
          spent += suggestion.budget
          if let earlier = suggestion.continues {
            #expect(before.indices.contains(earlier) && Self.score(earlier) != nil)
            #expect(before[earlier].budget < suggestion.budget)
            spent -= before[earlier].budget
          }
          if !tunerRegistry[tuner]!.usesPartialRuns {
            #expect(suggestion.budget == units && suggestion.continues == nil)
          }
          asked.append(suggestion)
        }
      }
      #expect(spent <= trials * units, "\(tuner), \(trials) × \(units)")
      #expect(asked.contains { $0.budget == units }, "\(tuner) never makes a whole run")
    }
  }

  @Test(arguments: tunerRegistry.names)
  func equalSearchesAskTheSame(tuner: String) {
    for (label, space) in Self.spaces {
      let budget = SearchBudget(trials: 9, units: 4)
      #expect(batches(tuner, space, budget) == batches(tuner, space, budget), "\(tuner), \(label)")
    }
  }
}
