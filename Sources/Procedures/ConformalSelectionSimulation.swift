import Calibrators
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
  package static let revision = 1
  package static let summary =
    "selects made-up rows by conformal p-values and counts false discoveries and power"
  package static let hyperparameters = [
    Hyperparameter(
      "generator", .choice(["interaction", "smooth"]), default: .text("interaction"),
      "the mean of the target: two regions cut out by an interaction, or a smooth sum"),
    Hyperparameter(
      "noise", .choice(["constant", "varying"]), default: .text("constant"),
      "deviation of the target: 0.5, or a tenth of 5.5 less the mean's size"),
    Hyperparameter("rows", .integer(20...2_000), default: .integer(100), "calibration rows, and new rows"),
    Hyperparameter(
      "rule",
      .choice(
        ConformalSelection.Pruning.allCases.map(\.rawValue) + [
          "naive", "random", "split", "full", "trained-split",
        ]),
      default: .text("homogeneous"),
      "chosen score with e-values pruned in one of three ways, naive (the model with most selections), random (a model at "
        + "random), split (a model chosen on a share of the calibration rows), full (leaving out one by one), trained-split "
        + "(candidates fitted to a share)"),
    Hyperparameter(
      "ratio", .number(0.05...0.95), default: .number(0.5), "split rules: the share that chooses or fits"),
    Hyperparameter(
      "candidates", .integer(1...24), default: .integer(24), "how many of the candidates are used"),
    Hyperparameter("replicates", .integer(1...10_000), default: .integer(10), "draws of rows in a trial"),
  ]
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("false-discoveries", .steps, "mean share of the selected rows whose target is not above 0"),
    OwnColumn("power", .steps, "mean share of the rows with a target above 0 that are selected"),
    OwnColumn("selected", .steps, "mean number of selected rows; the step is the level in percent"),
    OwnColumn("positives", .trial, "mean share of the new rows whose target is above 0"),
  ]
  /// The levels, in percent.
  private static let levels = [10, 20, 30, 40, 50]
  private static let columnsOfFeatures = 20

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let rows = settings.integer("rows")
    let needsTraining = !["full", "trained-split"].contains(settings.text("rule"))
    var candidates: SelectionCandidates?
    if needsTraining {
      let training = draw(rows, context.stream("training-rows"))
      candidates = try SelectionCandidates(training.features, training.targets) {
        context.stream($0, index: $1)
      }
    }
    let replicates = settings.integer("replicates")
    var (wrong, power, size) = (Self.zeros, Self.zeros, Self.zeros)
    var positives = 0.0
    for replicate in 0..<replicates {
      let calibration = draw(rows, context.stream("calibration-rows", index: replicate))
      let new = draw(rows, context.stream("new-rows", index: replicate))
      let isPositive = new.targets.map { $0 > 0 }
      let rule = try rule(calibration, new, candidates)
      positives += Double(isPositive.count { $0 }) / Double(rows)
      for (place, level) in Self.levels.enumerated() {
        var stream = context.stream("selection-\(level)", index: replicate)
        let chosen = rule.selection(level: Double(level) / 100, stream: &stream)
        let right = zip(chosen, isPositive).count { $0 && $1 }
        let count = chosen.count { $0 }
        wrong[place] += Double(count - right) / Double(max(1, count))
        power[place] += Double(right) / Double(max(1, isPositive.count { $0 }))
        size[place] += Double(count)
      }
    }
    func curve(_ name: String, _ values: [Double]) -> Curve {
      Curve(name: name, steps: Self.levels, values: values.map { $0 / Double(replicates) })
    }
    return Outcome(
      status: .finished, measures: ["positives": positives / Double(replicates)],
      curves: [curve("false-discoveries", wrong), curve("power", power), curve("selected", size)],
      cost: CountedCost(examples: 2 * rows * replicates))
  }

  private static var zeros: [Double] { [Double](repeating: 0, count: levels.count) }

  /// The rule of the settings on one draw of rows.
  private func rule(
    _ calibration: SelectionRows, _ new: SelectionRows, _ fitted: SelectionCandidates?
  ) throws -> SelectionRule {
    let (used, ratio) = (settings.integer("candidates"), settings.number("ratio"))
    guard let fitted else {
      return settings.text("rule") == "full"
        ? try SelectionRule.full(calibration, new, candidates: used)
        : try SelectionRule.trainedSplit(calibration, new, candidates: used, ratio: ratio)
    }
    let predicted = CandidatePredictions(
      calibration: Array(fitted.predict(calibration.features).prefix(used)),
      new: Array(fitted.predict(new.features).prefix(used)), isPositive: calibration.targets.map { $0 > 0 })
    switch settings.text("rule") {
    case "naive": return .naive(predicted.scores)
    case "random": return .random(predicted.scores)
    case "split": return .split(predicted, ratio: ratio)
    case let pruning: return .optimised(predicted.scores, .init(rawValue: pruning)!)
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
