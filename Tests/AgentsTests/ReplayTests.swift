import Agents
import Environments
import Randomness
import Testing

@Suite struct ReplayTests {
  /// What three-step sums hand over, as text: observation, action, reward, weight, following observation.
  private func transitions(_ steps: [(reward: Float, end: EpisodeEnd)], length: Int) -> [String] {
    let form = EnvironmentForm(observation: [1], actions: .choices(2), stepLimit: nil)
    let sums = StepSums(steps: length, discount: 0.5, form)
    var handed: [String] = []
    for (t, step) in steps.enumerated() {
      var (seen, action, follower) = (Float(t), Float(t % 2), Float(t + 1))
      sums.take(&seen, &action, reward: step.reward, &follower, step.end) {
        handed.append("\(Int($0[0])) \(Int($1[0])) \($2) \($3) \(Int($4[0]))")
      }
    }
    return handed
  }

  @Test func sumsOfThreeSteps() {
    #expect(
      transitions([(1, .goesOn), (2, .goesOn), (4, .goesOn), (8, .goesOn)], length: 3) == [
        "0 0 3.0 0.125 3", "1 1 6.0 0.125 4",
      ])
  }

  /// A terminated episode is worth nothing afterwards; a truncated one is, by what was observed last.
  @Test func endsMakeShorterSums() {
    let steps: [(Float, EpisodeEnd)] = [(1, .goesOn), (2, .terminated), (4, .goesOn), (8, .truncated)]
    #expect(
      transitions(steps.map { (reward: $0.0, end: $0.1) }, length: 3) == [
        "0 0 2.0 0.0 2", "1 1 2.0 0.0 2", "2 0 8.0 0.25 4", "3 1 8.0 0.5 4",
      ])
    #expect(transitions([(1, .goesOn), (2, .terminated)], length: 1) == ["0 0 1.0 0.5 1", "1 1 2.0 0.0 2"])
  }

  @Test func placesAreDrawnInProportion() {
    let tree = PriorityTree(capacity: 5)
    let priorities = [1.0, 0, 3, 2, 4]
    for (place, priority) in priorities.enumerated() { tree[place] = priority }
    #expect(tree.total == 10)
    #expect([0, 0.99, 1, 3.99, 4, 5.99, 6, 9.99].map { tree.place(at: $0) } == [0, 0, 2, 2, 3, 3, 4, 4])
    tree[2] = 0
    #expect(tree.total == 7)
    var stream = RandomStream(seed: 1, role: "test", purpose: "draws")
    var counts = [Int](repeating: 0, count: 5)
    for _ in 0..<7000 { counts[tree.place(at: stream.uniform() * tree.total)] += 1 }
    #expect(counts[1] == 0 && counts[2] == 0)
    for (place, share) in [(0, 1000), (3, 2000), (4, 4000)] { #expect(abs(counts[place] - share) < 200) }
  }
}
