import Experiments
import Parts

/// All schedules; one line each, in alphabetical order.
package let scheduleRegistry = Registry<any Schedule.Type>(
  .schedule,
  [
    Constant.self,
    Cosine.self,
    Hypergradient.self,
    Plateau.self,
    Power.self,
    Step.self,
    WarmUp.self,
    WSD.self,
  ], name: { $0.name })

/// The schedule that checked settings name.
package func schedule(_ settings: Settings, _ name: String) -> any Schedule {
  let (part, inner) = settings.part(name)
  guard let type = scheduleRegistry[part] else {
    preconditionFailure("settings were checked against the registries before")
  }
  return type.init(inner)
}
