import Tensors

/// The rows a trained network is scored on, with the memory to do it again and again.
///
/// Rows go through the network in blocks of fixed size, because the bits of a matrix product depend on how many
/// rows are computed together.
package final class Scoring {
  private static let blockRows = 256

  private struct Block {
    let plan: Plan<Float>
    let inputs: UnsafeMutableBufferPointer<Float>
    let outputs: UnsafeMutableBufferPointer<Float>
    let rows: Int
  }

  private let parameters: FloatBuffer
  private let features: FloatBuffer
  private let rows: Int
  private let columns: Int
  private let width: Int
  private let full: Block?
  private let last: Block?
  private let results: FloatBuffer

  /// Scoring of a model.
  package convenience init(
    _ model: any NetworkModel, _ parameters: FloatBuffer, on features: FloatBuffer, columns: Int,
    outputs: Int, source: any WeightSource = PlainWeights()
  ) {
    self.init(parameters, on: features, columns: columns, outputs: outputs, source: source) { x, weights in
      model.outputs(x, count: outputs, weights: weights)
    }
  }

  /// - Parameters:
  ///   - parameters: the block of a training of the same network and source.
  ///   - features: rows × columns.
  ///   - outputs: numbers for each row.
  ///   - build: the outputs for a batch of rows, rows × outputs.
  package init(
    _ parameters: FloatBuffer, on features: FloatBuffer, columns: Int, outputs: Int,
    source: any WeightSource = PlainWeights(), build: (_ x: Tensor, _ weights: Weights) -> Tensor
  ) {
    self.parameters = parameters
    self.features = features
    self.columns = columns
    width = outputs
    rows = features.count / columns
    results = FloatBuffer(zeros: rows * outputs)
    func block(_ rows: Int) -> Block? {
      if rows == 0 { return nil }
      let declarations = Declarations(Graph(), isTraining: false, source: source)
      let x = declarations.graph.input("features", [rows, columns])
      let y = build(x, Weights(declarations))
      precondition(
        declarations.graph.parameterCount == parameters.count, "the parameters are those of another model")
      let plan = Plan<Float>(declarations.graph, outputs: [y])
      return Block(plan: plan, inputs: plan.buffer(x), outputs: plan.buffer(y), rows: rows)
    }
    full = rows >= Self.blockRows ? block(Self.blockRows) : nil
    last = block(rows % Self.blockRows)
  }

  /// Computes the outputs with the present parameters; everything below speaks of them.
  package func refresh() {
    var start = 0
    while start < rows {
      let block = rows - start >= Self.blockRows ? full! : last!
      block.inputs.baseAddress!.update(from: features.base + start * columns, count: block.rows * columns)
      block.plan.run(parameters: parameters.base)
      (results.base + start * width).update(from: block.outputs.baseAddress!, count: block.rows * width)
      start += block.rows
    }
  }

  /// rows × outputs.
  package var outputs: UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: results.base, count: results.count)
  }

  /// Whether all outputs are finite.
  package var isFinite: Bool { areFinite(results.base, count: results.count) }

  /// The share of rows whose largest output (the first of equals) is that of their class.
  package func accuracy(_ labels: [Int32]) -> Double {
    var correct = 0
    for (i, label) in labels.enumerated()
    where indexOfLargest(results.base + i * width, count: width) == Int(label) { correct += 1 }
    return Double(correct) / Double(labels.count)
  }

  /// Softmax of the outputs in double precision, rows × outputs.
  package func probabilities() -> [Double] {
    [Double](unsafeUninitializedCapacity: rows * width) { buffer, count in
      if rows > 0 { softmax(results.base, rows: rows, classes: width, into: buffer.baseAddress!) }
      count = rows * width
    }
  }
}
