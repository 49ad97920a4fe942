import Tensors

/// What decides how parameters follow their gradient.
package struct DescentPlan {
  package var optimizer: any Optimizer
  package var schedule: any Schedule
  package var learningRate: Double
  /// λ; how it enters a step is the optimizer's.
  package var weightDecay: Double
  /// Done to each step's gradient, in this order, before decay and the optimizer.
  package var hooks: [any GradientHook]

  package init(
    optimizer: any Optimizer, schedule: any Schedule, learningRate: Double, weightDecay: Double = 0,
    hooks: [any GradientHook] = []
  ) {
    self.optimizer = optimizer
    self.schedule = schedule
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.hooks = hooks
  }
}

/// A descent under way over one block of parameters; nothing is allocated inside a step but by a schedule's first.
package final class Descent {
  /// Steps taken.
  package private(set) var steps = 0
  private let plan: DescentPlan
  private let layout: ParameterLayout
  private let optimization: any Optimization
  private let course: any ScheduleCourse

  package init(_ plan: DescentPlan, _ layout: ParameterLayout, steps: Int, stepsPerEpoch: Int, batchSize: Int)
  {
    self.plan = plan
    self.layout = layout
    optimization = plan.optimizer.start(layout)
    course = plan.schedule.start(
      TrainingSpan(
        steps: steps, stepsPerEpoch: stepsPerEpoch, batchSize: batchSize, learningRate: plan.learningRate))
  }

  /// Takes one step.
  ///
  /// - Parameter evaluate: writes the loss's derivative at the present parameters into `gradient`, always of the
  ///   same batch; called once, or as often as the optimizer asks.
  package func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>, evaluate: () -> Void
  ) {
    repeat { evaluate() } while optimization.movesForGradient(parameters, gradient: gradient)
    for hook in plan.hooks { hook.apply(gradient, parameters: parameters, layout: layout) }
    course.hear(gradient: gradient, parameters: parameters, count: layout.count)
    let factor = course.factor(at: steps)
    if plan.weightDecay > 0 { decay(parameters, gradient: gradient, factor: factor) }
    optimization.step(parameters, gradient: gradient, learningRate: plan.learningRate * factor)
    steps += 1
  }

  /// Tells the schedule the mean loss on held-out rows.
  package func hear(validationLoss: Double) { course.hear(validationLoss: validationLoss) }

  private func decay(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>, factor: Double
  ) {
    let decay = plan.optimizer.decay
    let rate = decay == .independent ? factor : plan.learningRate * factor
    for stretch in layout.stretches where stretch.group.decays {
      let w = parameters + stretch.offset
      guard decay == .squaredNorm else {
        scale(w, by: Float(1 - rate * stretch.group.rate * plan.weightDecay), count: stretch.count)
        continue
      }
      let g = gradient + stretch.offset
      let strength = Float(plan.weightDecay)
      for i in 0..<stretch.count { g[i] += strength * w[i] }
    }
  }

  /// Saves or restores everything later steps depend on, but for the parameters.
  package func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try archive.exchange("optimizer") { try optimization.exchange(archive) }
    try archive.exchange("schedule") { try course.exchange(archive) }
  }
}
