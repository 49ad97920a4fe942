import Experiments
import Measures
import Parts
import Tensors

/// Averages the probabilities of several classifiers, each the softmax of the logits that an earlier trial kept, and
/// scores the average on the score rows like a classifier.
///
/// All sources weigh the same (Lakshminarayanan et al., NeurIPS 2017, section 2.4). It opens no rows to learn from.
package struct Ensemble: Procedure {
  package static let name = "ensemble"
  package static let revision = 1
  package static let summary =
    "averages the probabilities that earlier classifiers' logits give for the score rows"
  package static let hyperparameters: [Hyperparameter] = []
  package static let roles: [DataRole] = [.score]
  package static let predictions: TargetKind? = .classification
  package static let columns = [
    OwnColumn("members", .trial, "logits averaged over"), OwnColumn("score-rows", .trial, "rows scored"),
  ]
  package static let artefacts = [ItemPredictions.positives, ItemPredictions.classification]
  package static let inputs = [
    InputDeclaration(
      "logits", .logits, items: [.score], takesSeveral: true, isRequired: true, "logits of the score rows")
  ]

  package init(_ settings: Settings) {}

  package func run(_ context: TrialContext) throws -> Outcome {
    let score = context.rows(.score)
    let classes = score.dataset.classes.count
    let members = try context.rows(.score, of: "logits")
    if score.rows.isEmpty || members.isEmpty {
      throw ProcedureError.noRows(procedure: Self.name, role: .score)
    }
    var average = [Double](repeating: 0, count: score.rows.count * classes)
    for member in members {
      guard member.width == classes else {
        throw ArtefactError.malformed("\(member.width) logits a row, where the data have \(classes) classes")
      }
      for (place, probability) in probabilities(of: member.values, classes: classes).enumerated() {
        average[place] += probability
      }
    }
    for place in average.indices { average[place] /= Double(members.count) }
    let predictions = Predictions.classification(
      probabilities: average, classes: classes, labels: score.rows.map { score.dataset.labels[Int($0)] })
    var measures = context.measured(predictions)
    measures["members"] = Double(members.count)
    measures["score-rows"] = Double(score.rows.count)
    return try Outcome(
      status: .finished, measures: measures, curves: [], cost: CountedCost(),
      artefacts: ItemPredictions.keep(predictions, context))
  }

  private func probabilities(of logits: [Float], classes: Int) -> [Double] {
    let rows = logits.count / classes
    return [Double](unsafeUninitializedCapacity: logits.count) { buffer, count in
      logits.withUnsafeBufferPointer {
        softmax($0.baseAddress!, rows: rows, classes: classes, into: buffer.baseAddress!)
      }
      count = logits.count
    }
  }
}
