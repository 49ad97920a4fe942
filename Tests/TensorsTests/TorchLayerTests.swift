import Foundation
import Tensors
import Testing

/// A layer whose result and gradients PyTorch has recorded, with operands by the formula of the script.
struct RecordedLayer: CustomTestStringConvertible, Sendable {
  let name: String
  let shapes: [[Int]]
  let function: @Sendable (Graph, [Tensor]) -> Tensor

  var testDescription: String { name }

  init(_ name: String, _ shapes: [[Int]], _ function: @escaping @Sendable (Graph, [Tensor]) -> Tensor) {
    self.name = name
    self.shapes = shapes
    self.function = function
  }

  static let all: [RecordedLayer] = [
    RecordedLayer("convolution", [[2, 5, 6, 3], [3, 2, 3, 4]]) { _, x in
      convolution(x[0], x[1], padding: (1, 0))
    },
    RecordedLayer("strided-grouped-convolution", [[2, 7, 6, 4], [3, 3, 2, 6]]) { _, x in
      convolution(x[0], x[1], stride: 2, padding: (1, 1), groups: 2)
    },
    RecordedLayer("depthwise-convolution", [[1, 5, 5, 3], [3, 3, 1, 3]]) { _, x in
      convolution(x[0], x[1], padding: (1, 1), groups: 3)
    },
    RecordedLayer("transposed-convolution", [[2, 3, 3, 4], [3, 3, 2, 4]]) { _, x in
      transposedConvolution(x[0], x[1], size: (6, 6), stride: 2, padding: (1, 1))
    },
    RecordedLayer("sequence-convolution", [[2, 7, 3], [3, 3, 2]]) { _, x in
      convolution1D(x[0], x[1], stride: 2, padding: 1)
    },
    RecordedLayer("max-pooling", [[2, 5, 6, 3]]) { _, x in
      maxPool(x[0], size: (3, 2), stride: 2, padding: (1, 0))
    },
    RecordedLayer("average-pooling", [[2, 4, 6, 3]]) { _, x in averagePool(x[0], size: (2, 3)) },
    RecordedLayer("layer-norm", [[3, 7], [7], [7]]) { _, x in layerNorm(x[0], gain: x[1], bias: x[2]) },
    RecordedLayer("rms-norm", [[3, 7], [7]]) { _, x in rmsNorm(x[0], gain: x[1]) },
    RecordedLayer("batch-norm", [[2, 3, 2, 4], [4], [4]]) { _, x in
      batchNorm(x[0], channelMoments(x[0]), gain: x[1], bias: x[2])
    },
    RecordedLayer("group-norm", [[2, 3, 2, 4], [4], [4]]) { _, x in
      groupNorm(x[0], groups: 2, gain: x[1], bias: x[2])
    },
    RecordedLayer("attention", [[2, 5, 6], [2, 5, 6], [2, 5, 6]]) { _, x in
      attention(queries: x[0], keys: x[1], values: x[2], heads: 2, isCausal: false)
    },
    RecordedLayer("causal-attention", [[2, 5, 6], [2, 5, 6], [2, 5, 6]]) { _, x in
      attention(queries: x[0], keys: x[1], values: x[2], heads: 2, isCausal: true)
    },
    RecordedLayer("lstm", [[2, 5, 3], [3, 16], [4, 16], [16]]) { _, x in
      lstm(x[0], inputWeights: x[1], stateWeights: x[2], bias: x[3])
    },
    RecordedLayer("gru", [[3, 6], [3, 6], [3, 2]]) { _, x in
      gruStep(fromInput: x[0], fromState: x[1], state: x[2])
    },
    RecordedLayer("gelu", [[11]]) { _, x in gelu(4 * x[0]) },
    RecordedLayer("silu", [[11]]) { _, x in silu(4 * x[0]) },
    RecordedLayer("softplus", [[11]]) { _, x in softplus(20 * x[0]) },
    RecordedLayer("cross-entropy", [[4, 5]]) { graph, x in
      crossEntropy(x[0], graph.indexConstant([3, 0, 4, 1], [4]), smoothing: 0.1)
    },
    RecordedLayer("soft-targets", [[4, 5], [4, 5]]) { _, x in crossEntropy(x[0], targets: softmax(x[1])) },
    RecordedLayer("binary-cross-entropy", [[7], [7]]) { _, x in
      binaryCrossEntropy(x[0], targets: sigmoid(x[1]))
    },
    RecordedLayer("fourier", [[4, 6], [4, 6]]) { _, x in
      let y = fourier2D(ComplexTensor(real: x[0], imaginary: x[1]))
      return permute(stack([y.real, y.imaginary]), [1, 2, 0])
    },
  ]
}

@Suite struct TorchLayerTests {
  @Test(arguments: RecordedLayer.all)
  func resultsAndGradientsAgree(layer: RecordedLayer) throws {
    let graph = Graph()
    let operands = layer.shapes.map { graph.parameter("operand", $0) }
    let result = layer.function(graph, operands)
    let weights = graph.constant((0..<result.count).map { Foundation.cos(0.23 * Double($0)) }, result.shape)
    let gradient = graph.gradient(of: dot(result, weights), with: operands)
    let plan = Plan<Double>(graph, outputs: [result], gradient: gradient)
    plan.run(
      parameters: layer.shapes.enumerated().flatMap { k, shape in
        (0..<shape.product).map { 0.8 * Foundation.sin(0.37 * Double($0) + Double(k)) }
      })
    try agree(plan.values(result), Self.recorded(layer.name, "value"))
    try agree(Array(plan.gradient), Self.recorded(layer.name, "gradient"))
  }

  private func agree(_ ours: [Double], _ theirs: [Double]) throws {
    try #require(ours.count == theirs.count)
    for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < 1e-12 * max(1, abs(b))) }
  }

  private static func recorded(_ name: String, _ kind: String) throws -> [Double] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References/torch-layers.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\(name) \(kind) ") })
    return line.split(separator: " ").dropFirst(2).map { Double($0)! }
  }
}
