import Tensors

/// Something done to the gradient of a whole step before the optimizer sees it.
package protocol GradientHook: AnyObject {
  /// Changes the gradient in place; `parameters` are those the step starts from.
  func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout)
}

/// Clipping by global norm (Pascanu, Mikolov & Bengio, ICML 2013, algorithm 1): a gradient longer than the limit is
/// shortened to it.
package final class GradientClipping: GradientHook {
  private let limit: Double

  /// - Parameter limit: the largest Euclidean norm, over all parameters together.
  package init(limit: Double) { self.limit = limit }

  package func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    let length = norm(gradient, count: layout.count)
    if length > limit { scale(gradient, by: Float(limit / length), count: layout.count) }
  }
}

/// Multiplies the whole gradient, as a loss scaled up for narrow number formats needs undoing.
package final class GradientScaling: GradientHook {
  private let factor: Float

  package init(factor: Double) { self.factor = Float(factor) }

  package func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    scale(gradient, by: factor, count: layout.count)
  }
}

/// Multiplies each component by its own number: 0 freezes a parameter under plain descent.
package final class GradientMask: GradientHook {
  /// One number a parameter; the owner may change them between steps.
  package let mask: FloatBuffer

  package init(_ mask: FloatBuffer) { self.mask = mask }

  package func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    precondition(mask.count == layout.count, "a gradient mask has one number a parameter")
    for i in 0..<mask.count { gradient[i] *= mask.base[i] }
  }
}
