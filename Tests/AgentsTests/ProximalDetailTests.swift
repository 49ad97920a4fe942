import Agents
import Environments
import Experiments
import Foundation
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// What the published PPO code does beside the paper, as far as no other test shows it.
@Suite struct ProximalDetailTests {
  /// Weights start orthogonal: √2 in hidden layers, 0.01 for the policy's and 1 for the value's output; biases at 0, and
  /// the logarithm of the deviation, too, which no observation moves.
  @Test func weightsStartOrthogonal() throws {
    let network = TwinNetwork(
      form: NetworkForm(width: 8, depth: 2, activation: .tanh), inputs: 8,
      actions: .numbers(count: 3, bound: 1))
    let graph = Graph()
    let declarations = Declarations(graph, isTraining: true, source: PlainWeights())
    _ = network.outputs(graph.input("x", [4, 8]), Weights(declarations))
    let block = declarations.initialBlock {
      RandomStream(seed: 3, role: "test", purpose: "weights", index: $0)
    }
    for slot in declarations.layout.slots {
      let values = (0..<slot.count).map { Double(block.base[slot.offset + $0]) }
      guard slot.name.hasSuffix("weight") else {
        #expect(values.allSatisfy { $0 == 0 }, "\(slot.name)")
        continue
      }
      let root = Double(2).squareRoot()
      let (inputs, outputs) = (slot.shape[1], slot.shape[2])
      let gains = slot.name.hasPrefix("hidden") ? [root, root] : [0.01, 1]
      for (k, gain) in gains.enumerated() {
        for a in 0..<outputs {
          for b in 0..<outputs {
            var product = 0.0
            for i in 0..<inputs {
              let row = (k * inputs + i) * outputs
              product += values[row + a] * values[row + b]
            }
            #expect(abs(product - (a == b ? gain * gain : 0)) < 1e-5, "\(slot.name) \(a) \(b)")
          }
        }
      }
    }
  }

  /// The learning rate reaches 0 at the run's end: nothing is learned beyond it.
  @Test func theRateFallsToZero() throws {
    func parameters(_ anneal: Bool, advancesAfter end: Int) throws -> Bool {
      let run = start(
        "ppo", ["width": .integer(8), "anneal": .flag(anneal)], in: environment("cartpole"), steps: end)
      while run.steps < end { run.advance() }
      let before = greedyReturn(run, in: environment("cartpole"), episodes: 40)
      for _ in 0..<8 { run.advance() }
      return greedyReturn(run, in: environment("cartpole"), episodes: 40) == before
    }
    #expect(try parameters(true, advancesAfter: 4096))
    #expect(try !parameters(false, advancesAfter: 4096))
  }

  /// Observations by the mean and variance of all so far, rewards by the deviation of the discounted return, each clipped
  /// to ±10.
  @Test func observationsAndRewardsAreNormalised() {
    let normalisation = Normalisation(width: 1, copies: 2)
    var seen: [Double] = []
    var shown: [Float] = [0, 0]
    for step in 0..<200 {
      let now: [Float] = [Float(step % 7), Float(step % 5) * 3]
      seen += now.map { Double($0) }
      normalisation.observe(now, rows: 2, into: &shown, learning: true)
    }
    let mean = seen.reduce(0, +) / Double(seen.count)
    let variance = seen.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(seen.count)
    normalisation.observe([4, 1e6], rows: 2, into: &shown, learning: false)
    #expect(abs(Double(shown[0]) - (4 - mean) / variance.squareRoot()) < 1e-4)
    #expect(shown[1] == 10)

    var discounted = [0.0, 0.0]
    var returns: [Double] = []
    var rewards: [Float] = [0, 0]
    for step in 0..<300 {
      rewards = [Float(step % 3), 2]
      let ends: [Float] = [step % 10 == 9 ? 1 : 0, 0]
      for i in 0..<2 { discounted[i] = discounted[i] * 0.9 + Double(rewards[i]) }
      returns += discounted
      normalisation.scale(&rewards, ends, discount: 0.9)
      if ends[0] == 1 { discounted[0] = 0 }
    }
    let centre = returns.reduce(0, +) / Double(returns.count)
    let spread = returns.map { ($0 - centre) * ($0 - centre) }.reduce(0, +) / Double(returns.count)
    #expect(abs(Double(rewards[1]) - 2 / spread.squareRoot()) < 1e-3)
  }
}
