import Parts
import Tensors

/// What a network is trained on: features and targets of the fit rows, in memory.
package struct TrainingSet {
  /// The truth of each row, and with it the loss.
  package enum Targets {
    /// Class indices; the loss is the cross-entropy of the softmax, in nats.
    case classes([Int32])
    /// Numbers; the loss is the squared error.
    case numbers([Float])
  }

  /// rows × columns.
  package let features: FloatBuffer
  package let targets: Targets
  package let rows: Int
  package let columns: Int

  package init(features: FloatBuffer, targets: Targets) {
    switch targets {
    case .classes(let labels): rows = labels.count
    case .numbers(let values): rows = values.count
    }
    precondition(rows > 0 && features.count % rows == 0, "a training set needs rows of equal length")
    columns = features.count / rows
    self.features = features
    self.targets = targets
  }
}

/// One mini-batch, copied from a training set into memory of its own.
final class Batch {
  let features: FloatBuffer
  private let labels: UnsafeMutableBufferPointer<Int32>
  private let numbers: FloatBuffer

  init(capacity: Int, columns: Int) {
    features = FloatBuffer(zeros: capacity * columns)
    labels = .allocate(capacity: capacity)
    labels.initialize(repeating: 0)
    numbers = FloatBuffer(zeros: capacity)
  }

  deinit { labels.deallocate() }

  /// Copies the rows at `order`.
  func fill(from set: TrainingSet, _ order: UnsafeBufferPointer<Int32>) {
    let columns = set.columns
    for i in 0..<order.count {
      (features.base + i &* columns).update(
        from: set.features.base + Int(order[i]) &* columns, count: columns)
    }
    switch set.targets {
    case .classes(let all): for i in 0..<order.count { labels[i] = all[Int(order[i])] }
    case .numbers(let all): for i in 0..<order.count { numbers.base[i] = all[Int(order[i])] }
    }
  }

  /// Replaces the network's outputs for this batch by the derivative of the mean loss; returns the summed
  /// loss.
  func lossGradient(_ outputs: UnsafeMutablePointer<Float>, of set: TrainingSet, rows: Int, width: Int)
    -> Double
  {
    switch set.targets {
    case .classes: crossEntropyGradient(outputs, labels: labels.baseAddress!, rows: rows, classes: width)
    case .numbers: squaredErrorGradient(outputs, targets: numbers.base, rows: rows * width)
    }
  }
}
