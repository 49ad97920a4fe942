import Randomness
import Tensors
import Testing

/// A function whose derivatives are checked: operands of given shapes, drawn from `low` ..< `high`, and what is
/// computed from them.
struct DerivativeCase: CustomTestStringConvertible, Sendable {
  let name: String
  let shapes: [[Int]]
  var low = -1.5
  var high = 1.5
  /// How closely single precision follows double precision, relative to the largest value.
  var singleTolerance = 2e-5
  let function: @Sendable (Graph, [Tensor]) -> Tensor

  var testDescription: String { name }

  init(
    _ name: String, _ shapes: [[Int]], low: Double = -1.5, high: Double = 1.5, singleTolerance: Double = 2e-5,
    _ function: @escaping @Sendable (Graph, [Tensor]) -> Tensor
  ) {
    self.name = name
    self.shapes = shapes
    self.low = low
    self.high = high
    self.singleTolerance = singleTolerance
    self.function = function
  }

  /// The function's graph: parameters as operands, the weighted sum of the result, its gradient, and the gradient
  /// of the gradient's inner product with a fixed direction.
  struct Derivation {
    let graph: Graph
    let value: Tensor
    let first: [Tensor]
    let second: [Tensor]
    /// The inner product whose gradient `second` is.
    let slope: Tensor
  }

  func derivation() -> Derivation {
    let graph = Graph()
    let operands = shapes.enumerated().map { graph.parameter("x\($0)", $1) }
    let result = function(graph, operands)
    let value = dot(result, graph.constant(Self.draw(result.count, "weights", -1, 1), result.shape))
    let first = graph.gradient(of: value, with: operands)
    let slope = zip(first, shapes.indices).reduce(graph.constant(0)) { total, part in
      total + dot(part.0, graph.constant(Self.draw(part.0.count, "direction\(part.1)", -1, 1), part.0.shape))
    }
    return Derivation(
      graph: graph, value: value, first: first, second: graph.gradient(of: slope, with: operands),
      slope: slope)
  }

  var point: [Double] { Self.draw(shapes.reduce(0) { $0 + $1.product }, name, low, high) }

  private static func draw(_ count: Int, _ purpose: String, _ low: Double, _ high: Double) -> [Double] {
    var stream = RandomStream(seed: 11, role: "test", purpose: purpose)
    return (0..<count).map { _ in low + (high - low) * stream.uniform() }
  }
}
