import Experiments
import Parts

/// The learning rate is cut when a held-out loss stops falling: after more than `patience` epochs in a row in
/// which the loss stayed above (1 − `threshold`) of the best so far, the factor is multiplied by `factor` and the
/// count starts again.
///
/// The loss is that on rows held out of the fit rows for this; rows that are scored are never looked at.
package struct Plateau: Schedule {
  package static let name = "plateau"
  package static let revision = 1
  package static let summary =
    "the learning rate is cut when the loss on rows held out of the fit rows stops falling"
  package static let hyperparameters = [
    Hyperparameter("factor", .number(0...1), default: .number(0.1), "multiplies the rate at each cut"),
    Hyperparameter(
      "patience", .integer(0...10_000), default: .integer(10), "epochs without improvement that are borne"),
    Hyperparameter(
      "threshold", .number(0...1), default: .number(1e-4), "relative improvement that counts as one"),
    Hyperparameter(
      "validation-share", .number(0.01...0.9), default: .number(0.1),
      "share of the fit rows held out of training"),
  ]

  package let validationShare: Double
  private let factor: Double
  private let patience: Int
  private let threshold: Double

  package init(_ settings: Settings) {
    validationShare = settings.number("validation-share")
    factor = settings.number("factor")
    patience = settings.integer("patience")
    threshold = settings.number("threshold")
  }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    PlateauCourse(factor: factor, patience: patience, threshold: threshold)
  }
}

private final class PlateauCourse: ScheduleCourse {
  private let cut: Double
  private let patience: Int
  private let threshold: Double
  private var current = 1.0
  private var best = Double.infinity
  private var waited = 0

  init(factor: Double, patience: Int, threshold: Double) {
    cut = factor
    self.patience = patience
    self.threshold = threshold
  }

  func factor(at step: Int) -> Double { current }

  func hear(validationLoss: Double) {
    if validationLoss < best * (1 - threshold) {
      best = validationLoss
      waited = 0
      return
    }
    waited += 1
    guard waited > patience else { return }
    current *= cut
    waited = 0
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("factor", &current)
    try archive.exchange("best", &best)
    try archive.exchange("waited", &waited)
  }
}
