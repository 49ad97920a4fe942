import Experiments
import Parts

/// A measure of a classifier's predictions, computed from a view that it shares with the others asked for.
package protocol ClassificationMeasure: Measure {
  func value(_ rows: Classification) -> Double
}

extension ClassificationMeasure {
  package static var predictions: TargetKind { .classification }

  package func value(_ predictions: Predictions) -> Double { value(Classification(predictions)) }
}

/// The values of several measures by column, sharing what is derived from the predictions.
package func values(
  of measures: [(column: String, measure: any Measure)], _ predictions: Predictions
) -> [String: Double] {
  var shared: Classification?
  var values: [String: Double] = [:]
  for (column, measure) in measures {
    guard let measure = measure as? any ClassificationMeasure else {
      values[column] = measure.value(predictions)
      continue
    }
    let rows = shared ?? Classification(predictions)
    shared = rows
    values[column] = measure.value(rows)
  }
  return values
}

extension TrialContext {
  /// The values of all asked measures.
  package func measured(_ predictions: Predictions) -> [String: Double] {
    values(of: measures, predictions)
  }
}
