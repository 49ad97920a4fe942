import Calibrators
import Experiments
import Measures
import Parts

/// Fits a calibrator to a classifier's outputs for the calibration rows and scores its probabilities on the score rows.
///
/// The outputs are logits that earlier trials kept, several classifiers' pooled by the calibrator, or the rows of a table that
/// holds them. Nothing is random, and nothing is trained: every calibrator is a cheap stage over outputs that exist. Rows of the
/// role `elsewhere`, such as corrupted ones or those of other data, are only judged: no measure of the study sees them.
package struct Calibrate: Procedure {
  package static let name = "calibrate"
  package static let revision = 1
  package static let summary =
    "fits a calibrator to a classifier's outputs for the calibration rows and scores it on the score rows"
  package static let hyperparameters = [
    Hyperparameter(
      "calibrator", .part(.calibrator), default: .part(Temperature.name, Settings()),
      "how outputs become probabilities")
  ]
  package static let roles: [DataRole] = [.calibrate, .score]
  package static let optionalRoles: [DataRole] = [.elsewhere]
  package static let predictions: TargetKind? = .classification
  package static let columns = [
    OwnColumn("calibrate-rows", .trial, "rows the calibrator learned from"),
    OwnColumn("score-rows", .trial, "rows scored"),
    OwnColumn(
      "parameter", .trial, "the number that sums the fit up: a temperature; other calibrators have none"),
    OwnColumn(
      "elsewhere-auroc", .trial,
      "how well confidence tells score rows from those of 'elsewhere': the share of pairs in which the score row has the more "
        + "confident prediction, ties as a half"),
    OwnColumn("elsewhere-confidence", .trial, "mean confidence on the rows of 'elsewhere'"),
    OwnColumn(
      "elsewhere-accuracy", .trial,
      "accuracy on the rows of 'elsewhere'; of data with other classes there is none"),
    OwnColumn(
      "elsewhere-error", .trial,
      "expected calibration error on the rows of 'elsewhere', over 15 bins of equal width; of data with other classes there "
        + "is none"),
    OwnColumn(
      "binned-error", .steps, "expected calibration error over bins of equal width; the step is their number"),
    OwnColumn(
      "selective-error", .steps, "error of the most confident rows; the step is the share kept, in percent"),
  ]
  package static let artefacts = [ItemPredictions.positives, ItemPredictions.classification]
  package static let inputs = [CalibrationRows.input]

  private let calibrator: any Calibrator

  package init(_ settings: Settings) {
    let (name, inner) = settings.part("calibrator")
    guard let part = calibratorRegistry[name] else {
      preconditionFailure("settings were checked against the registries before")
    }
    calibrator = part.init(inner)
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let calibration = try CalibrationRows(.calibrate, context, for: Self.self)
    let score = try CalibrationRows(.score, context, for: Self.self)
    guard calibration.logits.classes == score.logits.classes else {
      throw ProcedureError.unlikeData(procedure: Self.name)
    }
    let fitted = calibrator.fit(calibration.logits, labels: calibration.labels)
    let predictions = Predictions.classification(
      probabilities: fitted.probabilities(score.logits), classes: score.logits.classes, labels: score.labels)
    var measures = context.measured(predictions)
    measures["calibrate-rows"] = Double(calibration.labels.count)
    measures["score-rows"] = Double(score.labels.count)
    if let parameter = fitted.parameter { measures["parameter"] = parameter }
    let scored = Classification(predictions)
    if context.has(.elsewhere) {
      let rows = try CalibrationRows(.elsewhere, context, for: Self.self)
      guard rows.logits.classes == score.logits.classes else {
        throw ProcedureError.unlikeData(procedure: Self.name)
      }
      let areAlike = context.rows(.elsewhere).dataset.classes == context.rows(.score).dataset.classes
      let judged = Classification(
        .classification(
          probabilities: fitted.probabilities(rows.logits), classes: rows.logits.classes, labels: rows.labels)
      )
      measures.merge(elsewhere(judged, areAlike: areAlike, beside: scored)) { $1 }
    }
    return try Outcome(
      status: .finished, measures: measures, curves: curves(scored),
      cost: CountedCost(examples: calibration.labels.count),
      artefacts: ItemPredictions.keep(predictions, context))
  }

  private func elsewhere(
    _ rows: Classification, areAlike: Bool, beside scored: Classification
  ) -> [String: Double] {
    let (inside, outside) = (scored.confidences, rows.confidences)
    let ranked = RankedOutcomes(
      inside + outside, inside.map { _ in true } + outside.map { _ in false })
    var found = ["elsewhere-confidence": outside.reduce(0, +) / Double(outside.count)]
    found["elsewhere-auroc"] = AUROC.area(ranked)
    if areAlike {
      found["elsewhere-accuracy"] = rows.accuracy
      found["elsewhere-error"] = rows.calibrationBins(15).error(norm: 1)
    }
    return found
  }

  private func curves(_ rows: Classification) -> [Curve] {
    let bins = [5, 10, 15, 20, 25, 50, 100, 200, 500]
    let shares = (1...20).map { 5 * $0 }
    return [
      Curve(
        name: "binned-error", steps: bins,
        values: bins.map { rows.calibrationBins($0).error(norm: 1) }),
      Curve(
        name: "selective-error", steps: shares, values: shares.map { rows.selectiveRisk(Double($0) / 100) }),
    ]
  }
}
