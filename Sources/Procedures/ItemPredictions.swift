import Experiments
import Measures
import Parts

/// The artefacts `predictions` and `positives`, the same for every procedure that scores rows: what was predicted of each
/// score row, beside the truth. Numbers are kept as float32.
enum ItemPredictions {
  static let classification = ArtefactDeclaration(
    "predictions", .predictions, items: [.score],
    columns: [
      OwnColumn("label", .items, "the true class, counted from 0 in the data set's order"),
      OwnColumn("predicted", .items, "the most probable class, the first of equals"),
      OwnColumn("correct", .items, "1 where that is the true class, else 0"),
      OwnColumn("confidence", .items, "the probability of the most probable class"),
      OwnColumn("truth-probability", .items, "the probability of the true class"),
    ], "the predicted and the true class of each score row, with their probabilities")

  /// Of the same class as `SensitivityAtSpecificity` takes for the positive one where a study is silent.
  static let positives = ArtefactDeclaration(
    "positives", .predictions, items: [.score],
    columns: [
      OwnColumn("positive", .items, "1 where the true class is the positive one, class 0, else 0"),
      OwnColumn("positive-probability", .items, "the probability of class 0"),
    ],
    "the probability of the positive class, number 0 in the data set's order, of each score row: for ROC curves"
  )

  static let regression = ArtefactDeclaration(
    "predictions", .predictions, items: [.score],
    columns: [
      OwnColumn("target", .items, "the true value"),
      OwnColumn("prediction", .items, "the predicted value"),
      OwnColumn("residual", .items, "the predicted value less the true one"),
    ], "the predicted and the true value of each score row")

  /// Keeps what the study asks for of the score rows, in their order.
  static func keep(_ predictions: Predictions, _ context: TrialContext) throws -> [Artefact] {
    var artefacts: [Artefact] = []
    func keep(_ name: String, _ columns: [(name: String, values: [Double])]) throws {
      artefacts.append(
        try context.keep(
          name, .predictions, of: .score, columns: columns.map { ($0, $1.map { Float($0) }) }))
    }
    if context.keeps(positives.name) {
      try keep(positives.name, positiveColumns(of: Classification(predictions)))
    }
    if context.keeps(classification.name) { try keep(classification.name, columns(of: predictions)) }
    return artefacts
  }

  private static func positiveColumns(of rows: Classification) -> [(name: String, values: [Double])] {
    [
      ("positive", rows.labels.map { $0 == 0 ? 1 : 0 }),
      ("positive-probability", (0..<rows.rows).map { rows.probability($0, 0) }),
    ]
  }

  private static func columns(of predictions: Predictions) -> [(name: String, values: [Double])] {
    switch predictions {
    case .classification:
      let found = Classification(predictions)
      let rows = 0..<found.rows
      let predicted = rows.map(found.predicted)
      return [
        ("label", found.labels.map { Double($0) }),
        ("predicted", predicted.map { Double($0) }),
        ("correct", rows.map { predicted[$0] == Int(found.labels[$0]) ? 1 : 0 }),
        ("confidence", rows.map { found.probability($0, predicted[$0]) }),
        ("truth-probability", rows.map(found.probabilityOfTruth)),
      ]
    case .regression(let predictions, let targets):
      return [
        ("target", targets), ("prediction", predictions),
        ("residual", zip(predictions, targets).map { $0 - $1 }),
      ]
    case .quantiles: preconditionFailure("no procedure keeps predicted quantiles row by row")
    }
  }
}
