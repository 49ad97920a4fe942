import Randomness
import Tensors

/// A loss on rows of a stream, with a second batch drawn from a memory where there is one.
struct TaskLoss: BatchLoss {
  let rows: StreamRows
  /// Rows of which each step draws as many as it has others, uniformly and with replacement.
  var rehearsed: (rows: StreamRows, stream: RandomStream)?
  let terms: (TaskBatch) -> Tensor

  init(
    _ rows: StreamRows, rehearsed: (rows: StreamRows, stream: RandomStream)? = nil,
    _ terms: @escaping (TaskBatch) -> Tensor
  ) {
    self.rows = rows
    self.rehearsed = rehearsed
    self.terms = terms
  }

  var examples: Int { rows.count }

  func build(rows count: Int, weights: Weights) -> BatchGraph {
    let own = BatchInputs(rows, count, weights.graph, prefix: "")
    let second = rehearsed.map { BatchInputs($0.rows, count, weights.graph, prefix: "rehearsed ") }
    let loss = terms(TaskBatch(own: own, rehearsed: second, weights: weights))
    return BatchGraph(loss: loss) { plan in
      let fill = own.bind(plan)
      guard let second, let (memory, stream) = rehearsed else { return fill }
      let fillSecond = second.bind(plan)
      // A step's rows are drawn from a stream of its own batch size, so both of an epoch's sizes draw apart.
      var draws = stream.indexed(count)
      var places = [Int32](repeating: 0, count: count)
      return { order in
        fill(order)
        for i in 0..<count { places[i] = Int32(draws.below(memory.count)) }
        places.withUnsafeBufferPointer(fillSecond)
      }
    }
  }
}

/// A batch as its loss sees it.
struct TaskBatch {
  let own: BatchInputs
  let rehearsed: BatchInputs?
  let weights: Weights
}

/// The inputs of a graph that hold some rows.
struct BatchInputs {
  /// rows × columns.
  let x: Tensor
  let labels: IndexTensor
  /// rows × classes; nil where nothing was said of the rows.
  let logits: Tensor?
  private let rows: StreamRows

  init(_ rows: StreamRows, _ count: Int, _ graph: Graph, prefix: String) {
    self.rows = rows
    x = graph.input(prefix + "features", [count, rows.columns])
    labels = graph.indexInput(prefix + "labels", [count])
    logits = rows.logits.map { graph.input(prefix + "logits", [count, $0.count / rows.count]) }
  }

  func bind(_ plan: Plan<Float>) -> BatchGraph.Fill {
    let columns = rows.columns
    let features = rows.features
    let target = plan.buffer(x).baseAddress!
    let labels = rows.labels
    let labelTarget = plan.uses(self.labels) ? plan.buffer(self.labels).baseAddress! : nil
    let said = rows.logits
    let width = said.map { $0.count / rows.count } ?? 0
    let saidTarget = logits.flatMap { plan.uses($0) ? plan.buffer($0).baseAddress! : nil }
    return { order in
      for i in 0..<order.count {
        let place = Int(order[i])
        (target + i &* columns).update(from: features.base + place &* columns, count: columns)
        if let labelTarget { labelTarget[i] = labels[place] }
        if let said, let saidTarget {
          (saidTarget + i &* width).update(from: said.base + place &* width, count: width)
        }
      }
    }
  }
}

/// The mean cross-entropy among the first `seen` classes.
func meanCrossEntropy(_ logits: Tensor, _ labels: IndexTensor, seen: Int) -> Tensor {
  mean(crossEntropy(slice(logits, axis: 1, 0..<seen), labels))
}

/// The mean divergence from what an earlier network said of the first `old` classes.
func meanDistillation(_ logits: Tensor, teacher: Tensor, old: Int, temperature: Double) -> Tensor {
  mean(
    distillation(
      student: slice(logits, axis: 1, 0..<old), teacher: slice(teacher, axis: 1, 0..<old),
      temperature: temperature))
}
