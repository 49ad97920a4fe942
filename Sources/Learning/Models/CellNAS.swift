import Experiments
import Parts
import Randomness
import Tensors

/// A small convolutional network whose two cells are the same directed graph of operations, after NAS-Bench-201 (Dong, Yang,
/// ICLR 2020).
///
/// Stem (3 × 3 convolution), cell, largest of each 2 × 2, cell, mean over all places, affine map. A cell has four nodes; node
/// 0 is its input and node 3 its output, and each node is the sum of what the edges from all earlier nodes give. A
/// convolution is ReLU, convolution and batch normalisation. Deviations: two cells instead of fifteen, no residual blocks
/// between them, and an average of 3 × 3 counts the border's zeros.
package struct CellNAS: NetworkModel {
  package static let name = "cell-nas"
  package static let revision = 1
  package static let summary =
    "a convolutional network for square grey images with cells from a search space of 15,625 graphs"
  package static let hyperparameters = [
    Hyperparameter(
      "cell", .text, default: .text("ccscsc"),
      "six letters, the operations of the edges 0→1, 0→2, 1→2, 0→3, 1→3, 2→3: n none, s skip, o 1 × 1 convolution, c 3 × 3 "
        + "convolution, a average of 3 × 3"),
    Hyperparameter("width", .integer(1...256), default: .integer(8), "channels"),
  ]
  package static let predictions: TargetKind? = nil
  /// Distinct cells that connect input and output, in an order drawn once.
  package static let generated: GeneratedLevels? = GeneratedLevels(
    setting: "cell", count: valid.count, graphs: LevelGraphs(operations: operationNames, edges: graph)
  ) { Array(valid.prefix($0)) }

  static let operations = Array("nsoca")
  /// The operations in words.
  private static let operationNames = ["none", "skip", "conv-1x1", "conv-3x3", "average"]
  /// The edges as (from, to), in the order of a cell's letters.
  static let edges = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]

  private static let valid: [String] = {
    var stream = RandomStream(seed: 0, role: "part", purpose: "cell-nas-order")
    return stream.permutation(15_625).map { code in
      var rest = Int(code)
      return String(
        edges.map { _ in
          defer { rest /= operations.count }
          return operations[rest % operations.count]
        })
    }.filter { reached(Array($0))[3] }
  }()

  /// Which nodes of a cell the input reaches.
  private static func reached(_ cell: [Character]) -> [Bool] {
    var reached = [true, false, false, false]
    for (edge, operation) in zip(edges, cell) where operation != "n" && reached[edge.0] {
      reached[edge.1] = true
    }
    return reached
  }

  /// The edges of a cell; nil where it is none.
  private static func graph(_ cell: String) -> [GraphEdge]? {
    let places = cell.compactMap { operations.firstIndex(of: $0) }
    guard cell.count == edges.count, places.count == edges.count else { return nil }
    return zip(edges, places).map { GraphEdge(from: $0.0, to: $0.1, operation: operationNames[$1]) }
  }

  private let cell: [Character]
  private let width: Int

  package init(_ settings: Settings) {
    cell = Array(settings.text("cell"))
    width = settings.integer("width")
  }

  package func refusal(columns: Int) -> String? {
    guard cell.count == Self.edges.count, cell.allSatisfy(Self.operations.contains) else {
      return "'\(String(cell))' is no cell of six letters out of \(String(Self.operations))"
    }
    if !Self.reached(cell)[3] { return "the cell '\(String(cell))' does not connect input and output" }
    let side = Self.side(columns)
    if side * side != columns { return "\(columns) features are no square image" }
    return side < 2 ? "an image of \(side) × \(side) cannot be halved" : nil
  }

  private static func side(_ columns: Int) -> Int { Int(Double(columns).squareRoot().rounded()) }

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    let side = Self.side(x.shape[1])
    let images = reshape(x, [x.shape[0], side, side, 1])
    var h = convolution(images, channels: width, weights["stem"], beforeReLU: false, hasBias: false)
    h = batchNorm(h, weights["stem"]["norm"])
    h = nodes(h, weights["cell1"])
    h = maxPool(h, size: (2, 2), stride: 2)
    h = nodes(h, weights["cell2"])
    return dense(globalAveragePool(relu(h)), count, weights["output"])
  }

  /// The output of a cell.
  private func nodes(_ input: Tensor, _ weights: Weights) -> Tensor {
    var nodes: [Tensor?] = [input, nil, nil, nil]
    for (edge, operation) in zip(Self.edges, cell) {
      guard let source = nodes[edge.0],
        let given = apply(operation, to: source, weights["edge\(edge.0)\(edge.1)"])
      else { continue }
      nodes[edge.1] = nodes[edge.1].map { $0 + given } ?? given
    }
    guard let output = nodes[3] else { preconditionFailure("a cell without a path was refused before") }
    return output
  }

  /// What an edge gives; nil for none.
  private func apply(_ operation: Character, to x: Tensor, _ weights: Weights) -> Tensor? {
    switch operation {
    case "s": return x
    case "o":
      let w = weights.parameter("weight", [width, width], .he(inputs: width))
      let rows = reshape(relu(x), [x.count / width, width])
      return batchNorm(reshape(matmul(rows, w), x.shape), weights["norm"])
    case "c":
      return batchNorm(
        convolution(relu(x), channels: width, weights, hasBias: false), weights["norm"])
    case "a": return mean3(mean3(x, axis: 1), axis: 2)
    default: return nil
    }
  }

  /// The mean of each place and its neighbours along an axis; beyond the border stand zeros.
  private func mean3(_ x: Tensor, axis: Int) -> Tensor {
    let padded = pad(x, axis: axis, before: 1, after: 1)
    let parts = (0..<3).map { slice(padded, axis: axis, $0..<$0 + x.shape[axis]) }
    return (parts[0] + parts[1] + parts[2]) * (1.0 / 3)
  }
}
