import Parts

/// A rule that moves parameters against their gradient: what a study writes under `optimizer`.
///
/// The learning rate and the strength of weight decay belong to the procedure, so that tuning them means the
/// same for every optimizer; how decay enters is the optimizer's.
package protocol Optimizer: Part {
  /// How weight decay enters its step.
  var decay: WeightDecay { get }
  /// Starts an optimisation of a block of that layout; all memory its steps need is allocated here.
  func start(_ layout: ParameterLayout) -> any Optimization
}

/// How weight decay of strength λ enters a step of rate η. Only weights whose group decays are concerned.
package enum WeightDecay: Hashable, Sendable {
  /// g ← g + λ·w before the rule: the gradient of ½·λ·‖w‖².
  case squaredNorm
  /// w ← (1 − η·λ)·w before the rule (Loshchilov & Hutter, ICLR 2019, algorithm 2, with its two factors taken
  /// as one).
  case decoupled
  /// w ← (1 − f·λ)·w before the rule, f being the schedule's factor alone: the same algorithm as printed.
  case independent
}

extension Optimizer {
  package var decay: WeightDecay { .squaredNorm }
}

/// One optimisation under way: the optimizer's running averages.
package protocol Optimization: AnyObject {
  /// Asked after each evaluation of the gradient whether it shall be taken elsewhere for this step: moves the
  /// parameters there and returns true; returns false, with the parameters where the step starts from, when
  /// `gradient` is the one to step with.
  func movesForGradient(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>
  ) -> Bool

  /// Takes one step, in place.
  ///
  /// - Parameters:
  ///   - parameters: as many as the layout has.
  ///   - gradient: the loss's derivative with respect to each parameter.
  ///   - learningRate: η; a group's rate multiplies it.
  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double)

  /// Saves or restores everything later steps depend on.
  func exchange(_ archive: StateArchive) throws
}

extension Optimization {
  package func movesForGradient(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>
  ) -> Bool { false }
}
