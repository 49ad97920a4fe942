import Environments
import Experiments
import Foundation
import Parts
import Randomness
import Testing

/// The vectors a script recorded in `References`: a label and numbers on each line.
private func recordedVectors(_ name: String) -> [String: [Double]] {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("References/\(name)")
  var vectors: [String: [Double]] = [:]
  for line in try! String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
    let words = line.split(separator: " ")
    vectors[String(words[0])] = words.dropFirst().map { Double($0)! }
  }
  return vectors
}

/// From given states under given actions every environment goes where Gymnasium's goes.
@Suite struct GymnasiumTests {
  private let vectors = recordedVectors("gymnasium.txt")

  /// Follows a trace of 200 steps to 1e-6.
  private func follow<Game: Rules>(
    _ label: String, _ rules: Game, start: ([Double]) -> Game.State, numbers: (Game.State) -> [Double]
  ) throws {
    let first = try #require(vectors[label + ".start"])
    let actions = try #require(vectors[label + ".actions"])
    let states = try #require(vectors[label + ".states"])
    let rewards = try #require(vectors[label + ".rewards"])
    let ends = try #require(vectors[label + ".ends"])
    #expect(actions.count == 200)
    var state = start(first)
    var stream = RandomStream(seed: 1, role: "test", purpose: "unused")
    for t in 0..<actions.count {
      var control = Float(actions[t])
      let (reward, end) = withUnsafePointer(to: &control) {
        rules.advance(&state, Action(choice: Int(actions[t]), numbers: $0), &stream)
      }
      for (i, x) in numbers(state).enumerated() {
        #expect(abs(x - states[t * first.count + i]) < 1e-6, "\(label), step \(t), number \(i)")
      }
      #expect(abs(reward - rewards[t]) < 1e-6, "\(label), step \(t)")
      #expect((end == .terminated) == (ends[t] == 1), "\(label), step \(t)")
      if end == .terminated { state = start(first) }
    }
  }

  @Test(arguments: ["held", "pushed"]) func cartPole(_ policy: String) throws {
    try follow(
      "cartpole.\(policy)", CartPoleRules(), start: { CartPoleRules.State($0[0], $0[1], $0[2], $0[3]) },
      numbers: { [$0.position, $0.velocity, $0.angle, $0.angularVelocity] })
  }

  @Test func acrobot() throws {
    try follow(
      "acrobot", AcrobotRules(), start: { SIMD4($0[0], $0[1], $0[2], $0[3]) },
      numbers: { [$0[0], $0[1], $0[2], $0[3]] })
  }

  @Test func mountainCar() throws {
    try follow(
      "mountain-car", MountainCarRules(), start: { SIMD2($0[0], $0[1]) }, numbers: { [$0.x, $0.y] })
  }

  @Test func mountainCarContinuous() throws {
    try follow(
      "mountain-car-continuous", MountainCarContinuousRules(),
      start: { SIMD2(Float($0[0]), Float($0[1])) }, numbers: { [Double($0.x), Double($0.y)] })
  }

  @Test func pendulum() throws {
    try follow("pendulum", PendulumRules(), start: { SIMD2($0[0], $0[1]) }, numbers: { [$0.x, $0.y] })
  }

  /// Every outcome of every state and action happens, and nothing else, until all of them were seen.
  private func compare<Game: Rules>(_ label: String, _ rules: Game) throws where Game.State == Int {
    let table = try #require(vectors[label])
    var stream = RandomStream(seed: 1, role: "test", purpose: "outcomes")
    var place = 0
    var unused: Float = 0
    for state in 0..<rules.form.states! {
      for action in 0..<4 {
        let count = Int(table[place])
        let outcomes = Set((0..<count).map { Array(table[place + 1 + 3 * $0..<place + 4 + 3 * $0]) })
        place += 1 + 3 * count
        // An episode never goes on from where it ended; cliff cells are never entered.
        guard rules.canBeVisited(state, outcomes) else { continue }
        var seen: Set<[Double]> = []
        for _ in 0..<60 {
          var following = state
          let (reward, end) = withUnsafePointer(to: &unused) {
            rules.advance(&following, Action(choice: action, numbers: $0), &stream)
          }
          seen.insert([Double(following), reward, end == .terminated ? 1 : 0])
        }
        #expect(seen == outcomes, "\(label), state \(state), action \(action)")
      }
    }
    #expect(place == table.count)
  }

  @Test func frozenLake() throws {
    try compare("frozen-lake.small", FrozenLakeRules(isLarge: false, isSlippery: true))
    try compare("frozen-lake.large", FrozenLakeRules(isLarge: true, isSlippery: true))
    try compare("frozen-lake.firm", FrozenLakeRules(isLarge: false, isSlippery: false))
  }

  @Test func cliffWalking() throws {
    try compare("cliff-walking", CliffWalkingRules())
    try compare("cliff-walking.slippery", CliffWalkingRules(isSlippery: true))
  }
}

extension Rules where State == Int {
  fileprivate func canBeVisited(_ state: Int, _ outcomes: Set<[Double]>) -> Bool {
    if form.states == 48 { return state <= 36 }
    return outcomes != [[Double(state), 0, 1]]
  }
}
