import Experiments
import Parts
import Tensors

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
      floor + (1 - floor) * (1 + cosine(.pi * Double($0) / Double(span.steps))) / 2
    }
  }
}

let floorDeclaration = Hyperparameter(
  "floor", .number(0...1), default: .number(0), "share of the learning rate at the end")
