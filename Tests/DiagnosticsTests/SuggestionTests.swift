import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("experimnt", ["chart", "experiment"], "experiment"),
    ("chrat", ["chart", "claim"], "chart"),
    ("tabel", ["label", "table"], "label"),
    ("Chart", ["chart"], "chart"),
    ("a", ["b", "c"], "b"),
    ("hyperbnad", ["hyperband", "successive-halving"], "hyperband"),
  ])
  func nearest(word: String, candidates: [String], expected: String) {
    #expect(nearestName(to: word, in: candidates) == expected)
  }

  @Test(arguments: [
    ("python", ["chart", "experiment", "table"]), ("", ["chart"]), ("chart", []),
    ("char", ["charts-and-more"]),
  ])
  func nothingNear(word: String, candidates: [String]) {
    #expect(nearestName(to: word, in: candidates) == nil)
  }

  @Test func orderOfCandidatesDoesNotMatter() {
    let names = ["table", "label", "cable"]
    #expect(nearestName(to: "tabel", in: names) == nearestName(to: "tabel", in: names.reversed()))
  }
}
