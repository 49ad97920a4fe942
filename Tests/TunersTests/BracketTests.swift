import Experiments
import Parts
import Randomness
import Testing
import Tuners

struct BracketTests {
  /// Table 1 of Li et al. (JMLR 2018): R = 81, η = 3; configurations and units of each rung.
  @Test func hyperbandsBracketsAreThePapers() {
    let brackets = Hyperband.brackets(eta: 3, units: 81)
    let table: [[(Int, Int)]] = [
      [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
      [(34, 3), (11, 9), (3, 27), (1, 81)],
      [(15, 9), (5, 27), (1, 81)],
      [(8, 27), (2, 81)],
      [(5, 81)],
    ]
    for (number, rows) in (table + table).enumerated() {
      #expect(brackets(number).counts == rows.map(\.0))
      #expect(brackets(number).budgets == rows.map(\.1))
    }
  }

  @Test func budgetsNeedNotBePowers() {
    #expect(Bracket.deepest(eta: 3, units: 20) == 2)
    #expect(Bracket.budgets(rungs: 2, eta: 3, units: 20) == [2, 7, 20])
    #expect(Bracket.deepest(eta: 4, units: 3) == 0)
    #expect(Bracket.deepest(eta: 3, units: 10_000) == 4)
    #expect(Bracket(count: 9, rungs: 2, eta: 3, units: 9).cost == 9 + 3 * 2 + 6)
  }

  @Test func aBracketIsCutToWhatIsLeft() throws {
    let bracket = Bracket.hyperband(4, deepest: 4, eta: 3, units: 81)
    for left in [0, 80] { #expect(bracket.fitted(to: left, eta: 3) == nil) }
    #expect(try #require(bracket.fitted(to: 81, eta: 3)).counts == [1])
    for left in 81...400 {
      let cut = try #require(bracket.fitted(to: left, eta: 3))
      #expect(cut.cost <= left && cut.counts.last! >= 1)
    }
    #expect(bracket.fitted(to: bracket.cost, eta: 3) == bracket)
  }

  private let space = Space([
    Dimension(name: "x", path: ["x"], domain: .number(from: 0, to: 1, logarithmic: false))
  ])

  /// Runs a search on a loss that a larger budget brings closer to (x − 0.3)².
  private func run(_ tuner: any Tuner, trials: Int, units: Int) -> [(suggestion: Suggestion, loss: Double)] {
    var search = tuner.search(space, budget: SearchBudget(trials: trials, units: units), stream: stream)
    var all: [(Suggestion, Double)] = []
    while true {
      let batch = search.ask()
      if batch.isEmpty { return all }
      let losses = batch.map { suggestion in
        let x = suggestion.configuration.number("x")
        return (x - 0.3) * (x - 0.3) + 0.1 * x / Double(suggestion.budget)
      }
      all += zip(batch, losses)
      search.tell(losses.map { -$0 })
    }
  }

  private func settings(_ type: any Tuner.Type) -> Settings {
    Settings(Dictionary(uniqueKeysWithValues: type.hyperparameters.map { ($0.name, $0.defaultValue!) }))
  }

  @Test func theBestOfARungGoOnFromTheirCheckpoints() {
    let all = run(SuccessiveHalving(settings(SuccessiveHalving.self)), trials: 4, units: 27)
    let first = all.prefix { $0.suggestion.budget == 1 }
    let second = all.dropFirst(first.count).prefix { $0.suggestion.budget == 3 }
    #expect(first.count >= 27 && second.count == first.count / 3)
    let best = first.indices.sorted { first[$0].loss < first[$1].loss }.prefix(second.count)
    #expect(second.map { $0.suggestion.continues! } == Array(best))
    for entry in all.dropFirst(first.count) {
      #expect(all[entry.suggestion.continues!].suggestion.configuration == entry.suggestion.configuration)
    }
  }

  @Test(arguments: ["asha", "bohb", "dehb", "hyperband", "successive-halving"])
  func partialRunsFindTheBestOnAWholeRun(_ name: String) {
    let type = tunerRegistry[name]!
    let all = run(type.init(settings(type)), trials: 20, units: 27)
    let whole = all.filter { $0.suggestion.budget == 27 }
    #expect(whole.map(\.loss).min()! < 0.005)
    #expect(all.count > 60, "\(name) starts many configurations on little")
  }

  @Test func promotionDoesNotWaitForTheRung() {
    let all = run(ASHA(settings(ASHA.self)), trials: 8, units: 9)
    let firstPromotion = all.firstIndex { $0.suggestion.continues != nil }!
    #expect(firstPromotion == 4)
    #expect(all.dropFirst(firstPromotion).contains { $0.suggestion.continues == nil })
    // A configuration goes on from each rung once at most.
    let continued = all.compactMap(\.suggestion.continues)
    #expect(Set(continued).count == continued.count)
  }
}
