import Experiments
import Randomness
import Tensors

/// How long and how fast to train.
package struct TrainingPlan {
  package let epochs: Int
  /// Rows a step; the last batch of an epoch holds what is left.
  package let batchSize: Int
  package let descent: DescentPlan

  package init(epochs: Int, batchSize: Int, descent: DescentPlan) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.descent = descent
  }
}

/// How a training ended.
package enum TrainingEnd: Hashable, Sendable {
  case finished
  /// The loss or a parameter was not finite when this epoch (from 1) was over.
  case diverged(epoch: Int)
}

/// Trains a network by mini-batches, one random permutation of the rows an epoch.
///
/// Nothing is allocated inside a step.
package struct Training {
  private let network: Network
  private let set: TrainingSet
  private let plan: TrainingPlan
  private let descent: Descent
  /// Examples seen and flops of the training's matrix products so far.
  package private(set) var cost = CountedCost()

  package init(_ network: Network, on set: TrainingSet, _ plan: TrainingPlan) {
    precondition(network.inputs == set.columns, "the network takes as many inputs as there are columns")
    self.network = network
    self.set = set
    self.plan = plan
    let batch = min(plan.batchSize, set.rows)
    let perEpoch = (set.rows + batch - 1) / batch
    descent = Descent(
      plan.descent, network.layout, steps: plan.epochs * perEpoch, stepsPerEpoch: perEpoch, batchSize: batch)
  }

  /// Trains from the network's present parameters.
  ///
  /// - Parameters:
  ///   - batchOrder: the random stream of an epoch's permutation, by epoch from 1.
  ///   - afterEpoch: told the epoch and its mean training loss a row, as it was before each step; not called
  ///     for an epoch that diverged.
  package mutating func run(
    batchOrder: (Int) -> RandomStream, afterEpoch: (_ epoch: Int, _ loss: Double) -> Void
  ) -> TrainingEnd {
    let capacity = min(plan.batchSize, set.rows)
    let batch = Batch(capacity: capacity, columns: set.columns)
    let activations = Activations(for: network, capacity: capacity)
    for epoch in 0..<plan.epochs {
      var stream = batchOrder(epoch + 1)
      let order = stream.permutation(set.rows)
      let loss = order.withUnsafeBufferPointer { order in
        var loss = 0.0
        var start = 0
        while start < order.count {
          let end = min(start + capacity, order.count)
          batch.fill(from: set, UnsafeBufferPointer(rebasing: order[start..<end]))
          loss += step(batch, rows: end - start, activations)
          start = end
        }
        return loss / Double(order.count)
      }
      cost.examples += set.rows
      guard loss.isFinite, areFinite(network.parameters.base, count: network.parameters.count) else {
        return .diverged(epoch: epoch + 1)
      }
      afterEpoch(epoch + 1, loss)
    }
    return .finished
  }

  /// One step on a filled batch; returns the summed loss before it.
  private mutating func step(_ batch: Batch, rows: Int, _ activations: Activations) -> Double {
    let input = UnsafePointer(batch.features.base)
    var first: Double?
    descent.step(network.parameters.base, gradient: network.gradient.base) {
      network.forward(input, rows: rows, activations)
      let loss = batch.lossGradient(activations.last, of: set, rows: rows, width: network.outputs)
      first = first ?? loss
      network.backward(input, rows: rows, activations)
      cost.flops += network.forwardFlops(rows: rows) + network.backwardFlops(rows: rows)
    }
    return first!
  }
}
