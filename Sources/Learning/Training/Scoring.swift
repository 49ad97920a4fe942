import Tensors

/// The rows a trained network is scored on, with the memory to do it again and again.
///
/// Rows go through the network in blocks of fixed size, because the bits of a matrix product depend on how
/// many rows are computed together.
package final class Scoring {
  private static let blockRows = 256

  private let network: Network
  private let features: FloatBuffer
  private let rows: Int
  private let activations: Activations
  private let results: FloatBuffer

  /// - Parameter features: rows × inputs.
  package init(_ network: Network, on features: FloatBuffer) {
    self.network = network
    self.features = features
    rows = features.count / network.inputs
    activations = Activations(for: network, capacity: min(Self.blockRows, rows))
    results = FloatBuffer(zeros: rows * network.outputs)
  }

  /// Computes the outputs with the network's present parameters; everything below speaks of them.
  package func refresh() {
    var start = 0
    while start < rows {
      let count = min(Self.blockRows, rows - start)
      network.forward(features.base + start * network.inputs, rows: count, activations)
      (results.base + start * network.outputs)
        .update(from: activations.last, count: count * network.outputs)
      start += count
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
    where indexOfLargest(results.base + i * network.outputs, count: network.outputs) == Int(label) {
      correct += 1
    }
    return Double(correct) / Double(labels.count)
  }

  /// Softmax of the outputs in double precision, rows × outputs.
  package func probabilities() -> [Double] {
    [Double](unsafeUninitializedCapacity: rows * network.outputs) { buffer, count in
      if rows > 0 { softmax(results.base, rows: rows, classes: network.outputs, into: buffer.baseAddress!) }
      count = rows * network.outputs
    }
  }
}
