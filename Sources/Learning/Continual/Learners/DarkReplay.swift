import Experiments
import Parts
import Tensors

/// Dark experience replay (Buzzega et al., NeurIPS 2020, "DER++", eq. 6): each step draws kept rows and adds
/// α·‖z − z'‖² to what the network said of them when they were kept, and β times their cross-entropy.
///
/// Deviations: the memory holds equally many rows of each class, taken in at a session's end, instead of a
/// reservoir of the stream; both terms use one draw; the square is averaged over the logits.
package struct DarkReplay: ContinualLearner {
  package static let name = "dark-replay"
  package static let revision = 1
  package static let summary = "keeps rows with the logits they had, and holds the network to both"
  package static let hyperparameters = [
    memoryDeclaration,
    Hyperparameter("alpha", .number(0...1e6), default: .number(0.5), "α, the weight of the kept logits"),
    Hyperparameter("beta", .number(0...1e6), default: .number(0.5), "β, the weight of the kept labels"),
  ]

  private let memory: Int
  private let alpha: Double
  private let beta: Double

  package init(_ settings: Settings) {
    memory = settings.integer("memory")
    alpha = settings.number("alpha")
    beta = settings.number("beta")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    DarkReplaying(context, ExemplarMemory(perClass: memory), alpha: alpha, beta: beta)
  }
}

private final class DarkReplaying: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private var memory: ExemplarMemory
  private let alpha: Double
  private let beta: Double

  init(_ context: LearnerContext, _ memory: ExemplarMemory, alpha: Double, beta: Double) {
    network = IncrementalNetwork(context)
    self.memory = memory
    self.alpha = alpha
    self.beta = beta
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, alpha, beta) = (network, alpha, beta)
    let draws = network.context.stream("\(session.name) rehearsal", 0)
    let end = network.train(
      session.name,
      TaskLoss(session.rows, rehearsed: memory.rows.map { ($0, draws) }) { batch in
        guard let kept = batch.rehearsed, let said = kept.logits else {
          return meanCrossEntropy(
            network.logits(batch.own.x, batch.weights), batch.own.labels, seen: session.seen)
        }
        let count = batch.own.x.shape[0]
        let all = network.logits(concatenate([batch.own.x, kept.x], axis: 0), batch.weights)
        let (new, old) = (slice(all, axis: 0, 0..<count), slice(all, axis: 0, count..<2 * count))
        return meanCrossEntropy(new, batch.own.labels, seen: session.seen)
          + alpha * mean(squaredError(old, targets: said))
          + beta * meanCrossEntropy(old, kept.labels, seen: session.seen)
      })
    network.remember(session, in: &memory, withLogits: true)
    return end
  }
}
