import Agents
import Environments
import Experiments
import Foundation
import Testing

/// Long runs that show agents to be what they are called; `make fidelity` runs them.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_FIDELITY"] == "1"), .serialized)
struct FidelityTests {
  /// Steps to a mean return of 475 over the last 100 episodes of CartPole at the widely used settings, which are the
  /// defaults; Stable-Baselines3 takes 266k (median of 3 seeds), a jitted JAX program 260k.
  @Test(arguments: [0..<10, 10..<20]) func ppoSolvesCartPoleAsFastAsOthers(_ seeds: Range<Int>) {
    let world = environment("cartpole")
    let steps = seeds.map { seed in
      let run = start("ppo", in: world, steps: 500_000, seed: seed)
      while run.steps < 500_000 { run.advance() }
      return run.log.steps(to: 475) ?? .max
    }.sorted()
    print("ppo, steps to 475:", steps)
    #expect(steps.last! <= 500_000)
    #expect((210_000...330_000).contains((steps[4] + steps[5]) / 2))
  }

  /// CleanRL publishes 471 to 500 for DQN in CartPole after 500k steps of these settings.
  @Test func dqnReachesPublishedReturns() {
    let world = environment("cartpole")
    let returns = (0..<5).map { seed in
      let run = start("dqn", in: world, steps: 500_000, seed: seed)
      while run.steps < 500_000 { run.advance() }
      return greedyReturn(run, in: world, episodes: 100)
    }.sorted()
    print("dqn, greedy return:", returns)
    #expect(returns[2] >= 471)
  }

  /// The Stable-Baselines3 zoo publishes −176 ± 66 for SAC in Pendulum after 20k steps.
  @Test func sacReachesPublishedReturns() {
    let world = environment("pendulum")
    let returns = (0..<5).map { seed in
      let run = start("sac", ["learning-rate": .number(1e-3)], in: world, steps: 20_000, seed: seed)
      while run.steps < 20_000 { run.advance() }
      return greedyReturn(run, in: world, episodes: 100)
    }.sorted()
    print("sac, greedy return:", returns)
    #expect(returns[2] >= -200)
  }
}
