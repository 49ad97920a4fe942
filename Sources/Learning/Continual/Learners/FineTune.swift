import Experiments
import Parts

/// Trains on each session's rows alone: what every other learner is measured against.
package struct FineTune: ContinualLearner {
  package static let name = "fine-tune"
  package static let revision = 1
  package static let summary = "trains on each session's rows alone, keeping nothing of earlier ones"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func start(_ context: LearnerContext) -> any ContinualLearning { FineTuning(context) }
}

private final class FineTuning: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0

  init(_ context: LearnerContext) { network = IncrementalNetwork(context) }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, seen) = (network, seen)
    return network.train(
      session.name,
      TaskLoss(session.rows) {
        meanCrossEntropy(network.logits($0.own.x, $0.weights), $0.own.labels, seen: seen)
      })
  }
}
