/// Functions computed by the engine's own approximations (see `Kernels/ElementaryFunctions`), with the same bits
/// on every machine.
enum Transcendental: ElementwiseOperation {
  case exp, log, sin, cos, erf
  /// The first operand, > 0, to the power of the second.
  case pow

  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    switch self {
    case .exp: [g * y]
    case .log: [g / x[0]]
    case .sin: [g * cosine(x[0])]
    case .cos: [-g * sine(x[0])]
    case .erf: [g * exponential(-square(x[0])) * 1.1283791670955126]
    case .pow: [g * x[1] * power(x[0], x[1] - 1), g * y * logarithm(x[0])]
    }
  }

  // Written as loops: the compiler would call functions of this length for each element otherwise.
  func loop<Element: Scalar>() -> Loop<Element> {
    switch self {
    case .exp:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.exponential(a[i]) }
      }
    case .log:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.logarithm(a[i]) }
      }
    case .sin:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.sine(a[i]) }
      }
    case .cos:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.cosine(a[i]) }
      }
    case .erf:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.errorFunction(a[i]) }
      }
    case .pow:
      { destination, a, b, _, count in
        for i in 0..<count { destination[i] = Element.exponential(b[i] * Element.logarithm(a[i])) }
      }
    }
  }
}

/// eˣ; 0 where it would be subnormal, infinite where it overflows.
package func exponential(_ x: Tensor) -> Tensor { x.graph.tensor(Transcendental.exp, [x]) }
/// ln x; −∞ at 0 and NaN below.
package func logarithm(_ x: Tensor) -> Tensor { x.graph.tensor(Transcendental.log, [x]) }
/// sin x for |x| ≤ 10⁶, beyond which accuracy fades.
package func sine(_ x: Tensor) -> Tensor { x.graph.tensor(Transcendental.sin, [x]) }
/// cos x for |x| ≤ 10⁶, beyond which accuracy fades.
package func cosine(_ x: Tensor) -> Tensor { x.graph.tensor(Transcendental.cos, [x]) }
/// erf x = 2/√π ∫₀ˣ e^(−t²) dt.
package func errorFunction(_ x: Tensor) -> Tensor { x.graph.tensor(Transcendental.erf, [x]) }

/// xᵃ = e^(a·ln x) for x > 0; NaN for x < 0. Its relative error grows with |a·ln x|.
package func power(_ x: Tensor, _ exponent: Tensor) -> Tensor {
  switch exponent.uniformValue {
  case 0 where exponent.rank == 0: x.graph.constant(1, x.shape)
  case 1 where exponent.rank == 0: x
  case 2 where exponent.rank == 0: square(x)
  default: x.graph.tensor(Transcendental.pow, [x, exponent])
  }
}
package func power(_ x: Tensor, _ exponent: Double) -> Tensor { power(x, x.graph.constant(exponent)) }
