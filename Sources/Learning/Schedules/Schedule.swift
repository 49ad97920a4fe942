import Parts

/// How the learning rate changes over a training: what a study writes under `schedule`.
///
/// It gives a factor on the procedure's learning rate, so that rates mean the same under every schedule.
package protocol Schedule: Part {
  /// The share of the fit rows it needs held out of training, to be told the loss on them after each epoch; 0
  /// where it needs none.
  var validationShare: Double { get }
  /// Starts it over a training.
  func start(_ span: TrainingSpan) -> any ScheduleCourse
}

extension Schedule {
  package var validationShare: Double { 0 }
}

/// What is known of a training before its first step.
package struct TrainingSpan: Hashable, Sendable {
  /// Steps in the whole training.
  package let steps: Int
  package let stepsPerEpoch: Int
  /// Examples a step.
  package let batchSize: Int
  /// The rate that factors multiply.
  package let learningRate: Double

  package init(steps: Int, stepsPerEpoch: Int, batchSize: Int, learningRate: Double) {
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    self.batchSize = batchSize
    self.learningRate = learningRate
  }

  /// The same training without its first steps.
  func dropping(_ first: Int) -> TrainingSpan {
    TrainingSpan(
      steps: steps - first, stepsPerEpoch: stepsPerEpoch, batchSize: batchSize, learningRate: learningRate)
  }
}

/// A schedule under way.
package protocol ScheduleCourse: AnyObject {
  /// The factor on the learning rate of a step, from 0. Steps are asked for in their order.
  func factor(at step: Int) -> Double
  /// Told the mean loss on the held-out rows after each epoch.
  func hear(validationLoss: Double)
  /// Told, before each step, the gradient it will take and the parameters it starts from.
  func hear(gradient: UnsafePointer<Float>, parameters: UnsafePointer<Float>, count: Int)
  /// Saves or restores everything later factors depend on.
  func exchange(_ archive: StateArchive) throws
}

extension ScheduleCourse {
  package func hear(validationLoss: Double) {}
  package func hear(gradient: UnsafePointer<Float>, parameters: UnsafePointer<Float>, count: Int) {}
  package func exchange(_ archive: StateArchive) throws {}
}

/// A course that is a formula of the step.
final class FormulaCourse: ScheduleCourse {
  private let formula: (Int) -> Double

  init(_ formula: @escaping (Int) -> Double) { self.formula = formula }

  func factor(at step: Int) -> Double { formula(step) }
}
