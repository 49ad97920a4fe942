import Experiments
import Parts
import Tensors

/// The dynamically expandable representation (Yan, Xie & He, CVPR 2021) without its pruning: every session freezes
/// the extractors so far and adds one; the head sees the features of all. A second head that sees the new features
/// only tells the new classes from each other and from all old ones taken together (eq. 8).
///
/// Each session's head starts from the one before it, where both have weights.
package struct Expandable: ContinualLearner {
  package static let name = "expandable"
  package static let revision = 1
  package static let summary = "freezes its extractors and adds one each session; keeps rows"
  package static let hyperparameters = [
    memoryDeclaration,
    Hyperparameter(
      "auxiliary", .number(0...1e6), default: .number(1), "the weight of the second head's loss"),
  ]

  private let memory: Int
  private let auxiliary: Double

  package init(_ settings: Settings) {
    memory = settings.integer("memory")
    auxiliary = settings.number("auxiliary")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    Expanding(context, ExemplarMemory(perClass: memory), auxiliary: auxiliary)
  }
}

private final class Expanding: ContinualLearning {
  private let context: LearnerContext
  private var memory: ExemplarMemory
  private let auxiliary: Double
  private var frozen: [FloatBuffer] = []
  private var seen = 0
  private var latest: Expansion.Trained?
  private(set) var cost = CountedCost()

  init(_ context: LearnerContext, _ memory: ExemplarMemory, auxiliary: Double) {
    self.context = context
    self.memory = memory
    self.auxiliary = auxiliary
  }

  var parameterCount: Int { frozen.reduce(latest!.parameters.count) { $0 + $1.count } }

  func learn(_ session: Session) -> TrainingEnd {
    if let latest { frozen.append(latest.extractor) }
    seen = session.seen
    let new = session.seen - session.old
    let (auxiliary, expansion) = (auxiliary, expansion(auxiliaryOutputs: new + 1))
    let trained = expansion.train(
      session.name, widened(session.rows.joined(with: memory.rows)), from: latest
    ) { batch, logits, second in
      let loss = meanCrossEntropy(logits, batch.labels, seen: session.seen)
      guard session.old > 0 else { return loss }
      // Every old class has the log-probability of "an old one".
      let shares = logSoftmax(second)
      let all = concatenate(
        [
          tile(slice(shares, axis: 1, 0..<1), axis: 1, count: session.old),
          slice(shares, axis: 1, 1..<new + 1),
        ], axis: 1)
      return loss - auxiliary * mean(pick(all, batch.labels))
    }
    cost += trained.cost
    latest = trained
    let features = expansion.outputs(trained, of: widened(session.rows)).features
    memory.add(session, features: features, width: context.width)
    return trained.end
  }

  func classes(of features: FloatBuffer) -> [Int32] {
    let count = features.count / context.columns
    let rows = StreamRows(
      features: features, labels: [Int32](repeating: 0, count: count), columns: context.columns)
    let logits = expansion(auxiliaryOutputs: 1).outputs(latest!, of: widened(rows)).logits
    return largestPlaces(logits, classes: context.classes, seen: seen)
  }

  private func expansion(auxiliaryOutputs: Int) -> Expansion {
    Expansion(
      context: context, frozen: frozen.count * context.width, auxiliaryOutputs: auxiliaryOutputs)
  }

  /// Rows followed by what the frozen extractors make of them.
  private func widened(_ rows: StreamRows) -> StreamRows {
    frozen.reduce(rows) { wide, extractor in
      wide.widened(by: frozenFeatures(extractor, of: rows.features, context), width: context.width)
    }
  }
}
