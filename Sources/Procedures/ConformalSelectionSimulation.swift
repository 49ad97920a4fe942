import Experiments
import Parts
import Randomness
import Tensors

/// Makes up rows with a regression target, selects those whose target it expects above 0, and counts how many of them are not
/// and how many it missed (Bai, Jin, arXiv 2411.17983, section 6.1).
///
/// Twenty features are uniform between −1 and 1. A trial draws training rows once, as many as calibration rows, and fits the
/// candidates to them; each of its replicates draws calibration and new rows of its own. `full` and `trained-split` have no
/// training rows: their ten closed-form candidates learn from the calibration rows.
package struct ConformalSelectionSimulation: Procedure {
  package static let name = "conformal-selection-simulation"
  package static let revision = 2
  package static let summary =
    "selects made-up rows by conformal p-values and counts false discoveries and power"
  package static let hyperparameters =
    [
      Hyperparameter(
        "generator", .choice(["interaction", "smooth"]), default: .text("interaction"),
        "the mean of the target: two regions cut out by an interaction, or a smooth sum"),
      Hyperparameter(
        "noise", .choice(["constant", "varying"]), default: .text("constant"),
        "deviation of the target: 0.5, or a tenth of 5.5 less the mean's size"),
    ] + SelectionTrial.hyperparameters
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = SelectionTrial.columns
  private static let columnsOfFeatures = 20

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = SelectionTrial(settings: settings)
    func rows(_ purpose: String, _ index: Int = 0) -> SelectionRows {
      draw(trial.rows, context.stream(purpose, index: index))
    }
    return try trial.run(context, training: trial.needsTraining ? rows("training-rows") : nil) {
      (rows("calibration-rows", $0), rows("new-rows", $0))
    }
  }

  private func draw(_ count: Int, _ stream: RandomStream) -> SelectionRows {
    var stream = stream
    let columns = Self.columnsOfFeatures
    let features = Matrix(
      rows: count, columns: columns, values: (0..<count * columns).map { _ in 2 * stream.uniform() - 1 })
    let targets = (0..<count).map { row in
      let mean = mean(Array(features.row(row)))
      let deviation = settings.text("noise") == "constant" ? 0.5 : 0.1 * (5.5 - abs(mean))
      return mean + deviation * stream.normal()
    }
    return SelectionRows(features: features, targets: targets)
  }

  private func mean(_ x: [Double]) -> Double {
    if settings.text("generator") == "smooth" {
      return 2 * (x[0] * x[1] + x[2] * x[2] + exponential(x[3] - 1) - 1)
    }
    if x[0] * x[1] > 0 { return x[3] > 0.5 ? 0.25 + x[3] : 0 }
    return x[3] < -0.5 ? x[3] - 0.25 : 0
  }
}
