import Experiments
import Parts
import Tensors

/// Weight aligning (Zhao et al., CVPR 2020): rows are kept and the old network is distilled, with the weight
/// λ = old classes / all classes, and after each session the head's weights of the new classes are multiplied by the
/// ratio of the mean norms of old and new ones (eq. 9).
package struct WA: ContinualLearner {
  package static let name = "wa"
  package static let revision = 1
  package static let summary =
    "keeps rows, distils, and scales the head's new weights to the norm of its old ones"
  package static let hyperparameters = [memoryDeclaration, temperatureDeclaration]

  private let memory: Int
  private let temperature: Double

  package init(_ settings: Settings) {
    memory = settings.integer("memory")
    temperature = settings.number("temperature")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    Aligning(context, ExemplarMemory(perClass: memory), temperature: temperature)
  }
}

private final class Aligning: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private var memory: ExemplarMemory
  private let temperature: Double

  init(_ context: LearnerContext, _ memory: ExemplarMemory, temperature: Double) {
    network = IncrementalNetwork(context)
    self.memory = memory
    self.temperature = temperature
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, temperature) = (network, temperature)
    let share = Double(session.old) / Double(session.seen)
    let rows = network.taught(session.rows.joined(with: memory.rows))
    let end = network.train(
      session.name,
      TaskLoss(rows) { batch in
        let logits = network.logits(batch.own.x, batch.weights)
        let loss = meanCrossEntropy(logits, batch.own.labels, seen: session.seen)
        guard let teacher = batch.own.logits else { return loss }
        return (1 - share) * loss + share
          * meanDistillation(logits, teacher: teacher, old: session.old, temperature: temperature)
      })
    if session.old > 0 { align(session) }
    network.remember(session, in: &memory)
    return end
  }

  private func align(_ session: Session) {
    guard let slot = network.layout?.slots.first(where: { $0.name == "head.weight" }) else {
      preconditionFailure("every network has a head")
    }
    let (rows, classes) = (slot.shape[0], slot.shape[1])
    let weights = network.parameters!.base + slot.offset
    func meanNorm(_ places: Range<Int>) -> Double {
      places.reduce(0.0) { sum, place in
        sum
          + (0..<rows).reduce(0.0) {
            $0 + Double(weights[$1 * classes + place]) * Double(weights[$1 * classes + place])
          }
          .squareRoot()
      } / Double(places.count)
    }
    let new = meanNorm(session.old..<session.seen)
    guard new > 0 else { return }
    let factor = Float(meanNorm(0..<session.old) / new)
    for row in 0..<rows {
      for place in session.old..<session.seen { weights[row * classes + place] *= factor }
    }
  }
}
