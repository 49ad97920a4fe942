import Experiments
import Tensors

/// A new extractor trained beside features that older, frozen ones gave; a row is its own numbers, then those
/// features.
struct Expansion {
  let context: LearnerContext
  /// Features that come with a row.
  let frozen: Int
  /// Outputs of a second head, which sees the new features only and serves training.
  let auxiliaryOutputs: Int

  /// What a trained expansion is: the parameters of extractor and head, one after the other.
  struct Trained {
    let parameters: FloatBuffer
    let extractor: FloatBuffer
    let layout: ParameterLayout
    let cost: CountedCost
    let end: TrainingEnd
  }

  /// - Parameters:
  ///   - former: an expansion by fewer extractors whose head this one starts from.
  ///   - terms: the loss by a batch, the logits of all classes, and those of the second head.
  func train(
    _ name: String, _ rows: StreamRows, from former: Trained?,
    _ terms: @escaping (BatchInputs, _ logits: Tensor, _ auxiliary: Tensor) -> Tensor
  ) -> Trained {
    let loss = TaskLoss(rows) { batch in
      let (features, logits) = outputs(batch.own.x, batch.weights)
      return terms(batch.own, logits, dense(features, auxiliaryOutputs, batch.weights["auxiliary"]))
    }
    let (training, end) = trained(context, name, loss) { training in
      if let former { Self.copyHead(former, to: training) }
    }
    func block(_ isWanted: (ParameterSlot) -> Bool) -> FloatBuffer {
      let count = training.layout.slots.filter(isWanted).reduce(0) { $0 + $1.count }
      let block = FloatBuffer(zeros: count)
      block.base.update(from: training.parameters.base, count: count)
      return block
    }
    return Trained(
      parameters: block { !$0.name.hasPrefix("auxiliary.") },
      extractor: block { $0.name.hasPrefix("extractor.") }, layout: training.layout, cost: training.cost,
      end: end)
  }

  /// The new features and the logits of all classes.
  func outputs(_ x: Tensor, _ weights: Weights) -> (features: Tensor, logits: Tensor) {
    let columns = context.columns
    let new = context.represent(slice(x, axis: 1, 0..<columns), weights)
    guard frozen > 0 else { return (new, context.head(new, weights)) }
    let old = slice(x, axis: 1, columns..<columns + frozen)
    return (new, context.head(concatenate([old, new], axis: 1), weights))
  }

  /// What a trained expansion says of rows with their frozen features.
  func outputs(_ trained: Trained, of rows: StreamRows) -> (features: FloatBuffer, logits: FloatBuffer) {
    networkOutputs(trained.parameters, on: rows.features, columns: rows.columns, context, build: outputs)
  }

  /// The head over fewer features becomes the first rows of the head over more.
  private static func copyHead(_ former: Trained, to training: Training) {
    for name in ["head.weight", "head.bias"] {
      guard let old = former.layout.slots.first(where: { $0.name == name }),
        let new = training.layout.slots.first(where: { $0.name == name })
      else { preconditionFailure("every network has a head") }
      (training.parameters.base + new.offset)
        .update(from: former.parameters.base + old.offset, count: old.count)
    }
  }
}

/// What a frozen extractor makes of rows, rows × width.
func frozenFeatures(_ extractor: FloatBuffer, of rows: FloatBuffer, _ context: LearnerContext) -> FloatBuffer
{
  let scoring = Scoring(extractor, on: rows, columns: context.columns, outputs: context.width) {
    context.represent($0, $1)
  }
  scoring.refresh()
  return FloatBuffer(Array(scoring.outputs))
}
