import Experiments
import Randomness
import Tensors

/// How long and how fast to train.
package struct TrainingPlan: Sendable {
  package let epochs: Int
  /// Rows a step; the last batch of an epoch holds what is left.
  package let batchSize: Int
  package let learningRate: Double
  /// λ of decoupled weight decay (Loshchilov & Hutter, ICLR 2019): before each step
  /// w ← (1 − η·λ)·w, for weights but not for biases.
  package let weightDecay: Double

  package init(epochs: Int, batchSize: Int, learningRate: Double, weightDecay: Double) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weightDecay = weightDecay
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
  private let optimization: any Optimization
  /// Examples seen and flops of the training's matrix products so far.
  package private(set) var cost = CountedCost()

  package init(_ network: Network, on set: TrainingSet, with optimizer: any Optimizer, _ plan: TrainingPlan) {
    precondition(network.inputs == set.columns, "the network takes as many inputs as there are columns")
    self.network = network
    self.set = set
    self.plan = plan
    optimization = optimizer.start(count: network.parameters.count)
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
      cost.flops += network.forwardFlops(rows: set.rows) + network.backwardFlops(rows: set.rows)
      guard loss.isFinite, areFinite(network.parameters.base, count: network.parameters.count) else {
        return .diverged(epoch: epoch + 1)
      }
      afterEpoch(epoch + 1, loss)
    }
    return .finished
  }

  /// One step on a filled batch; returns the summed loss before it.
  private func step(_ batch: Batch, rows: Int, _ activations: Activations) -> Double {
    let input = UnsafePointer(batch.features.base)
    network.forward(input, rows: rows, activations)
    let loss = batch.lossGradient(activations.last, of: set, rows: rows, width: network.outputs)
    network.backward(input, rows: rows, activations)
    if plan.weightDecay > 0 {
      scale(
        network.parameters.base, by: Float(1 - plan.learningRate * plan.weightDecay),
        count: network.weightCount)
    }
    optimization.step(
      network.parameters.base, gradient: network.gradient.base, learningRate: plan.learningRate)
    return loss
  }
}
