import Experiments
import Parts
import Randomness
import Testing
import Tuners

/// What every registered tuner promises, on spaces of each kind of dimension.
@Suite struct TunerTests {
  static let spaces: [(label: String, space: Space)] = [
    ("numbers", Space([number("rate", 1e-4, 1, true), number("momentum", 0, 0.99, false)])),
    ("integers", Space([integer("width", 16, 256, true), integer("depth", 1, 3, false)])),
    ("choices", Space([choice("model", [.text("a"), .text("b"), .part("c", Settings())])])),
    (
      "mixed",
      Space(
        [
          number("rate", 1e-4, 1, true, prior: .around(.number(1e-2))), integer("epochs", 1, 30, false),
          choice("activation", [.text("relu"), .text("tanh")], prior: .weights([3, 1])),
        ], start: Settings(["rate": .number(0.1)]))
    ),
    ("one point", Space([number("rate", 0.5, 0.5, false), integer("depth", 2, 2, false)])),
    ("conditional", conditional),
    ("nothing", Space([])),
  ]

  /// Two levels of branches; in one of them a third of the combinations is forbidden.
  private static let conditional = Space(
    [
      choice("model", [.text("svm"), .text("forest")]),
      choice("kernel", [.text("linear"), .text("rbf")], under: ("model", ["svm"])),
      number("penalty", 1e-3, 1e3, true, under: ("model", ["svm"])),
      number("gamma", 1e-4, 10, true, under: ("kernel", ["rbf"])),
      integer("leaf", 1, 20, false, under: ("model", ["forest"])),
    ],
    forbidden: [
      .and(
        .comparison(name: "kernel", relation: .equal, operands: [.literal("linear", nil)]),
        .comparison(name: "penalty", relation: .greater, operands: [.literal("10", 10)]))
    ])

  private static func activation(_ under: (String, [String])?) -> Dimension.Activation? {
    under.map { Dimension.Activation(parent: $0.0, options: $0.1.map(Setting.text)) }
  }

  private static func number(
    _ name: String, _ from: Double, _ to: Double, _ logarithmic: Bool, under: (String, [String])? = nil,
    prior: Prior? = nil
  ) -> Dimension {
    Dimension(
      name: name, path: [name], domain: .number(from: from, to: to, logarithmic: logarithmic),
      activation: activation(under), prior: prior)
  }

  private static func integer(
    _ name: String, _ from: Int, _ to: Int, _ logarithmic: Bool, under: (String, [String])? = nil
  ) -> Dimension {
    Dimension(
      name: name, path: [name], domain: .integer(from: from, to: to, logarithmic: logarithmic),
      activation: activation(under))
  }

  private static func choice(
    _ name: String, _ options: [Setting], under: (String, [String])? = nil, prior: Prior? = nil
  ) -> Dimension {
    Dimension(name: name, path: [name], domain: .choice(options), activation: activation(under), prior: prior)
  }

  /// Rises and falls with the suggestion's number; every fourth diverges.
  static func score(_ i: Int) -> Double? { i % 4 == 3 ? nil : Double(i * 7 % 11) }

  /// All batches of a search, and the streams it opened.
  static func batches(
    _ tuner: String, _ space: Space, _ budget: SearchBudget, score: (Int) -> Double? = TunerTests.score
  ) -> [[Suggestion]] {
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
      search.tell(batch.indices.map { score(asked + $0) })
      asked += batch.count
    }
    #expect(search.ask().isEmpty || asked > budget.trials * budget.units)
    return batches
  }

  @Test(arguments: tunerRegistry.names, [1, 2, 7, 64])
  func suggestionsStayInTheSpace(tuner: String, trials: Int) {
    for (label, space) in Self.spaces {
      let suggestions = Self.batches(tuner, space, SearchBudget(trials: trials)).flatMap { $0 }
      #expect((1...trials).contains(suggestions.count), "\(tuner), \(label)")
      for suggestion in suggestions {
        #expect(space.contains(suggestion.configuration), "\(tuner), \(label): \(suggestion)")
      }
    }
  }

  /// Whole runs only, unless the tuner declares more and there is more than a unit; what is continued was scored, ended
  /// earlier, and is not paid for again.
  @Test(arguments: tunerRegistry.names, [1, 4, 27])
  func suggestionsStayInTheBudget(tuner: String, units: Int) {
    for trials in [1, 2, 7, 30] {
      let budget = SearchBudget(trials: trials, units: units)
      for isSound in [true, false] {
        func score(_ i: Int) -> Double? { isSound ? Double(i * 7 % 11) : Self.score(i) }
        var asked: [Suggestion] = []
        var spent = 0
        for batch in Self.batches(tuner, Self.spaces[3].space, budget, score: score) {
          let before = asked
          for suggestion in batch {
            #expect((1...units).contains(suggestion.budget))
            spent += suggestion.budget
            if let earlier = suggestion.continues {
              #expect(before.indices.contains(earlier) && score(earlier) != nil)
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
        if isSound { #expect(asked.contains { $0.budget == units }, "\(tuner) makes no whole run") }
      }
    }
  }

  /// Equal searches ask the same: nothing but space, budget, stream and scores decides.
  @Test(arguments: tunerRegistry.names)
  func equalSearchesAskTheSame(tuner: String) {
    for (label, space) in Self.spaces {
      for units in [1, 9] {
        let budget = SearchBudget(trials: 14, units: units)
        #expect(
          Self.batches(tuner, space, budget) == Self.batches(tuner, space, budget), "\(tuner), \(label)")
      }
    }
  }

  /// Divergence everywhere, no difference anywhere, and scores beyond all bounds are scores like others.
  @Test(arguments: tunerRegistry.names)
  func oddScoresEndNoSearch(tuner: String) {
    let odd: [(String, (Int) -> Double?)] = [
      ("all diverged", { _ in nil }), ("not numbers", { _ in .nan }), ("constant", { _ in 1 }),
      ("infinite", { $0 % 2 == 0 ? .infinity : -.infinity }), ("huge", { Double($0 % 3) * 1e300 }),
      ("two values", { Double($0 % 2) }), ("the last alone", { $0 == 11 ? 1 : nil }),
    ]
    for (label, score) in odd {
      for (name, space) in Self.spaces {
        for units in [1, 9] {
          let suggestions = Self.batches(tuner, space, SearchBudget(trials: 20, units: units), score: score)
            .flatMap { $0 }
          #expect(!suggestions.isEmpty, "\(tuner), \(label)")
          for suggestion in suggestions {
            #expect(space.contains(suggestion.configuration), "\(tuner), \(label), \(name)")
          }
        }
      }
    }
  }
}
