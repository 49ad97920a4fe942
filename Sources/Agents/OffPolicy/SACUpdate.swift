import Environments
import Learning
import Randomness
import Tensors

/// The losses and gradients of SAC for a batch of transitions.
///
/// Policy and critics have blocks of parameters of their own, so each graph that needs both takes the other's results,
/// or the derivative of the critics by the action, as inputs.
final class SACUpdate {
  let policyDeclarations: Declarations
  let criticDeclarations: Declarations
  /// The mean logarithmic density of the policy's actions, after `policyGradient`.
  private(set) var meanDensity: Float = 0
  private let rows: Int
  private let networks: SoftNetworks
  /// Draws actions and learns the policy: the loss is temperature · density + action · pull.
  private let policy: Plan<Float>
  private let observations, noise, action, density, pull, price: UnsafeMutableBufferPointer<Float>
  /// Values of actions, and the derivative of the smaller one by the action.
  private let judgement: Plan<Float>
  private let judgedObservations, judgedActions, judged: UnsafeMutableBufferPointer<Float>
  /// Learns the critics.
  private let criticism: Plan<Float>
  private let criticObservations, criticActions, goals: UnsafeMutableBufferPointer<Float>
  private let width, numbers: Int

  init(_ networks: SoftNetworks, rows: Int) {
    self.networks = networks
    self.rows = rows
    (width, numbers) = (networks.inputs, networks.numbers)
    let graph = Graph()
    policyDeclarations = Declarations(graph, isTraining: true, source: PlainWeights())
    let x = graph.input("observations", [rows, width])
    let noise = graph.input("noise", [rows, numbers])
    let pull = graph.input("pull", [rows, numbers])
    let price = graph.input("temperature", [])
    let (action, density, _) = networks.policy(x, noise: noise, Weights(policyDeclarations))
    let loss = mean(price * density) - sum(pull * action) / Double(rows)
    policy = Plan<Float>(graph, outputs: [action, density], gradient: policyDeclarations.gradient(of: loss))
    observations = policy.buffer(x)
    self.noise = policy.buffer(noise)
    self.pull = policy.buffer(pull)
    self.price = policy.buffer(price)
    self.action = policy.buffer(action)
    self.density = policy.buffer(density)

    let judges = Graph()
    let seen = judges.input("observations", [rows, width])
    let actions = judges.input("actions", [rows, numbers])
    let both = networks.critics(
      seen, actions, Weights(Declarations(judges, isTraining: false, source: PlainWeights())))
    let smaller = minimum(slice(both, axis: 0, 0..<1), slice(both, axis: 0, 1..<2))
    judgement = Plan<Float>(
      judges, outputs: [smaller], gradient: judges.gradient(of: sum(smaller), with: [actions]))
    judgedObservations = judgement.buffer(seen)
    judgedActions = judgement.buffer(actions)
    judged = judgement.buffer(smaller)

    let critics = Graph()
    criticDeclarations = Declarations(critics, isTraining: true, source: PlainWeights())
    let state = critics.input("observations", [rows, width])
    let taken = critics.input("actions", [rows, numbers])
    let goal = critics.input("goals", [1, rows])
    let values = networks.critics(state, taken, Weights(criticDeclarations))
    let errors = sum(square(values - goal)) / Double(rows)
    criticism = Plan<Float>(critics, outputs: [], gradient: criticDeclarations.gradient(of: errors))
    criticObservations = criticism.buffer(state)
    criticActions = criticism.buffer(taken)
    goals = criticism.buffer(goal)
  }

  /// Two runs of the policy and of the judgement, one of the critics.
  var flops: Int { 2 * policy.flops + 2 * judgement.flops + criticism.flops }

  /// The derivative of both critics' squared errors, for transitions at `places`.
  func criticGradient(
    _ replay: Replay, _ places: UnsafeMutableBufferPointer<Int32>, _ policyBlock: FloatBuffer,
    _ critics: FloatBuffer, _ targets: FloatBuffer, _ temperature: Float, _ stream: inout RandomStream
  ) -> UnsafeMutablePointer<Float> {
    for k in 0..<rows {
      let place = Int(places[k])
      (observations.baseAddress! + k * width)
        .update(from: replay.following.base + place * width, count: width)
      (criticObservations.baseAddress! + k * width)
        .update(from: replay.observations.base + place * width, count: width)
      (criticActions.baseAddress! + k * numbers)
        .update(from: replay.actions.base + place * numbers, count: numbers)
    }
    judgedObservations.baseAddress!.update(from: observations.baseAddress!, count: rows * width)
    act(policyBlock, temperature, &stream)
    judge(targets)
    for k in 0..<rows {
      let place = Int(places[k])
      let value = judged[k] - temperature * density[k]
      goals[k] = replay.rewards.base[place] + replay.weights.base[place] * value
    }
    // Kept for the policy, since a run may overwrite its inputs.
    observations.baseAddress!.update(from: criticObservations.baseAddress!, count: rows * width)
    criticism.run(parameters: critics.base)
    return criticism.gradient.baseAddress!
  }

  /// The derivative of the policy's loss on the observations of the last transitions.
  func policyGradient(
    _ policyBlock: FloatBuffer, _ critics: FloatBuffer, _ temperature: Float, _ stream: inout RandomStream
  ) -> UnsafeMutablePointer<Float> {
    judgedObservations.baseAddress!.update(from: observations.baseAddress!, count: rows * width)
    let saved = stream
    act(policyBlock, temperature, &stream)
    judge(critics)
    // The same noise again, now with the critics' pull on the actions.
    observations.baseAddress!.update(from: judgedObservations.baseAddress!, count: rows * width)
    pull.baseAddress!.update(from: judgement.gradient.baseAddress!, count: rows * numbers)
    stream = saved
    act(policyBlock, temperature, &stream, keepsPull: true)
    meanDensity = sum(density.baseAddress!, count: rows) / Float(rows)
    return policy.gradient.baseAddress!
  }

  private func act(
    _ policyBlock: FloatBuffer, _ temperature: Float, _ stream: inout RandomStream, keepsPull: Bool = false
  ) {
    for i in 0..<noise.count { noise[i] = Float(stream.normal()) }
    if !keepsPull { pull.update(repeating: 0) }
    price[0] = temperature
    policy.run(parameters: policyBlock.base)
  }

  private func judge(_ block: FloatBuffer) {
    judgedActions.baseAddress!.update(from: action.baseAddress!, count: rows * numbers)
    judgement.run(parameters: block.base)
  }
}
