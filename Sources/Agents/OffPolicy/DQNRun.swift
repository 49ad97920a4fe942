import Environments
import Experiments
import Learning
import Randomness
import Tensors

/// A run of DQN in one copy of the environment.
final class DQNRun: AgentRun {
  private(set) var steps = 0
  private(set) var log = EpisodeLog()
  private(set) var cost = CountedCost()
  var isFinite: Bool { areFinite(parameters.base, count: parameters.count) }

  private let settings: DQNSettings
  private let task: AgentTask
  private let episodes: Episodes
  private let network: ActionValueNetwork
  private let replay: Replay
  private let sums: StepSums
  private let priorities: PriorityTree?
  private var largestPriority = 1.0
  private let parameters: FloatBuffer
  private let target: FloatBuffer
  private let update: DQNUpdate
  private let acting: ActionValuePlan
  private let optimization: any Optimization
  private let clipping: GradientClipping
  private let exploration: RandomStream
  private let draws: RandomStream
  /// The observation and action of the step under way.
  private let seen: FloatBuffer
  private let chosen = FloatBuffer(zeros: 1)
  private let places: UnsafeMutableBufferPointer<Int32>

  init(_ given: Settings, _ task: AgentTask) {
    settings = DQNSettings(given)
    self.task = task
    episodes = task.episodes(copies: 1)
    guard case .choices(let actions) = episodes.form.actions else {
      preconditionFailure("the environment was refused before")
    }
    let width = episodes.form.observationCount
    network = ActionValueNetwork(
      form: NetworkForm(given), isDuelling: given.flag("duelling"), actions: actions)
    replay = Replay(capacity: settings.buffer, episodes.form)
    sums = StepSums(steps: given.integer("return-steps"), discount: settings.discount, episodes.form)
    priorities = given.flag("prioritised") ? PriorityTree(capacity: settings.buffer) : nil
    update = DQNUpdate(network, rows: settings.batch, width: width, isDouble: given.flag("double"))
    parameters = update.declarations.initialBlock { task.stream("initial-weights", $0) }
    target = FloatBuffer(parameters.values)
    acting = ActionValuePlan(network, rows: 1, width: width)
    optimization = adam(update.declarations.layout, epsilon: 1e-8)
    clipping = GradientClipping(limit: given.number("gradient-limit"))
    exploration = task.stream("exploration", 0)
    draws = task.stream("replay", 0)
    seen = FloatBuffer(zeros: width)
    places = .allocate(capacity: settings.batch)
    places.initialize(repeating: 0)
  }

  deinit { places.deallocate() }

  /// Acts until the next update is due, and makes it.
  func advance() {
    var stream = exploration.indexed(steps)
    repeat { step(&stream) } while steps % settings.trainEvery != 0
    // A full batch must be there to draw from.
    if steps > settings.learningStarts && replay.count >= settings.batch {
      for k in 0..<settings.gradientSteps { learn(draws.indexed(updates + k)) }
      updates += settings.gradientSteps
    }
    if steps / settings.targetEvery != lastTarget && steps > settings.learningStarts {
      target.base.update(from: parameters.base, count: parameters.count)
      lastTarget = steps / settings.targetEvery
    }
  }

  private var updates = 0
  /// Which multiple of `target-every` the target was last copied at.
  private var lastTarget = 0

  private func step(_ stream: inout RandomStream) {
    seen.base.update(from: episodes.observations, count: seen.count)
    let choice: Int
    if stream.uniform() < settings.explorationShare(at: steps, of: task.steps) {
      choice = stream.below(network.actions)
    } else {
      acting.observations.baseAddress!.update(from: seen.base, count: seen.count)
      acting.run(parameters)
      choice = indexOfLargest(acting.values.baseAddress!, count: network.actions)
    }
    episodes.choices[0] = Int32(choice)
    chosen.base[0] = Float(choice)
    episodes.advance()
    steps += 1
    log.record(episodes, at: steps)
    let follower = episodes.ends[0] == .goesOn ? episodes.observations : episodes.finalObservations
    sums.take(seen.base, chosen.base, reward: episodes.rewards[0], follower, episodes.ends[0]) {
      let place = replay.add($0, action: $1, reward: $2, weight: $3, $4)
      priorities?[place] = largestPriority
    }
  }

  private func learn(_ stream: RandomStream) {
    var stream = stream
    if let priorities {
      drawByPriority(priorities, &stream)
    } else {
      for k in 0..<settings.batch {
        places[k] = Int32(stream.below(replay.count))
        update.weights[k] = 1
      }
    }
    update.prepare(replay, places, parameters: parameters, target: target)
    let gradient = update.gradient(parameters)
    clipping.apply(gradient, parameters: parameters.base, layout: update.layout)
    optimization.step(parameters.base, gradient: gradient, learningRate: settings.learningRate)
    cost.examples += settings.batch
    cost.flops += update.flops
    guard let priorities else { return }
    for k in 0..<settings.batch {
      let priority = power(Double(update.errors[k].magnitude) + 1e-6, settings.priorityExponent)
      priorities[Int(places[k])] = priority.isFinite ? priority : largestPriority
      largestPriority = max(largestPriority, priorities[Int(places[k])])
    }
  }

  /// One draw from each of as many equal shares of the whole mass as the batch has rows, with importance weights
  /// relative to the largest in the batch.
  private func drawByPriority(_ priorities: PriorityTree, _ stream: inout RandomStream) {
    let share = priorities.total / Double(settings.batch)
    let progress = min(1, Double(steps) / Double(max(task.steps, 1)))
    let correction = settings.priorityCorrection + (1 - settings.priorityCorrection) * progress
    var largest: Float = 0
    for k in 0..<settings.batch {
      let place = priorities.place(at: (Double(k) + stream.uniform()) * share)
      places[k] = Int32(place)
      let chance = priorities[place] / priorities.total * Double(replay.count)
      update.weights[k] = Float(power(chance, -correction))
      largest = max(largest, update.weights[k])
    }
    for k in 0..<settings.batch { update.weights[k] /= largest }
  }

  func policy(copies: Int) -> any Policy {
    ActionValuePolicy(
      ActionValuePlan(network, rows: copies, width: seen.count), parameters, actions: network.actions)
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try archive.exchange("updates", &updates)
    try archive.exchange("last-target", &lastTarget)
    try archive.exchange("parameters", parameters)
    try archive.exchange("target", target)
    try archive.exchange("optimizer") { try optimization.exchange(archive) }
    try archive.exchange("replay") { try replay.exchange(archive) }
    try archive.exchange("sums") { try sums.exchange(archive) }
    if let priorities { try archive.exchange("priorities") { try priorities.exchange(archive) } }
    try archive.exchange("largest-priority", &largestPriority)
    try log.exchange(archive)
    try episodes.exchange { try archive.exchange("environment", $0) }
    try archive.exchange("examples", &cost.examples)
    try archive.exchange("flops", &cost.flops)
  }
}

/// xʸ for x > 0, the same bits on every machine.
func power(_ x: Double, _ y: Double) -> Double { exponential(y * logarithm(x)) }

/// The settings of DQN that its steps read.
struct DQNSettings {
  let learningRate, discount, priorityExponent, priorityCorrection: Double
  let buffer, batch, learningStarts, trainEvery, gradientSteps, targetEvery: Int
  private let first, last, share: Double

  init(_ settings: Settings) {
    learningRate = settings.number("learning-rate")
    discount = settings.number("discount")
    priorityExponent = settings.number("priority-exponent")
    priorityCorrection = settings.number("priority-correction")
    buffer = settings.integer("buffer")
    batch = settings.integer("batch-size")
    learningStarts = settings.integer("learning-starts")
    trainEvery = settings.integer("train-every")
    gradientSteps = settings.integer("gradient-steps")
    targetEvery = settings.integer("target-every")
    first = settings.number("exploration")
    last = settings.number("final-exploration")
    share = settings.number("exploration-share")
  }

  /// The probability of a random action: from first to last linearly.
  func explorationShare(at step: Int, of steps: Int) -> Double {
    let end = share * Double(steps)
    guard Double(step) < end else { return last }
    return first + (last - first) * Double(step) / end
  }
}
