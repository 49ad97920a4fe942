import Experiments
import Parts
import Tensors

/// Learning without forgetting (Li & Hoiem, ECCV 2016) in the class-incremental form: cross-entropy among the new
/// classes, plus λ times the divergence from what the network said of the new rows before, among the old classes.
package struct LwF: ContinualLearner {
  package static let name = "lwf"
  package static let revision = 1
  package static let summary = "distils what the network said of the new rows before it learned them"
  package static let hyperparameters = [
    temperatureDeclaration,
    Hyperparameter("distillation", .number(0...1e6), default: .number(1), "λ, the weight of the divergence"),
  ]

  private let temperature: Double
  private let distillation: Double

  package init(_ settings: Settings) {
    temperature = settings.number("temperature")
    distillation = settings.number("distillation")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    WithoutForgetting(context, temperature: temperature, distillation: distillation)
  }
}

private final class WithoutForgetting: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private let temperature: Double
  private let distillation: Double

  init(_ context: LearnerContext, temperature: Double, distillation: Double) {
    network = IncrementalNetwork(context)
    self.temperature = temperature
    self.distillation = distillation
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, temperature, weight) = (network, temperature, distillation)
    let rows = network.taught(session.rows.labelled(from: session.old))
    return network.train(
      session.name,
      TaskLoss(rows) { batch in
        let logits = network.logits(batch.own.x, batch.weights)
        let new = slice(logits, axis: 1, session.old..<session.seen)
        let loss = mean(crossEntropy(new, batch.own.labels))
        guard let teacher = batch.own.logits else { return loss }
        return loss + weight
          * meanDistillation(logits, teacher: teacher, old: session.old, temperature: temperature)
      })
  }
}
