import Experiments
import Parts

/// All continual learners; one line each, in alphabetical order.
package let continualLearnerRegistry = Registry<any ContinualLearner.Type>(
  .continualLearner,
  [
    DarkReplay.self,
    EWC.self,
    Expandable.self,
    FineTune.self,
    ICaRL.self,
    LwF.self,
    PruneAfterExpand.self,
    Replay.self,
    SI.self,
    WA.self,
  ], name: { $0.name })

/// The learner that checked settings name.
package func continualLearner(_ settings: Settings, _ name: String) -> any ContinualLearner {
  let (part, inner) = settings.part(name)
  guard let type = continualLearnerRegistry[part] else {
    preconditionFailure("settings were checked against the registries before")
  }
  return type.init(inner)
}

/// The setting of learners that keep rows.
package let memoryDeclaration = Hyperparameter(
  "memory", .integer(1...10_000), default: .integer(20), "rows kept of each class, chosen by herding")

/// The setting of learners that distil.
let temperatureDeclaration = Hyperparameter(
  "temperature", .number(0.1...100), default: .number(2),
  "what logits are divided by where they are distilled")
