import Tensors

/// Pulls parameters back to where they were: adds the gradient of ½·Σ importance·(θ − anchor)².
final class QuadraticPenalty: GradientHook {
  private let importance: FloatBuffer
  private let anchor: FloatBuffer
  private let strength: Float

  /// - Parameters:
  ///   - importance: one number a parameter.
  ///   - strength: multiplies them all.
  init(importance: FloatBuffer, anchor: FloatBuffer, strength: Double) {
    self.importance = importance
    self.anchor = anchor
    self.strength = Float(strength)
  }

  func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    for i in 0..<layout.count {
      gradient[i] += strength * importance.base[i] * (parameters[i] - anchor.base[i])
    }
  }
}
