/// Functions between layers, whose derivatives have loops of their own.
enum Nonlinearity: ElementwiseOperation {
  case relu, tanh, logistic, softplus, gelu
  /// The derivative of gelu: Φ(x) + x·φ(x).
  case geluSlope
  /// (g, y) ↦ g where y > 0, else 0.
  case reluGradient
  /// (g, y) ↦ g·(1 − y²).
  case tanhGradient
  /// (g, y) ↦ g·y·(1 − y).
  case sigmoidGradient

  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    let graph = g.graph
    switch self {
    case .relu: return [graph.tensor(Nonlinearity.reluGradient, [g, y])]
    case .tanh: return [graph.tensor(Nonlinearity.tanhGradient, [g, y])]
    case .logistic: return [graph.tensor(Nonlinearity.sigmoidGradient, [g, y])]
    case .softplus: return [g * sigmoid(x[0])]
    case .gelu: return [g * graph.tensor(Nonlinearity.geluSlope, [x[0]])]
    // φ′ = −x·φ, so (Φ + x·φ)′ = φ·(2 − x²).
    case .geluSlope: return [g * exponential(-0.5 * square(x[0])) * 0.3989422804014327 * (2 - square(x[0]))]
    case .reluGradient: return [graph.tensor(Nonlinearity.reluGradient, [g, x[1]]), nil]
    case .tanhGradient: return [graph.tensor(Nonlinearity.tanhGradient, [g, x[1]]), -2 * g * x[0] * x[1]]
    case .sigmoidGradient:
      return [graph.tensor(Nonlinearity.sigmoidGradient, [g, x[1]]), g * x[0] * (1 - 2 * x[1])]
    }
  }

  func loop<Element: Scalar>() -> Loop<Element> {
    switch self {
    case .relu: unary { $0 < 0 ? 0 : $0 }
    case .tanh:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.hyperbolicTangent(a[i]) }
      }
    case .logistic:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = 1 / (1 + Element.exponential(-a[i])) }
      }
    // Longer functions are written as loops: the compiler would call them for each element otherwise.
    case .softplus:
      { destination, a, _, _, count in
        for i in 0..<count {
          let rest = Element.logarithm(1 + Element.exponential(-a[i].magnitude))
          destination[i] = (a[i] < 0 ? 0 : a[i]) + rest
        }
      }
    case .gelu:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = a[i] * Element.normalDistribution(a[i]) }
      }
    case .geluSlope:
      { destination, a, _, _, count in
        for i in 0..<count { destination[i] = Element.geluSlope(a[i]) }
      }
    case .reluGradient:
      { destination, a, b, _, count in
        for i in 0..<count {
          // Loaded before the choice: a load that happens on one side only keeps the loop from vectorising.
          let above = a[i]
          destination[i] = b[i] > 0 ? above : 0
        }
      }
    case .tanhGradient: binary { $0 * (1 - $1 * $1) }
    case .sigmoidGradient: binary { $0 * ($1 * (1 - $1)) }
    }
  }
}

/// max(x, 0); the derivative at 0 is 0. NaN stays NaN.
package func relu(_ x: Tensor) -> Tensor { x.graph.tensor(Nonlinearity.relu, [x]) }
/// x where positive, else slope·x, with 0 ≤ slope ≤ 1.
package func leakyRelu(_ x: Tensor, slope: Double) -> Tensor { maximum(x, slope * x) }
package func tanh(_ x: Tensor) -> Tensor { x.graph.tensor(Nonlinearity.tanh, [x]) }
/// 1 / (1 + e^(−x)).
package func sigmoid(_ x: Tensor) -> Tensor { x.graph.tensor(Nonlinearity.logistic, [x]) }
/// ln(1 + eˣ), without overflow.
package func softplus(_ x: Tensor) -> Tensor { x.graph.tensor(Nonlinearity.softplus, [x]) }
/// x·Φ(x) with the normal distribution function Φ itself (Hendrycks & Gimpel 2016), not its tanh approximation.
package func gelu(_ x: Tensor) -> Tensor { x.graph.tensor(Nonlinearity.gelu, [x]) }
/// x·sigmoid(x).
package func silu(_ x: Tensor) -> Tensor { x * sigmoid(x) }
/// ln(sigmoid(x)) = −softplus(−x).
package func logSigmoid(_ x: Tensor) -> Tensor { -softplus(-x) }
