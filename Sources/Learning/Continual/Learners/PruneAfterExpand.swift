import Experiments
import Parts
import Tensors

/// Feature boosting and compression (Wang et al., ECCV 2022, "FOSTER"): each session adds an extractor beside the
/// frozen old one, trained by cross-entropy, by the cross-entropy of a second head that sees the new features only,
/// and by distilling the old network; the two are then distilled into one network of the old size, which goes on.
///
/// Deviations: losses are not re-balanced by class counts; the compressed network starts from the old one.
package struct PruneAfterExpand: ContinualLearner {
  package static let name = "prune-after-expand"
  package static let revision = 1
  package static let summary = "adds an extractor each session, then distils both into one; keeps rows"
  package static let hyperparameters = [
    memoryDeclaration, temperatureDeclaration,
    Hyperparameter(
      "enhancement", .number(0...1e6), default: .number(1), "the weight of the second head's loss"),
    Hyperparameter(
      "distillation", .number(0...1e6), default: .number(1),
      "the weight of the divergence from the old network"),
    Hyperparameter(
      "pruning", .number(0.1...10), default: .number(1),
      "epochs of the last step, as a multiple of a session's"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(_ context: LearnerContext) -> any ContinualLearning { Pruning(context, settings) }
}

private final class Pruning: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private var memory: ExemplarMemory
  private let temperature: Double
  private let enhancement: Double
  private let distillation: Double
  private let pruning: Double
  private var expansionCost = CountedCost()

  init(_ context: LearnerContext, _ settings: Settings) {
    network = IncrementalNetwork(context)
    memory = ExemplarMemory(perClass: settings.integer("memory"))
    temperature = settings.number("temperature")
    enhancement = settings.number("enhancement")
    distillation = settings.number("distillation")
    pruning = settings.number("pruning")
  }

  var cost: CountedCost { network.cost + expansionCost }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let end = session.old == 0 ? learnFirst(session) : expandAndPrune(session)
    network.remember(session, in: &memory)
    return end
  }

  private func learnFirst(_ session: Session) -> TrainingEnd {
    let network = network
    return network.train(
      session.name,
      TaskLoss(session.rows) {
        meanCrossEntropy(network.logits($0.own.x, $0.weights), $0.own.labels, seen: session.seen)
      })
  }

  private func expandAndPrune(_ session: Session) -> TrainingEnd {
    let (context, network, temperature) = (network.context, network, temperature)
    let (enhancement, distillation) = (enhancement, distillation)
    let rows = session.rows.joined(with: memory.rows)
    let old = network.outputs(of: rows.features)
    let expansion = Expansion(
      context: context, frozen: context.width, auxiliaryOutputs: context.classes)
    let wide = rows.with(logits: old.logits).widened(by: old.features, width: context.width)
    let expanded = expansion.train(session.name, wide, from: nil) { batch, logits, second in
      meanCrossEntropy(logits, batch.labels, seen: session.seen)
        + enhancement * meanCrossEntropy(second, batch.labels, seen: session.seen)
        + distillation
        * meanDistillation(logits, teacher: batch.logits!, old: session.old, temperature: temperature)
    }
    expansionCost += expanded.cost
    guard case .finished = expanded.end else { return expanded.end }
    let teacher = expansion.outputs(expanded, of: wide).logits
    let epochs = max(1, Int((pruning * Double(context.plan.epochs)).rounded()))
    return network.train(
      "\(session.name) pruning",
      TaskLoss(rows.with(logits: teacher)) { batch in
        meanDistillation(
          network.logits(batch.own.x, batch.weights), teacher: batch.own.logits!, old: session.seen,
          temperature: temperature)
      },
      plan: TrainingPlan(
        epochs: epochs, batchSize: context.plan.batchSize, descent: context.plan.descent))
  }
}
