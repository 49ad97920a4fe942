import Experiments
import Parts
import Testing
import Tuners

struct GridSearchTests {
  private func grid(_ space: Space, _ trials: Int) -> [Settings] {
    var search = GridSearch(Settings()).search(space, budget: SearchBudget(trials: trials), stream: stream)
    defer { #expect(search.ask().isEmpty) }
    return search.ask().map(\.configuration)
  }

  private func choices(_ sizes: [Int]) -> Space {
    Space(
      sizes.enumerated().map { i, size in
        Dimension(name: "c\(i)", path: ["c\(i)"], domain: .choice((0..<size).map(Setting.integer)))
      })
  }

  /// 2 activations × r rates × at most 4 widths.
  @Test(arguments: [
    (1, 1), (2, 2), (7, 2), (8, 8), (17, 8), (18, 18), (31, 18), (32, 32), (39, 32), (40, 40), (64, 64),
    (1000, 1000),
  ]) func theGridIsTheLargestThatFits(_ trials: Int, _ count: Int) {
    let suggestions = grid(sampleSpace, trials)
    #expect(suggestions.count == count)
    #expect(Set(suggestions).count == count)
    #expect(suggestions.allSatisfy { $0.names == ["activation", "rate", "width"] })
  }

  @Test func theLastDimensionVariesFastest() {
    let labels = grid(sampleSpace, 8).map { $0.pairs.map(\.value.label).joined(separator: " ") }
    #expect(
      labels == [
        "relu 0.0001 1", "relu 0.0001 4", "relu 1 1", "relu 1 4", "tanh 0.0001 1", "tanh 0.0001 4",
        "tanh 1 1", "tanh 1 4",
      ])
  }

  @Test func oneTrialTakesTheMiddle() {
    let space = Space([
      Dimension(name: "x", path: ["x"], domain: .number(from: 1e-4, to: 1, logarithmic: true))
    ])
    let suggestions = grid(space, 1)
    #expect(suggestions.count == 1)
    #expect(abs(suggestions[0].number("x") - 1e-2) < 1e-15)
    #expect(grid(space, 7).count == 7)
  }

  @Test(arguments: [[2, 2], [4, 4], [4, 6], [2, 2, 2, 2], [3, 4, 5], [6, 4, 3, 2], [10, 10, 10]])
  func tooManyChoicesAreSpreadEvenly(_ sizes: [Int]) {
    let space = choices(sizes)
    let all = sizes.reduce(1, *)
    for trials in Set([1, 2, 3, all / 2, all - 1, 12]).sorted() where trials < all && trials > 0 {
      let suggestions = grid(space, trials)
      #expect(suggestions.count == trials)
      #expect(Set(suggestions).count == trials)
      let rows = suggestions.map { suggestion in sizes.indices.map { suggestion.integer("c\($0)") } }
      #expect(rows == rows.sorted { $0.lexicographicallyPrecedes($1) })
      for (i, size) in sizes.enumerated() {
        let counts = (0..<size).map { option in rows.count { $0[i] == option } }
        #expect(counts.max()! - counts.min()! <= 1, "\(sizes) \(trials) \(counts)")
      }
    }
    #expect(grid(space, all).count == all)
  }

  @Test func hugeSpacesAreNoTrouble() {
    let suggestions = grid(choices([Int](repeating: 50, count: 40)), 100)
    #expect(Set(suggestions).count == 100)
    #expect(grid(Space([]), 5) == [Settings()])
  }
}
