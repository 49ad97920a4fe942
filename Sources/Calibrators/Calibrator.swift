import Parts

/// What a study writes under `calibrator`: how a classifier's outputs become probabilities, learned from rows that the
/// classifier has not seen.
package protocol Calibrator: Part {
  /// Learns from the logits of the calibration rows and their true classes; at least one row.
  func fit(_ logits: Logits, labels: [Int32]) -> any Calibration
}

/// A fitted calibrator.
package protocol Calibration: Sendable {
  /// Probabilities, rows × classes, each row summing to 1 up to rounding.
  func probabilities(_ logits: Logits) -> [Double]
  /// The one number that sums the fit up, such as the temperature; nil where there is none.
  var parameter: Double? { get }
}

extension Calibration {
  package var parameter: Double? { nil }
}
