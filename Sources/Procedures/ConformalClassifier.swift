import Calibrators
import Experiments
import Parts

/// Makes sets of classes that hold the truth with a chosen probability, by split conformal prediction on a classifier's
/// outputs (`ConformalSets`): thresholds from the calibration rows, sets for the score rows.
package struct ConformalClassifier: Procedure {
  package static let name = "conformal-classifier"
  package static let revision = 1
  package static let summary =
    "makes sets of classes that hold the truth with a chosen probability, from a classifier's outputs"
  package static let hyperparameters = [
    Hyperparameter(
      "coverage", .number(0.01...0.999), default: .number(0.9), "probability that a set holds the truth"),
    Hyperparameter(
      "score", .choice(["threshold", "aps", "raps"]), default: .text("threshold"),
      "how classes are ordered: by probability, by cumulative probability, or that with a penalty on large sets"
    ),
    Hyperparameter(
      "penalty", .number(0...10), default: .number(0.01), "raps: added for each rank beyond 'free-ranks'"),
    Hyperparameter("free-ranks", .integer(0...1000), default: .integer(2), "raps: ranks without a penalty"),
    Hyperparameter(
      "class-conditional", .flag, default: .flag(false),
      "whether the coverage is to hold within each class: a threshold from each class's own rows"),
    Hyperparameter(
      "randomised", .flag, default: .flag(true),
      "aps and raps: whether a uniform draw decides on the last class, without which sets are too large"),
  ]
  package static let roles: [DataRole] = [.calibrate, .score]
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("set-coverage", .trial, "share of the score rows whose set holds the truth"),
    OwnColumn("set-size", .trial, "mean number of classes in a set"),
    OwnColumn("worst-class-coverage", .trial, "the least coverage within a class that occurs"),
    OwnColumn("empty-sets", .trial, "share of the sets without a class"),
    OwnColumn("singletons", .trial, "share of the sets with one class"),
  ]
  package static let inputs = [CalibrationRows.input]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let calibration = try CalibrationRows(.calibrate, context, for: Self.self)
    let score = try CalibrationRows(.score, context, for: Self.self)
    let classes = score.logits.classes
    guard calibration.logits.classes == classes else {
      throw ProcedureError.unlikeData(procedure: Self.name)
    }
    let kind = settings.text("score")
    let rule: ConformalSets.Score =
      kind == "threshold"
      ? .threshold
      : .cumulative(
        penalty: kind == "raps" ? settings.number("penalty") : 0, free: settings.integer("free-ranks"))
    func uniforms(_ count: Int, _ purpose: String) -> [Double] {
      var stream = context.stream(purpose)
      return (0..<count).map { _ in settings.flag("randomised") ? stream.uniform() : 1 }
    }
    func probabilities(_ logits: Logits) -> [Double] { softmaxRows(logits.pooled, classes: classes) }
    let sets = ConformalSets(
      rule, coverage: settings.number("coverage"), isClassConditional: settings.flag("class-conditional"),
      probabilities: probabilities(calibration.logits), classes: classes, labels: calibration.labels,
      uniforms: uniforms(calibration.labels.count, "calibration-uniforms")
    ).sets(
      probabilities: probabilities(score.logits), uniforms: uniforms(score.labels.count, "score-uniforms"))
    return Outcome(
      status: .finished, measures: measures(sets, score.labels, classes), curves: [],
      cost: CountedCost(examples: calibration.labels.count))
  }

  private func measures(_ sets: [Bool], _ labels: [Int32], _ classes: Int) -> [String: Double] {
    let rows = labels.indices
    let isHeld = rows.map { sets[$0 * classes + Int(labels[$0])] }
    let sizes = rows.map { row in sets[row * classes..<(row + 1) * classes].count { $0 } }
    var worst = 1.0
    for label in 0..<Int32(classes) {
      let own = rows.filter { labels[$0] == label }
      if own.isEmpty { continue }
      worst = min(worst, Double(own.count { isHeld[$0] }) / Double(own.count))
    }
    let total = Double(labels.count)
    return [
      "set-coverage": Double(isHeld.count { $0 }) / total, "set-size": Double(sizes.reduce(0, +)) / total,
      "worst-class-coverage": worst, "empty-sets": Double(sizes.count { $0 == 0 }) / total,
      "singletons": Double(sizes.count { $0 == 1 }) / total,
    ]
  }
}
