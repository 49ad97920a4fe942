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
  private func batches(_ tuner: String, _ space: Space, trials: Int, seed: UInt64 = 1) -> [[Settings]] {
    let part = tunerRegistry[tuner]!
    var search = part.init(completeSettings(part.hyperparameters)!).search(space, trials: trials) {
      RandomStream(seed: seed, role: "tuning", purpose: $0, index: $1)
    }
    var batches: [[Settings]] = []
    var asked = 0
    while asked <= trials {
      let batch = search.ask()
      if batch.isEmpty { break }
      batches.append(batch)
      search.tell(batch.indices.map { (asked + $0) % 4 == 3 ? nil : Double((asked + $0) * 7 % 11) })
      asked += batch.count
    }
    return batches
  }

  private func isInside(_ value: Setting, _ domain: Dimension.Domain) -> Bool {
    switch (domain, value) {
    case (.number(let from, let to, _), .number(let x)): from <= x && x <= to
    case (.integer(let from, let to, _), .integer(let x)): from <= x && x <= to
    case (.choice(let options), _): options.contains(value)
    default: false
    }
  }

  @Test(arguments: tunerRegistry.names, [1, 2, 7, 64])
  func suggestionsStayInTheSpaceAndTheBudget(tuner: String, trials: Int) {
    for (label, space) in Self.spaces {
      let suggestions = batches(tuner, space, trials: trials).flatMap { $0 }
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

  @Test(arguments: tunerRegistry.names)
  func equalSearchesAskTheSame(tuner: String) {
    for (label, space) in Self.spaces {
      #expect(batches(tuner, space, trials: 9) == batches(tuner, space, trials: 9), "\(tuner), \(label)")
    }
  }
}
