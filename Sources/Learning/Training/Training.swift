import Experiments
import Randomness
import Tensors

/// How long and how fast to train.
package struct TrainingPlan {
  package let epochs: Int
  /// Examples a step; the last batch of an epoch holds what is left.
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

/// A training by mini-batches, one random permutation of the examples an epoch.
///
/// It can be stopped after any step, saved by `exchange`, and gone on with elsewhere to the same bits. All its
/// randomness comes from streams named by purpose and index — `initial-weights` by parameter, `batch-order` by
/// epoch, `noise` by step — so the counters saved are the generator's whole state. A step allocates nothing.
package final class Training {
  /// The present parameters.
  package let parameters: FloatBuffer
  package let layout: ParameterLayout
  /// Examples seen and flops of all evaluations so far.
  package private(set) var cost = CountedCost()
  /// Epochs completed.
  package private(set) var epoch = 0

  private let plan: TrainingPlan
  private let examples: Int
  private let stream: (_ purpose: String, _ index: Int) -> RandomStream
  private let noise: RandomStream
  private let full: Pass
  /// For an epoch's last batch, where it is smaller.
  private let last: Pass?
  private let validation: Validation?
  private let descent: Descent
  private var order: [Int32] = []
  /// Examples of this epoch already used, and the sum of their losses.
  private var position = 0
  private var lossSum = 0.0

  /// - Parameters:
  ///   - loss: at least one example.
  ///   - validation: held-out examples the schedule is told of.
  ///   - source: what the model's weights are made of.
  package init(
    _ loss: any BatchLoss, validation: (any BatchLoss)? = nil, _ plan: TrainingPlan,
    source: any WeightSource = PlainWeights(),
    stream: @escaping (_ purpose: String, _ index: Int) -> RandomStream
  ) {
    precondition(loss.examples > 0, "training needs an example")
    self.plan = plan
    self.stream = stream
    noise = stream("noise", 0)
    examples = loss.examples
    let batch = min(plan.batchSize, examples)
    let left = examples % batch
    full = Pass(loss, rows: batch, isTraining: true, source: source)
    last = left == 0 ? nil : Pass(loss, rows: left, isTraining: true, source: source)
    layout = full.declarations.layout
    parameters = full.declarations.initialBlock { stream("initial-weights", $0) }
    let perEpoch = (examples + batch - 1) / batch
    descent = Descent(
      plan.descent, layout, steps: plan.epochs * perEpoch, stepsPerEpoch: perEpoch, batchSize: batch)
    self.validation = validation.map { Validation($0, source: source) }
  }

  /// Trains to the end of the plan, or to an earlier epoch.
  ///
  /// - Parameters:
  ///   - end: the epochs to have completed; nil for all.
  ///   - afterEpoch: told the epoch (from 1) and its mean training loss, each example's as it was before the
  ///     step it was part of; not called for an epoch that diverged.
  package func run(to end: Int? = nil, afterEpoch: (_ epoch: Int, _ loss: Double) -> Void) -> TrainingEnd {
    while epoch < min(end ?? plan.epochs, plan.epochs) {
      guard let loss = step() else { continue }
      guard loss.isFinite, areFinite(parameters.base, count: parameters.count) else {
        return .diverged(epoch: epoch)
      }
      if let validation { descent.hear(validationLoss: validation.loss(parameters.base)) }
      afterEpoch(epoch, loss)
    }
    return .finished
  }

  /// Takes one step; gives the epoch's mean loss when it was its last.
  package func step() -> Double? {
    if order.isEmpty {
      var stream = stream("batch-order", epoch + 1)
      order = stream.permutation(examples)
    }
    let rows = min(full.rows, examples - position)
    let pass = rows == full.rows ? full : last!
    let first = order.withUnsafeBufferPointer { order in
      pass.prepare(UnsafeBufferPointer(rebasing: order[position..<position + rows])) {
        noise.indexed(descent.steps * pass.noiseCount + $0)
      }
      return descend(pass)
    }
    lossSum += first * Double(rows)
    cost.examples += rows
    position += rows
    guard position == examples else { return nil }
    let loss = lossSum / Double(examples)
    order = []
    (position, lossSum) = (0, 0)
    epoch += 1
    return loss
  }

  /// One step of the descent on a prepared batch; gives the loss before it.
  private func descend(_ pass: Pass) -> Double {
    var first: Double?
    descent.step(parameters.base, gradient: pass.plan.gradient.baseAddress!) {
      let loss = pass.evaluate(parameters.base)
      cost.flops += pass.plan.flops
      if first == nil {
        first = loss
        pass.updateRunningMeans(parameters.base)
      }
    }
    return first!
  }

  /// The operations of one evaluation of a full batch, by kind.
  package var flopsByKind: [(kind: String, flops: Int)] { full.plan.flopsByKind }

  /// Saves or restores parameters, optimizer, schedule, counters and cost.
  package func exchange(_ archive: StateArchive) throws {
    try archive.exchange("parameters", parameters)
    try archive.exchange("descent") { try descent.exchange(archive) }
    try archive.exchange("epoch", &epoch)
    try archive.exchange("position", &position)
    try archive.exchange("loss-sum", &lossSum)
    try archive.exchange("examples", &cost.examples)
    try archive.exchange("flops", &cost.flops)
    guard archive.isRestoring else { return }
    var stream = stream("batch-order", epoch + 1)
    order = position == 0 ? [] : stream.permutation(examples)
  }
}
