import Environments
import Experiments
import Learning
import Randomness
import Tensors

/// A run of SAC in one copy of the environment.
final class SACRun: AgentRun {
  private(set) var steps = 0
  private(set) var log = EpisodeLog()
  private(set) var cost = CountedCost()
  var isFinite: Bool {
    areFinite(policyBlock.base, count: policyBlock.count) && areFinite(critics.base, count: critics.count)
  }

  private let settings: Settings
  private let task: AgentTask
  private let episodes: Episodes
  private let networks: SoftNetworks
  private let replay: Replay
  private let update: SACUpdate
  private let acting: SquashedPolicy
  /// The policy's parameters, the critics' and the targets'.
  private let policyBlock, critics, targets: FloatBuffer
  private let policyDescent, criticDescent, temperatureDescent: any Optimization
  /// The logarithm of the temperature.
  private let logTemperature = FloatBuffer(zeros: 1)
  private let exploration: RandomStream
  private let draws: RandomStream
  private let seen: FloatBuffer
  private let discount, rate, criticRate: Double
  private let tau: Float
  private let batch, learningStarts, trainEvery: Int
  private let learnsTemperature: Bool
  private let places: UnsafeMutableBufferPointer<Int32>

  init(_ given: Settings, _ task: AgentTask) {
    settings = given
    self.task = task
    episodes = task.episodes(copies: 1)
    guard case .numbers(let count, let bound) = episodes.form.actions else {
      preconditionFailure("the environment was refused before")
    }
    networks = SoftNetworks(
      form: NetworkForm(given), inputs: episodes.form.observationCount, numbers: count, bound: bound)
    replay = Replay(capacity: given.integer("buffer"), episodes.form)
    batch = given.integer("batch-size")
    learningStarts = given.integer("learning-starts")
    trainEvery = given.integer("train-every")
    discount = given.number("discount")
    rate = given.number("learning-rate")
    criticRate = given.number("critic-rate")
    tau = Float(given.number("tau"))
    let fixed = given.number("temperature")
    learnsTemperature = fixed == 0
    if !learnsTemperature { logTemperature.base[0] = Float(logarithm(fixed)) }
    update = SACUpdate(networks, rows: batch)
    policyBlock = update.policyDeclarations.initialBlock { task.stream("initial-weights", $0) }
    critics = update.criticDeclarations.initialBlock { task.stream("initial-critics", $0) }
    targets = FloatBuffer(critics.values)
    policyDescent = adam(update.policyDeclarations.layout, epsilon: 1e-8)
    criticDescent = adam(update.criticDeclarations.layout, epsilon: 1e-8)
    temperatureDescent = adam(
      ParameterLayout([ParameterSlot("temperature", [1], offset: 0)]), epsilon: 1e-8)
    acting = SquashedPolicy(networks, copies: 1, policyBlock)
    exploration = task.stream("exploration", 0)
    draws = task.stream("replay", 0)
    seen = FloatBuffer(zeros: networks.inputs)
    places = .allocate(capacity: batch)
    places.initialize(repeating: 0)
  }

  deinit { places.deallocate() }

  func advance() {
    var stream = exploration.indexed(steps)
    seen.base.update(from: episodes.observations, count: seen.count)
    if steps < learningStarts {
      for j in 0..<networks.numbers {
        episodes.controls[j] = Float((2 * stream.uniform() - 1) * networks.bound)
      }
    } else {
      acting.draw(in: episodes, &stream)
    }
    episodes.advance()
    steps += 1
    log.record(episodes, at: steps)
    let follower = episodes.ends[0] == .goesOn ? episodes.observations : episodes.finalObservations
    replay.add(
      seen.base, action: episodes.controls, reward: episodes.rewards[0],
      weight: episodes.ends[0] == .terminated ? 0 : Float(discount), follower)
    if steps > learningStarts && steps % trainEvery == 0 { learn(draws.indexed(steps)) }
  }

  private func learn(_ stream: RandomStream) {
    var stream = stream
    for k in 0..<batch { places[k] = Int32(stream.below(replay.count)) }
    let temperature = exponential(logTemperature.base[0])
    let criticGradient = update.criticGradient(
      replay, places, policyBlock, critics, targets, temperature, &stream)
    criticDescent.step(critics.base, gradient: criticGradient, learningRate: criticRate)
    let policyGradient = update.policyGradient(policyBlock, critics, temperature, &stream)
    policyDescent.step(policyBlock.base, gradient: policyGradient, learningRate: rate)
    if learnsTemperature {
      // The derivative of −ln α·(density + target entropy), the target being −1 a number.
      var slope = Float(networks.numbers) - update.meanDensity
      withUnsafePointer(to: &slope) {
        temperatureDescent.step(logTemperature.base, gradient: $0, learningRate: criticRate)
      }
    }
    for i in 0..<critics.count { targets.base[i] += tau * (critics.base[i] - targets.base[i]) }
    cost.examples += batch
    cost.flops += update.flops
  }

  func policy(copies: Int) -> any Policy { SquashedPolicy(networks, copies: copies, policyBlock) }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try archive.exchange("policy", policyBlock)
    try archive.exchange("critics", critics)
    try archive.exchange("targets", targets)
    try archive.exchange("log-temperature", logTemperature)
    try archive.exchange("policy-descent") { try policyDescent.exchange(archive) }
    try archive.exchange("critic-descent") { try criticDescent.exchange(archive) }
    try archive.exchange("temperature-descent") { try temperatureDescent.exchange(archive) }
    try archive.exchange("replay") { try replay.exchange(archive) }
    try log.exchange(archive)
    try episodes.exchange { try archive.exchange("environment", $0) }
    try archive.exchange("examples", &cost.examples)
    try archive.exchange("flops", &cost.flops)
  }
}

/// SAC's policy compiled for so many copies.
final class SquashedPolicy: Policy {
  private let plan: Plan<Float>
  private let observations, noise, actions, means: UnsafeMutableBufferPointer<Float>
  private let parameters: FloatBuffer

  init(_ networks: SoftNetworks, copies: Int, _ parameters: FloatBuffer) {
    self.parameters = parameters
    let graph = Graph()
    let x = graph.input("observations", [copies, networks.inputs])
    let noise = graph.input("noise", [copies, networks.numbers])
    let declarations = Declarations(graph, isTraining: false, source: PlainWeights())
    let (action, _, mean) = networks.policy(x, noise: noise, Weights(declarations))
    plan = Plan<Float>(graph, outputs: [action, mean])
    observations = plan.buffer(x)
    self.noise = plan.buffer(noise)
    actions = plan.buffer(action)
    means = plan.buffer(mean)
  }

  /// Writes actions with noise.
  func draw(in episodes: Episodes, _ stream: inout RandomStream) {
    for i in 0..<noise.count { noise[i] = Float(stream.normal()) }
    run(episodes)
    episodes.controls.update(from: actions.baseAddress!, count: actions.count)
  }

  func act(in episodes: Episodes) {
    for i in 0..<noise.count { noise[i] = 0 }
    run(episodes)
    episodes.controls.update(from: means.baseAddress!, count: means.count)
  }

  private func run(_ episodes: Episodes) {
    observations.baseAddress!.update(from: episodes.observations, count: observations.count)
    plan.run(parameters: parameters.base)
  }
}
