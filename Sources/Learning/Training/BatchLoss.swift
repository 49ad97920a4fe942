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
    /// et al., CVPR 2016, §7).
    case crossEntropy(labelSmoothing: Double)
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
    case (.classes(let all), .crossEntropy(let smoothing)):
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
}
