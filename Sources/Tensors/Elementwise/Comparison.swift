/// Choices between numbers. Comparisons give 1 or 0 and have no derivative; with NaN they give 0.
enum Comparison: ElementwiseOperation {
  case greater, greaterOrEqual, equal
  case maximum, minimum
  case magnitude, signum
  /// The second operand where the first is not 0, else the third.
  case selection

  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    switch self {
    case .greater, .greaterOrEqual, .equal: return [nil, nil]
    case .maximum:
      let first = x[0] >= x[1]
      return [g * first, g * (1 - first)]
    case .minimum:
      let first = x[1] >= x[0]
      return [g * first, g * (1 - first)]
    case .magnitude: return [g * sign(x[0])]
    case .signum: return [nil]
    case .selection:
      let zero = g.graph.constant(0)
      return [nil, choose(x[0], g, zero), choose(x[0], zero, g)]
    }
  }

  func loop<Element: Scalar>() -> Loop<Element> {
    switch self {
    case .greater: binary { $0 > $1 ? 1 : 0 }
    case .greaterOrEqual: binary { $0 >= $1 ? 1 : 0 }
    case .equal: binary { $0 == $1 ? 1 : 0 }
    // Written so that a NaN in either operand is kept.
    case .maximum: binary { $0 > $1 || $0 != $0 ? $0 : $1 }
    case .minimum: binary { $0 < $1 || $0 != $0 ? $0 : $1 }
    case .magnitude: unary { $0.magnitude }
    case .signum: unary { $0 > 0 ? 1 : ($0 < 0 ? -1 : $0) }
    case .selection:
      { destination, a, b, c, count in
        for i in 0..<count {
          let (yes, no) = (b[i], c[i])
          destination[i] = a[i] != 0 ? yes : no
        }
      }
    }
  }
}

/// 1 where a > b, else 0.
package func > (a: Tensor, b: Tensor) -> Tensor { a.graph.tensor(Comparison.greater, [a, b]) }
package func > (a: Tensor, b: Double) -> Tensor { a > a.graph.constant(b) }
/// 1 where a < b, else 0.
package func < (a: Tensor, b: Tensor) -> Tensor { b > a }
package func < (a: Tensor, b: Double) -> Tensor { a.graph.constant(b) > a }
/// 1 where a ≥ b, else 0.
package func >= (a: Tensor, b: Tensor) -> Tensor { a.graph.tensor(Comparison.greaterOrEqual, [a, b]) }
package func >= (a: Tensor, b: Double) -> Tensor { a >= a.graph.constant(b) }
/// 1 where a = b, else 0.
package func equal(_ a: Tensor, _ b: Tensor) -> Tensor { a.graph.tensor(Comparison.equal, [a, b]) }

/// The larger of two numbers; NaN if either is. At equality the derivative goes to the first.
package func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { a.graph.tensor(Comparison.maximum, [a, b]) }
package func maximum(_ a: Tensor, _ b: Double) -> Tensor { maximum(a, a.graph.constant(b)) }
/// The smaller of two numbers; NaN if either is. At equality the derivative goes to the first.
package func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { a.graph.tensor(Comparison.minimum, [a, b]) }
package func minimum(_ a: Tensor, _ b: Double) -> Tensor { minimum(a, a.graph.constant(b)) }

/// `x` kept between two bounds; outside them, and not on them, the derivative is 0.
package func clip(_ x: Tensor, _ lowest: Double, _ highest: Double) -> Tensor {
  precondition(lowest <= highest, "the bounds of a clip are the wrong way round")
  return minimum(maximum(x, lowest), highest)
}

/// |x|; the derivative at 0 is 0.
package func absolute(_ x: Tensor) -> Tensor { x.graph.tensor(Comparison.magnitude, [x]) }
/// −1, 0 or 1; NaN stays NaN.
package func sign(_ x: Tensor) -> Tensor { x.graph.tensor(Comparison.signum, [x]) }

/// `yes` where `condition` is not 0, else `no`; all three are broadcast.
package func choose(_ condition: Tensor, _ yes: Tensor, _ no: Tensor) -> Tensor {
  condition.graph.tensor(Comparison.selection, [condition, yes, no])
}
