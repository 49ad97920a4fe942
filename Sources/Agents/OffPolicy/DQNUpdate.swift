import Environments
import Learning
import Tensors

/// A network of action values compiled for so many rows.
final class ActionValuePlan {
  /// rows × width, to be filled.
  let observations: UnsafeMutableBufferPointer<Float>
  /// rows × actions.
  let values: UnsafeMutableBufferPointer<Float>
  private let plan: Plan<Float>
  var flops: Int { plan.flops }

  init(_ network: ActionValueNetwork, rows: Int, width: Int) {
    let graph = Graph()
    let declarations = Declarations(graph, isTraining: false, source: PlainWeights())
    let x = graph.input("observations", [rows, width])
    let outputs = network.outputs(x, Weights(declarations))
    plan = Plan<Float>(graph, outputs: [outputs])
    observations = plan.buffer(x)
    values = plan.buffer(outputs)
  }

  func run(_ parameters: FloatBuffer) { plan.run(parameters: parameters.base) }
}

/// One step's loss and gradient for a batch of transitions.
final class DQNUpdate {
  let rows: Int
  let declarations: Declarations
  let layout: ParameterLayout
  /// How much each row counts, to be filled before `gradient`.
  let weights: UnsafeMutableBufferPointer<Float>
  /// Value minus target of each row, after `gradient`.
  let errors: UnsafeMutableBufferPointer<Float>
  private let network: ActionValueNetwork
  private let width: Int
  private let isDouble: Bool
  private let plan: Plan<Float>
  private let following: ActionValuePlan
  private let judging: ActionValuePlan?
  private let observations: UnsafeMutableBufferPointer<Float>
  private let choices: UnsafeMutableBufferPointer<Int32>
  private let targets: UnsafeMutableBufferPointer<Float>

  init(_ network: ActionValueNetwork, rows: Int, width: Int, isDouble: Bool) {
    self.network = network
    self.rows = rows
    self.width = width
    self.isDouble = isDouble
    let graph = Graph()
    declarations = Declarations(graph, isTraining: true, source: PlainWeights())
    let x = graph.input("observations", [rows, width])
    let choice = graph.indexInput("choices", [rows])
    let target = graph.input("targets", [rows])
    let weight = graph.input("weights", [rows])
    let error = pick(network.outputs(x, Weights(declarations)), choice) - target
    let loss = mean(weight * square(error))
    plan = Plan<Float>(graph, outputs: [error], gradient: declarations.gradient(of: loss))
    layout = declarations.layout
    following = ActionValuePlan(network, rows: rows, width: width)
    judging = isDouble ? ActionValuePlan(network, rows: rows, width: width) : nil
    observations = plan.buffer(x)
    choices = plan.buffer(choice)
    targets = plan.buffer(target)
    weights = plan.buffer(weight)
    errors = plan.buffer(error)
  }

  var flops: Int { plan.flops + following.flops + (judging?.flops ?? 0) }

  /// Takes in transitions and computes their targets: the reward plus the weighted value of the best action after
  /// it, as the target network sees it; with double estimates the best as the network itself sees it.
  func prepare(
    _ replay: Replay, _ places: UnsafeMutableBufferPointer<Int32>, parameters: FloatBuffer,
    target: FloatBuffer
  ) {
    for k in 0..<rows {
      let place = Int(places[k])
      (observations.baseAddress! + k * width)
        .update(from: replay.observations.base + place * width, count: width)
      (following.observations.baseAddress! + k * width)
        .update(from: replay.following.base + place * width, count: width)
      choices[k] = Int32(replay.actions.base[place])
    }
    following.run(target)
    if let judging {
      judging.observations.baseAddress!
        .update(from: following.observations.baseAddress!, count: rows * width)
      judging.run(parameters)
    }
    let actions = network.actions
    let judge = (judging ?? following).values.baseAddress!
    for k in 0..<rows {
      let best = indexOfLargest(judge + k * actions, count: actions)
      let place = Int(places[k])
      targets[k] =
        replay.rewards.base[place] + replay.weights.base[place] * following.values[k * actions + best]
    }
  }

  /// The derivative of the loss by all parameters.
  func gradient(_ parameters: FloatBuffer) -> UnsafeMutablePointer<Float> {
    plan.run(parameters: parameters.base)
    return plan.gradient.baseAddress!
  }
}

/// The action of the largest value.
final class ActionValuePolicy: Policy {
  private let plan: ActionValuePlan
  private let parameters: FloatBuffer
  private let actions: Int

  init(_ plan: ActionValuePlan, _ parameters: FloatBuffer, actions: Int) {
    self.plan = plan
    self.parameters = parameters
    self.actions = actions
  }

  func act(in episodes: Episodes) {
    plan.observations.baseAddress!
      .update(from: episodes.observations, count: plan.observations.count)
    plan.run(parameters)
    for i in 0..<episodes.copies {
      episodes.choices[i] = Int32(
        indexOfLargest(plan.values.baseAddress! + i * actions, count: actions))
    }
  }
}
