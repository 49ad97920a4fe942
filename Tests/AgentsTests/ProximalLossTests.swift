import Agents
import Environments
import Foundation
import Learning
import Randomness
import Tensors
import Testing

/// PPO's loss and gradient against PyTorch's.
@Suite struct ProximalLossTests {
  private func wave(_ count: Int, _ a: Double, _ b: Double, _ scale: Double = 1, shift: Double = 0)
    -> [Double]
  {
    (0..<count).map { scale * Foundation.cos(a * Double($0) + b) + shift }
  }

  @Test(arguments: ["choices", "choices-unclipped", "numbers"]) func agreesWithPyTorch(_ label: String) throws
  {
    let vectors = try recordedVectors("proximal-loss.txt")
    let isContinuous = label == "numbers"
    let (rows, count) = (12, isContinuous ? 2 : 3)
    let graph = Graph()
    let declarations = Declarations(graph, isTraining: true, source: PlainWeights())
    let network = TwinNetwork(
      form: NetworkForm(width: 5, depth: 2, activation: .tanh), inputs: 3,
      actions: isContinuous ? .numbers(count: 2, bound: 1) : .choices(3))
    let x = graph.constant(wave(rows * 3, 0.9, 0.1), [rows, 3])
    let outputs = network.outputs(x, Weights(declarations))
    let logProbabilities =
      isContinuous
      ? outputs.logProbability(numbers: graph.constant(wave(rows * count, 1.9, 0.8), [rows, count]))
      : outputs.logProbability(choices: graph.indexConstant((0..<12).map { Int32($0 % 3) }, [rows]))
    let batch = ActorCriticPlan.Batch(
      outputs, logProbabilities: logProbabilities,
      oldLogProbabilities: graph.constant(wave(rows, 2.3, 0.7, 0.3, shift: isContinuous ? -2 : -1), [rows]),
      oldValues: graph.constant(wave(rows, 1.1, 0.2), [rows]),
      advantages: graph.constant(wave(rows, 3.1, 0.4, 1.5), [rows]),
      targets: graph.constant(wave(rows, 0.6, 1.3, 2), [rows]))
    let loss = proximalLoss(
      batch, clip: 0.2, clipsValues: label != "choices-unclipped", entropyWeight: 0.01, valueWeight: 0.5)
    let plan = Plan<Double>(graph, outputs: [loss], gradient: declarations.gradient(of: loss))
    let block = wave(graph.parameterCount, 1.7, 0.3, 0.6)
    block.withUnsafeBufferPointer { plan.run(parameters: $0.baseAddress!) }
    #expect(abs(plan[loss] - vectors[label + ".loss"]![0]) < 1e-10)
    let gradient = try #require(vectors[label + ".gradient"])
    #expect(gradient.count == plan.gradient.count)
    for (ours, theirs) in zip(plan.gradient, gradient) { #expect(abs(ours - theirs) < 1e-10) }
  }

  /// Two copies, three steps; one episode is cut off after the second step, one terminates there.
  @Test func advantagesStopAtEpisodesAndBootstrapTruncatedOnes() {
    let rewards: [Float] = [1, 2, 3, 4, 5, 6]
    let values: [Float] = [0.5, 1, 1.5, 2, 2.5, 3]
    let ends: [Float] = [0, 0, 1, 1, 0, 0]
    let afterwards: [Float] = [0, 0, 7, 0, 0, 0]
    let last: [Float] = [10, 20]
    var advantages = [Float](repeating: 0, count: 6)
    var targets = advantages
    estimateAdvantages(
      rewards: rewards, values: values, ends: ends, afterwards: afterwards, last: last, copies: 2, horizon: 3,
      discount: 0.9, decay: 0.72, advantages: &advantages, targets: &targets)
    // Third step: r + 0.9·last − v. Second: r + 0.9·afterwards − v. First: r + 0.9·v′ − v + 0.72·A′.
    let third: [Float] = [5 + 9 - 2.5, 6 + 18 - 3]
    let second: [Float] = [3 + 6.3 - 1.5, 4 - 2]
    let first: [Float] = [1 + 1.35 - 0.5 + 0.72 * second[0], 2 + 1.8 - 1 + 0.72 * second[1]]
    for (ours, expected) in zip(advantages, [first[0], first[1], second[0], second[1], third[0], third[1]]) {
      #expect(abs(ours - expected) < 1e-5)
    }
    for i in 0..<6 { #expect(abs(targets[i] - advantages[i] - values[i]) < 1e-6) }
  }
}
