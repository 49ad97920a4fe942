import Experiments
import Parts

/// Trains on each session's rows together with those kept of earlier classes (Chaudhry et al. 2019, "tiny episodic
/// memories", with herded rows instead of random ones).
package struct Replay: ContinualLearner {
  package static let name = "replay"
  package static let revision = 1
  package static let summary = "trains on each session's rows together with some kept of every earlier class"
  package static let hyperparameters = [memoryDeclaration]

  private let memory: Int

  package init(_ settings: Settings) { memory = settings.integer("memory") }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    Replaying(context, ExemplarMemory(perClass: memory))
  }
}

private final class Replaying: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private var memory: ExemplarMemory

  init(_ context: LearnerContext, _ memory: ExemplarMemory) {
    network = IncrementalNetwork(context)
    self.memory = memory
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, seen) = (network, seen)
    let end = network.train(
      session.name,
      TaskLoss(session.rows.joined(with: memory.rows)) {
        meanCrossEntropy(network.logits($0.own.x, $0.weights), $0.own.labels, seen: seen)
      })
    network.remember(session, in: &memory)
    return end
  }
}
