import Tensors

/// A loss over batches of examples: how its graph is built for a batch size, and filled for chosen examples.
///
/// Training asks for one graph per batch size, so both of an epoch's sizes have a plan of their own.
package protocol BatchLoss {
  /// How many examples there are to choose from.
  var examples: Int { get }
  /// The graph of the mean loss over `rows` examples.
  func build(rows: Int, weights: Weights) -> BatchGraph
}

/// The loss of one batch as a graph, and how its inputs are filled.
package struct BatchGraph {
  /// Copies the examples with these numbers, as many as the batch has rows, into a plan's inputs.
  package typealias Fill = (UnsafeBufferPointer<Int32>) -> Void

  /// The mean loss, a scalar.
  package let loss: Tensor
  /// Finds the inputs in a compiled plan; `Fill` then allocates nothing.
  package let bind: (Plan<Float>) -> Fill

  package init(loss: Tensor, bind: @escaping (Plan<Float>) -> Fill) {
    self.loss = loss
    self.bind = bind
  }
}

/// The loss of a model on labelled rows.
package struct SupervisedLoss: BatchLoss {
  /// What is made small.
  package enum Objective: Hashable, Sendable {
    /// Cross-entropy of the softmax, in nats, with a share of each target spread evenly over the classes (Szegedy
    /// et al., CVPR 2016, §7); with mixup α above 0 of rows mixed in pairs (Zhang et al., ICLR 2018, equation 1).
    ///
    /// A row's partner is the one as far from the other end of the batch, which a random order makes a random one, and
    /// each row has a share of its own from Beta(α, α); the authors' program draws one share a batch.
    case crossEntropy(labelSmoothing: Double, mixup: Double = 0)
    case squaredError
  }

  private let model: any NetworkModel
  private let data: TrainingSet
  private let outputs: Int
  private let objective: Objective

  /// - Parameter outputs: numbers the model gives for a row.
  package init(_ model: any NetworkModel, on set: TrainingSet, outputs: Int, _ objective: Objective) {
    self.model = model
    data = set
    self.outputs = outputs
    self.objective = objective
  }

  package var examples: Int { data.rows }

  package func build(rows: Int, weights: Weights) -> BatchGraph {
    let graph = weights.graph
    let x = graph.input("features", [rows, data.columns])
    if case .classes(let all) = data.targets, case .crossEntropy(let smoothing, let mixup) = objective,
      mixup > 0, weights.isTraining
    {
      return mixed(x, all, smoothing: smoothing, share: weights.mixingShares(rows, alpha: mixup), weights)
    }
    let y = model.outputs(x, count: outputs, weights: weights)
    let data = data
    func rowsFill(_ plan: Plan<Float>) -> BatchGraph.Fill {
      let columns = data.columns
      let target = plan.buffer(x).baseAddress!
      return { order in
        for i in 0..<order.count {
          (target + i &* columns).update(from: data.features.base + Int(order[i]) &* columns, count: columns)
        }
      }
    }
    switch (data.targets, objective) {
    case (.classes(let all), .crossEntropy(let smoothing, _)):
      let labels = graph.indexInput("labels", [rows])
      return BatchGraph(loss: mean(crossEntropy(y, labels, smoothing: smoothing))) { plan in
        let fill = rowsFill(plan)
        let target = plan.buffer(labels).baseAddress!
        return { order in
          fill(order)
          for i in 0..<order.count { target[i] = all[Int(order[i])] }
        }
      }
    case (.numbers(let all), .squaredError):
      let targets = graph.input("targets", [rows, 1])
      return BatchGraph(loss: mean(squaredError(y, targets: targets))) { plan in
        let fill = rowsFill(plan)
        let target = plan.buffer(targets).baseAddress!
        return { order in
          fill(order)
          for i in 0..<order.count { target[i] = all[Int(order[i])] }
        }
      }
    default: preconditionFailure("the objective is not for these targets")
    }
  }

  /// The loss of each row mixed with its partner, rows × 1 being the row's own share.
  private func mixed(
    _ x: Tensor, _ all: [Int32], smoothing: Double, share: Tensor, _ weights: Weights
  ) -> BatchGraph {
    let (graph, rows) = (weights.graph, x.shape[0])
    let partners = graph.input("partner features", x.shape)
    let labels = graph.indexInput("labels", [rows])
    let partnerLabels = graph.indexInput("partner labels", [rows])
    let y = model.outputs(share * x + (1 - share) * partners, count: outputs, weights: weights)
    let ownShare = reshape(share, [rows])
    let loss =
      ownShare * crossEntropy(y, labels, smoothing: smoothing)
      + (1 - ownShare) * crossEntropy(y, partnerLabels, smoothing: smoothing)
    let data = data
    return BatchGraph(loss: mean(loss)) { plan in
      let columns = data.columns
      let (own, other) = (plan.buffer(x).baseAddress!, plan.buffer(partners).baseAddress!)
      let (ownLabels, otherLabels) = (
        plan.buffer(labels).baseAddress!, plan.buffer(partnerLabels).baseAddress!
      )
      return { order in
        for i in 0..<order.count {
          let partner = order.count &- 1 &- i
          let row = data.features.base + Int(order[i]) &* columns
          (own + i &* columns).update(from: row, count: columns)
          (other + partner &* columns).update(from: row, count: columns)
          ownLabels[i] = all[Int(order[i])]
          otherLabels[partner] = all[Int(order[i])]
        }
      }
    }
  }
}
