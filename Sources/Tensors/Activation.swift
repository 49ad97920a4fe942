/// An elementwise function after a layer's affine map; its derivative is written in terms of its own output.
package enum Activation: String, CaseIterable, Sendable {
  /// y = x
  case identity
  /// y = max(x, 0); the derivative at 0 is taken as 0. NaN stays NaN.
  case relu
  case tanh

  /// x ← f(x + bias), row by row.
  ///
  /// - Parameters:
  ///   - x: rows × columns, replaced.
  ///   - bias: one number a column.
  package func addBiasAndApply(
    _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    for i in 0..<rows {
      let row = x + i &* columns
      switch self {
      case .identity:
        for j in 0..<columns { row[j] += bias[j] }
      case .relu:
        for j in 0..<columns {
          let value = row[j] + bias[j]
          row[j] = value < 0 ? 0 : value
        }
      case .tanh:
        for j in 0..<columns { row[j] = hyperbolicTangent(row[j] + bias[j]) }
      }
    }
  }

  /// gradient ← gradient · f′, the backward rule.
  ///
  /// - Parameters:
  ///   - gradient: the loss's derivative with respect to the output; replaced by that with respect to the
  ///     input.
  ///   - output: f's output as the forward rule left it.
  package func backward(_ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, count: Int) {
    switch self {
    case .identity: break
    case .relu:
      for i in 0..<count {
        // Loaded before the choice: a load that happens on one side only keeps the loop from vectorising.
        let above = gradient[i]
        gradient[i] = output[i] > 0 ? above : 0
      }
    case .tanh:
      for i in 0..<count { gradient[i] *= 1 - output[i] * output[i] }
    }
  }
}
