/// The four operations, and what else is exact to the last bit.
enum Arithmetic: ElementwiseOperation {
  case add, subtract, multiply, divide, negate, squareRoot
  /// The operand itself, repeated to a larger shape.
  case broadcast(to: [Int])

  func shape(_ inputs: [[Int]]) -> [Int] {
    guard case .broadcast(let shape) = self else { return broadcastShape(inputs) }
    precondition(broadcastShape([inputs[0], shape]) == shape, "\(inputs[0]) cannot be repeated to \(shape)")
    return shape
  }

  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    switch self {
    case .add: [g, g]
    case .subtract: [g, -g]
    case .multiply: [g * x[1], g * x[0]]
    case .divide: [g / x[1], -(g * y) / x[1]]
    case .negate: [-g]
    case .squareRoot: [0.5 * g / y]
    case .broadcast: [g]
    }
  }

  func loop<Element: Scalar>() -> Loop<Element> {
    switch self {
    case .add: binary { $0 + $1 }
    case .subtract: binary { $0 - $1 }
    case .multiply: binary { $0 * $1 }
    case .divide: binary { $0 / $1 }
    case .negate: unary { -$0 }
    case .squareRoot: unary { Element.squareRoot($0) }
    case .broadcast: unary { $0 }
    }
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    if case .broadcast = self { 0 } else { output.product }
  }
}

package func + (a: Tensor, b: Tensor) -> Tensor {
  if a.isUniform(0), b.shape == broadcastShape([a.shape, b.shape]) { return b }
  if b.isUniform(0), a.shape == broadcastShape([a.shape, b.shape]) { return a }
  if let joined = joinedPadding(a, b) { return joined }
  return folded(.add, a, b, +)
}

package func - (a: Tensor, b: Tensor) -> Tensor {
  if b.isUniform(0), a.shape == broadcastShape([a.shape, b.shape]) { return a }
  return folded(.subtract, a, b, -)
}

package func * (a: Tensor, b: Tensor) -> Tensor {
  if a.isUniform(1) { return broadcast(b, to: broadcastShape([a.shape, b.shape])) }
  if b.isUniform(1) { return broadcast(a, to: broadcastShape([a.shape, b.shape])) }
  return folded(.multiply, a, b, *)
}

package func / (a: Tensor, b: Tensor) -> Tensor {
  if b.isUniform(1), a.shape == broadcastShape([a.shape, b.shape]) { return a }
  return folded(.divide, a, b, /)
}

package prefix func - (a: Tensor) -> Tensor {
  if let value = a.uniformValue { return a.graph.constant(-value, a.shape) }
  if let inner = a.operation as? Arithmetic, inner == .negate { return a.inputs[0] }
  return a.graph.tensor(Arithmetic.negate, [a])
}

package func + (a: Tensor, b: Double) -> Tensor { a + a.graph.constant(b) }
package func + (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) + b }
package func - (a: Tensor, b: Double) -> Tensor { a - a.graph.constant(b) }
package func - (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) - b }
package func * (a: Tensor, b: Double) -> Tensor { a * a.graph.constant(b) }
package func * (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) * b }
package func / (a: Tensor, b: Double) -> Tensor { a / a.graph.constant(b) }
package func / (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) / b }

/// √x, correctly rounded; NaN below 0, and the derivative at 0 is infinite.
package func squareRoot(_ x: Tensor) -> Tensor { x.graph.tensor(Arithmetic.squareRoot, [x]) }

/// x².
package func square(_ x: Tensor) -> Tensor { x * x }

/// `x` repeated to `shape`; dimensions of size 1 and missing leading ones are repeated.
package func broadcast(_ x: Tensor, to shape: [Int]) -> Tensor {
  if x.shape == shape { return x }
  if let value = x.uniformValue { return x.graph.constant(value, shape) }
  return x.graph.tensor(Arithmetic.broadcast(to: shape), [x])
}

/// The operation on two tensors, computed at once when both are known and uniform.
private func folded(
  _ operation: Arithmetic, _ a: Tensor, _ b: Tensor, _ function: (Double, Double) -> Double
) -> Tensor {
  if let x = a.uniformValue, let y = b.uniformValue {
    return a.graph.constant(function(x, y), broadcastShape([a.shape, b.shape]))
  }
  return a.graph.tensor(operation, [a, b])
}

extension Tensor {
  fileprivate func isUniform(_ value: Double) -> Bool { uniformValue == value }
}
