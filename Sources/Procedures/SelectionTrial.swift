import Calibrators
import Experiments
import Parts
import Randomness
import Tensors

/// What procedures of conformal selection have in common: a rule is tried on draws of calibration and new rows, and false
/// discoveries and misses are counted at five levels.
struct SelectionTrial {
  static let hyperparameters = [
    Hyperparameter("rows", .integer(5...2_000), default: .integer(100), "calibration rows, and new rows"),
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
  static let columns = [
    OwnColumn("level", .steps, "the level as a share; the step is the level in percent"),
    OwnColumn("false-discoveries", .steps, "mean share of the selected rows whose target is not above 0"),
    OwnColumn("power", .steps, "mean share of the rows with a target above 0 that are selected"),
    OwnColumn("selected", .steps, "mean number of selected rows"),
    OwnColumn("positives", .trial, "mean share of the new rows whose target is above 0"),
  ]
  /// The levels, in percent.
  private static let levels = [10, 20, 30, 40, 50]

  let settings: Settings
  /// Calibration rows, and new rows, of a draw.
  var rows: Int { settings.integer("rows") }
  /// Whether candidates are fitted to rows of their own, rather than to calibration rows.
  var needsTraining: Bool { !["full", "trained-split"].contains(settings.text("rule")) }

  /// - Parameters:
  ///   - training: what candidates are fitted to, once; nil for rules that fit them to calibration rows.
  ///   - draw: the calibration and the new rows of a replicate, from 0.
  func run(
    _ context: TrialContext, training: SelectionRows?,
    draw: (Int) -> (calibration: SelectionRows, new: SelectionRows)
  ) throws -> Outcome {
    let candidates = try training.map {
      try SelectionCandidates($0.features, $0.targets) { context.stream($0, index: $1) }
    }
    let replicates = settings.integer("replicates")
    let zeros = [Double](repeating: 0, count: Self.levels.count)
    var (wrong, power, size) = (zeros, zeros, zeros)
    var positives = 0.0
    for replicate in 0..<replicates {
      let (calibration, new) = draw(replicate)
      let isPositive = new.targets.map { $0 > 0 }
      let rule = try rule(calibration, new, candidates)
      positives += Double(isPositive.count { $0 }) / Double(isPositive.count)
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
    let levels = Curve(name: "level", steps: Self.levels, values: Self.levels.map { Double($0) / 100 })
    return Outcome(
      status: .finished, measures: ["positives": positives / Double(replicates)],
      curves: [
        levels, curve("false-discoveries", wrong), curve("power", power), curve("selected", size),
      ],
      cost: CountedCost(examples: 2 * rows * replicates))
  }

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
}
