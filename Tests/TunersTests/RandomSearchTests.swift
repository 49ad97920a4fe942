import Experiments
import Parts
import Testing
import Tuners

struct RandomSearchTests {
  private func suggestions(_ space: Space, _ trials: Int) -> [Settings] {
    var search = RandomSearch(Settings()).search(space, budget: SearchBudget(trials: trials), stream: stream)
    return search.ask().map(\.configuration)
  }

  @Test func aSmallSearchIsTheBeginningOfALargeOne() {
    #expect(suggestions(sampleSpace, 4) == Array(suggestions(sampleSpace, 64).prefix(4)))
    #expect(Set(suggestions(sampleSpace, 64)).count == 64)
  }

  @Test func everySuggestionSetsEveryDimensionByName() {
    for suggestion in suggestions(sampleSpace, 200) {
      #expect(suggestion.names == ["activation", "rate", "width"])
      #expect(suggestion.number("rate") >= 1e-4 && suggestion.number("rate") <= 1)
      #expect((1...4).contains(suggestion.integer("width")))
      #expect(["relu", "tanh"].contains(suggestion.text("activation")))
    }
  }

  @Test func drawsFollowTheDimensionsDistribution() {
    let all = suggestions(sampleSpace, 4000)
    // Half of the rates lie below the geometric mean of the bounds; 158 is five standard errors.
    #expect(abs(all.count { $0.number("rate") < 1e-2 } - 2000) < 158)
    #expect(abs(all.count { $0.text("activation") == "relu" } - 2000) < 158)
    for width in 1...4 { #expect(abs(all.count { $0.integer("width") == width } - 1000) < 137) }
  }

  @Test func theSearchEndsAfterItsBatch() {
    var search = RandomSearch(Settings()).search(sampleSpace, budget: SearchBudget(trials: 3), stream: stream)
    #expect(search.ask().count == 3)
    search.tell([0.5, nil, 0.25])
    #expect(search.ask().isEmpty)
  }
}
