import Environments
import Experiments
import Learning
import Randomness
import Tensors

/// How a policy and its value function are learned from stretches of experience.
package struct ActorCriticPlan {
  let network: NetworkForm
  let copies: Int
  /// Steps of each copy in a stretch.
  let horizon: Int
  /// Passes over each stretch, and rows in each step; rows that do not fill a batch are left out of their pass.
  let epochs: Int
  let batchSize: Int
  let learningRate: Double
  /// Whether the rate falls linearly to 0 over the run.
  let anneals: Bool
  let discount: Double
  let lambda: Double
  let gradientLimit: Double
  /// Whether advantages get mean 0 and deviation 1 in each batch.
  let standardisesAdvantages: Bool
  let normalises: Bool
  let optimization: (ParameterLayout) -> any Optimization
  let loss: (Batch) -> Tensor

  /// What a loss is made of; a number a row but for the outputs.
  package struct Batch {
    let outputs: TwinNetwork.Outputs
    /// Of the actions taken: now, and when they were drawn.
    let logProbabilities: Tensor
    let oldLogProbabilities: Tensor
    let oldValues: Tensor
    let advantages: Tensor
    let targets: Tensor

    package init(
      _ outputs: TwinNetwork.Outputs, logProbabilities: Tensor, oldLogProbabilities: Tensor,
      oldValues: Tensor,
      advantages: Tensor, targets: Tensor
    ) {
      self.outputs = outputs
      self.logProbabilities = logProbabilities
      self.oldLogProbabilities = oldLogProbabilities
      self.oldValues = oldValues
      self.advantages = advantages
      self.targets = targets
    }
  }
}

/// A run of PPO or A2C.
final class ActorCriticRun: AgentRun {
  private let plan: ActorCriticPlan
  private let task: AgentTask
  private let rollout: Rollout
  private let update: ActorCriticUpdate
  private let network: TwinNetwork
  private let parameters: FloatBuffer
  private let optimization: any Optimization
  private let clipping: GradientClipping
  private let layout: ParameterLayout
  private let actions: RandomStream
  private let batches: RandomStream
  private let order: UnsafeMutableBufferPointer<Int32>
  private var updates = 0
  private(set) var cost = CountedCost()

  var steps: Int { rollout.steps }
  var log: EpisodeLog { rollout.log }
  var isFinite: Bool { areFinite(parameters.base, count: parameters.count) }

  init(_ plan: ActorCriticPlan, _ task: AgentTask) {
    self.plan = plan
    self.task = task
    let episodes = task.episodes(copies: plan.copies)
    let width = episodes.form.observationCount
    network = TwinNetwork(form: plan.network, inputs: width, actions: episodes.form.actions)
    rollout = Rollout(
      episodes, network, horizon: plan.horizon,
      normalisation: plan.normalises ? Normalisation(width: width, copies: plan.copies) : nil)
    update = ActorCriticUpdate(network, rows: min(plan.batchSize, rollout.rows), plan.loss)
    layout = update.declarations.layout
    parameters = update.declarations.initialBlock { task.stream("initial-weights", $0) }
    optimization = plan.optimization(layout)
    clipping = GradientClipping(limit: plan.gradientLimit)
    actions = task.stream("actions", 0)
    batches = task.stream("batch-order", 0)
    order = .allocate(capacity: rollout.rows)
    order.initialize(repeating: 0)
  }

  deinit { order.deallocate() }

  func advance() {
    rollout.collect(
      parameters, stream: actions.indexed(updates), discount: plan.discount, lambda: plan.lambda)
    let share = Double(rollout.steps - rollout.rows) / Double(max(task.steps, 1))
    let rate = plan.anneals ? plan.learningRate * max(0, 1 - share) : plan.learningRate
    var stream = batches.indexed(updates)
    for _ in 0..<plan.epochs {
      shuffle(&stream)
      for batch in 0..<rollout.rows / update.rows {
        update.gather(
          rollout, order.baseAddress! + batch * update.rows,
          standardisesAdvantages: plan.standardisesAdvantages)
        let gradient = update.gradient(parameters)
        clipping.apply(gradient, parameters: parameters.base, layout: layout)
        optimization.step(parameters.base, gradient: gradient, learningRate: rate)
        cost.examples += update.rows
        cost.flops += update.flops
      }
    }
    updates += 1
  }

  /// A random order of the stretch's rows (Fisher–Yates).
  private func shuffle(_ stream: inout RandomStream) {
    for i in 0..<order.count { order[i] = Int32(i) }
    var last = order.count - 1
    while last > 0 {
      order.swapAt(last, stream.below(last + 1))
      last -= 1
    }
  }

  func policy(copies: Int) -> any Policy {
    ActorPolicy(Actor(network, copies: copies), network, parameters, rollout.normalisation)
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("updates", &updates)
    try archive.exchange("parameters", parameters)
    try archive.exchange("optimizer") { try optimization.exchange(archive) }
    try archive.exchange("experience") { try rollout.exchange(archive) }
    try archive.exchange("examples", &cost.examples)
    try archive.exchange("flops", &cost.flops)
  }
}

/// One step's loss and gradient, compiled for a batch of so many rows of a stretch.
final class ActorCriticUpdate {
  let rows: Int
  let declarations: Declarations
  var flops: Int { plan.flops }
  private let plan: Plan<Float>
  private let width: Int
  private let actionNumbers: Int
  private let observations, oldLogProbabilities, oldValues, advantages, targets: UnsafeMutablePointer<Float>?
  private let choices: UnsafeMutablePointer<Int32>?
  private let numbers: UnsafeMutablePointer<Float>?

  init(_ network: TwinNetwork, rows: Int, _ loss: (ActorCriticPlan.Batch) -> Tensor) {
    self.rows = rows
    width = network.inputs
    let graph = Graph()
    declarations = Declarations(graph, isTraining: true, source: PlainWeights())
    let x = graph.input("observations", [rows, network.inputs])
    let column = ["old-log-probabilities", "old-values", "advantages", "targets"].map {
      graph.input($0, [rows])
    }
    let outputs = network.outputs(x, Weights(declarations))
    var choiceInput: IndexTensor?
    var numberInput: Tensor?
    let logProbabilities: Tensor
    actionNumbers = network.actions.numbers
    if actionNumbers == 0 {
      choiceInput = graph.indexInput("choices", [rows])
      logProbabilities = outputs.logProbability(choices: choiceInput!)
    } else {
      numberInput = graph.input("numbers", [rows, actionNumbers])
      logProbabilities = outputs.logProbability(numbers: numberInput!)
    }
    let total = loss(
      ActorCriticPlan.Batch(
        outputs, logProbabilities: logProbabilities, oldLogProbabilities: column[0],
        oldValues: column[1], advantages: column[2], targets: column[3]))
    let plan = Plan<Float>(graph, outputs: [], gradient: declarations.gradient(of: total))
    func start(_ tensor: Tensor) -> UnsafeMutablePointer<Float>? {
      plan.uses(tensor) ? plan.buffer(tensor).baseAddress : nil
    }
    observations = start(x)
    oldLogProbabilities = start(column[0])
    oldValues = start(column[1])
    advantages = start(column[2])
    targets = start(column[3])
    choices = choiceInput.map { plan.buffer($0).baseAddress! }
    numbers = numberInput.map { plan.buffer($0).baseAddress! }
    self.plan = plan
  }

  /// Takes in the rows of a stretch that `places` names.
  func gather(_ rollout: Rollout, _ places: UnsafePointer<Int32>, standardisesAdvantages: Bool) {
    let (mean, scale) = standardisesAdvantages ? advantageMoments(rollout, places) : (0, 1)
    for k in 0..<rows {
      let row = Int(places[k])
      (observations! + k * width).update(from: rollout.observations.base + row * width, count: width)
      oldLogProbabilities?[k] = rollout.logProbabilities.base[row]
      oldValues?[k] = rollout.values.base[row]
      advantages?[k] = (rollout.advantages.base[row] - mean) * scale
      targets?[k] = rollout.targets.base[row]
      if let choices { choices[k] = rollout.choices[row] }
      if let numbers {
        for j in 0..<actionNumbers {
          numbers[k * actionNumbers + j] = rollout.numbers.base[row * actionNumbers + j]
        }
      }
    }
  }

  /// The mean of the rows' advantages and one over their standard deviation (divided by n − 1).
  private func advantageMoments(
    _ rollout: Rollout, _ places: UnsafePointer<Int32>
  ) -> (mean: Float, scale: Float) {
    var mean: Float = 0
    for k in 0..<rows { mean += rollout.advantages.base[Int(places[k])] }
    mean /= Float(rows)
    var squares: Float = 0
    for k in 0..<rows {
      let distance = rollout.advantages.base[Int(places[k])] - mean
      squares += distance * distance
    }
    return (mean, 1 / ((squares / Float(max(rows - 1, 1))).squareRoot() + 1e-8))
  }

  /// The derivative of the loss by all parameters.
  func gradient(_ parameters: FloatBuffer) -> UnsafeMutablePointer<Float> {
    plan.run(parameters: parameters.base)
    return plan.gradient.baseAddress!
  }
}

/// The likeliest action of an actor.
final class ActorPolicy: Policy {
  private let actor: Actor
  private let network: TwinNetwork
  private let parameters: FloatBuffer
  private let normalisation: Normalisation?

  init(
    _ actor: Actor, _ network: TwinNetwork, _ parameters: FloatBuffer, _ normalisation: Normalisation?
  ) {
    self.actor = actor
    self.network = network
    self.parameters = parameters
    self.normalisation = normalisation
  }

  func act(in episodes: Episodes) {
    let target = actor.observations.baseAddress!
    if let normalisation {
      normalisation.observe(episodes.observations, rows: episodes.copies, into: target, learning: false)
    } else {
      target.update(from: episodes.observations, count: episodes.copies * network.inputs)
    }
    actor.run(parameters)
    let policy = actor.policy.baseAddress!
    switch network.actions {
    case .choices(let count):
      for i in 0..<episodes.copies {
        episodes.choices[i] = Int32(indexOfLargest(policy + i * count, count: count))
      }
    case .numbers(let count, let bound):
      for i in 0..<episodes.copies * count {
        episodes.controls[i] = min(max(policy[i], Float(-bound)), Float(bound))
      }
    }
  }
}
