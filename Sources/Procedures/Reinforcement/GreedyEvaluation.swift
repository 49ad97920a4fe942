import Agents
import Environments
import Parts
import Randomness

/// A fixed set of episodes that policies are judged by, one a copy.
struct GreedyEvaluation {
  private let world: any Environment
  private let episodes: Int
  private let stream: RandomStream

  init(_ world: any Environment, episodes: Int, _ stream: RandomStream) {
    self.world = world
    self.episodes = episodes
    self.stream = stream
  }

  /// The mean return of the first episode of each copy.
  func meanReturn(of run: any AgentRun) -> Double {
    let copies = world.start(copies: episodes, stream: stream, levels: .testing)
    let policy = run.policy(copies: episodes)
    var isOver = [Bool](repeating: false, count: episodes)
    var (sum, left) = (0.0, episodes)
    while left > 0 {
      policy.act(in: copies)
      copies.advance()
      for i in 0..<episodes where copies.ends[i] != .goesOn && !isOver[i] {
        isOver[i] = true
        sum += copies.returns[i]
        left -= 1
      }
    }
    return sum / Double(episodes)
  }
}
