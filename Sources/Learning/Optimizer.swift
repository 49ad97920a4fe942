import Parts

/// A rule that moves parameters against their gradient: what a study writes under `optimizer`.
///
/// The learning rate belongs to the procedure, so that tuning it means the same for every optimizer. Weight
/// decay is the training loop's (`TrainingPlan`).
package protocol Optimizer: Part {
  /// Starts an optimisation of `count` parameters; all memory its steps need is allocated here.
  func start(count: Int) -> any Optimization
}

/// One optimisation under way: the optimizer's running averages.
package protocol Optimization: AnyObject {
  /// Takes one step, in place.
  ///
  /// - Parameters:
  ///   - parameters: as many as the optimisation was started for.
  ///   - gradient: the loss's derivative with respect to each parameter.
  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double)
}
