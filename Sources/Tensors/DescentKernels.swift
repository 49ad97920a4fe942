// The elementwise loops of the optimizers. Which numbers go in, and why, is written at the optimizers in
// `Learning`.

/// velocity ← momentum · velocity + gradient; parameters ← parameters − rate · velocity.
package func momentumStep(
  _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
  velocity: UnsafeMutablePointer<Float>, count: Int, momentum: Float, rate: Float
) {
  for i in 0..<count {
    let v = momentum * velocity[i] + gradient[i]
    velocity[i] = v
    parameters[i] -= rate * v
  }
}

/// The constants of one step of Adam.
package struct AdamFactors: Sendable {
  /// β₁ and 1 − β₁.
  let keep1: Float
  let take1: Float
  /// β₂ and 1 − β₂.
  let keep2: Float
  let take2: Float
  /// η / (1 − β₁ᵗ).
  let rate: Float
  /// 1 / √(1 − β₂ᵗ).
  let correction: Float
  let epsilon: Float

  /// - Parameters:
  ///   - decay1: β₁ᵗ at step t, from 1.
  ///   - decay2: β₂ᵗ.
  package init(
    beta1: Double, beta2: Double, decay1: Double, decay2: Double, epsilon: Double, learningRate: Double
  ) {
    keep1 = Float(beta1)
    take1 = Float(1 - beta1)
    keep2 = Float(beta2)
    take2 = Float(1 - beta2)
    rate = Float(learningRate / (1 - decay1))
    correction = Float(1 / (1 - decay2).squareRoot())
    self.epsilon = Float(epsilon)
  }
}

/// mean ← β₁·mean + (1−β₁)·g; square ← β₂·square + (1−β₂)·g²;
/// parameters ← parameters − rate · mean / (√square · correction + ε).
package func adamStep(
  _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
  mean: UnsafeMutablePointer<Float>,
  square: UnsafeMutablePointer<Float>, count: Int, _ factors: AdamFactors
) {
  for i in 0..<count {
    let g = gradient[i]
    let m = factors.keep1 * mean[i] + factors.take1 * g
    let v = factors.keep2 * square[i] + factors.take2 * (g * g)
    mean[i] = m
    square[i] = v
    let root = v * reciprocalSquareRoot(v)
    parameters[i] -= factors.rate * m / (root * factors.correction + factors.epsilon)
  }
}
