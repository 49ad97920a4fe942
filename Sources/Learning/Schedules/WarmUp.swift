import Experiments
import Parts

/// A linear rise before another schedule (Goyal et al. 2017, §2.2): (t + 1)/W at the first W steps, t from 0; the
/// other schedule then runs over the steps that are left.
package struct WarmUp: Schedule {
  package static let name = "warm-up"
  package static let revision = 1
  package static let summary =
    "the learning rate rises linearly over the first steps; another schedule follows"
  package static let hyperparameters = [
    Hyperparameter("share", .number(0...1), default: .number(0.05), "share of all steps spent rising"),
    Hyperparameter("then", .part(.schedule), default: .part("constant", Settings()), "what follows"),
  ]

  private let share: Double
  private let next: any Schedule

  package init(_ settings: Settings) {
    share = settings.number("share")
    next = schedule(settings, "then")
  }

  package var validationShare: Double { next.validationShare }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    let rise = Int((share * Double(span.steps)).rounded())
    return RisingCourse(rise: rise, then: next.start(span.dropping(rise)))
  }
}

/// A linear rise over `rise` steps, then another course.
final class RisingCourse: ScheduleCourse {
  private let rise: Int
  private let next: any ScheduleCourse

  init(rise: Int, then next: any ScheduleCourse) {
    self.rise = rise
    self.next = next
  }

  func factor(at step: Int) -> Double {
    step < rise ? Double(step + 1) / Double(rise) : next.factor(at: step - rise)
  }

  func hear(validationLoss: Double) { next.hear(validationLoss: validationLoss) }

  func hear(gradient: UnsafePointer<Float>, parameters: UnsafePointer<Float>, count: Int) {
    next.hear(gradient: gradient, parameters: parameters, count: count)
  }

  func exchange(_ archive: StateArchive) throws { try next.exchange(archive) }
}
