import Experiments
import Parts

/// Half a cosine from 1 to the floor (Loshchilov & Hutter, "SGDR", ICLR 2017, eq. 5, without restarts):
/// floor + (1 − floor)·(1 + cos(π·t/T))/2 at step t of T, from 0.
package struct Cosine: Schedule {
  package static let name = "cosine"
  package static let revision = 1
  package static let summary = "the learning rate falls along half a cosine over the whole training"
  package static let hyperparameters = [floorDeclaration]

  private let floor: Double

  package init(_ settings: Settings) { floor = settings.number("floor") }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    let floor = floor
    return FormulaCourse {
      floor + (1 - floor) * (1 + cosine(halfTurns: Double($0) / Double(span.steps))) / 2
    }
  }
}

let floorDeclaration = Hyperparameter(
  "floor", .number(0...1), default: .number(0), "share of the learning rate at the end")

/// cos(π·x) for x in 0 … 1, the same bits on every machine; error below 1e-15.
func cosine(halfTurns x: Double) -> Double {
  if x > 0.5 { return -cosine(halfTurns: 1 - x) }
  // Taylor's series of cos below a quarter of π, and of sin of the complement above.
  let isSmall = x <= 0.25
  let angle = .pi * (isSmall ? x : 0.5 - x)
  let z = angle * angle
  var sum = 1.0
  var factor = 18.0
  while factor >= 2 {
    let (first, second) = isSmall ? (factor - 1, factor) : (factor, factor + 1)
    sum = 1 - z / (first * second) * sum
    factor -= 2
  }
  return isSmall ? sum : angle * sum
}
