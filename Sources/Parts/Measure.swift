import Experiments

/// A number that says how good predictions are.
package protocol Measure: Part {
  /// The kind of prediction it takes.
  static var predictions: TargetKind { get }
  static var largerIsBetter: Bool { get }
  /// The value over all rows; at least one row.
  func value(_ predictions: Predictions) -> Double
}

/// What a procedure predicted for the rows of one role, with the truth.
package enum Predictions: Sendable {
  /// `probabilities` is row-major, rows × classes, each row summing to 1; `labels` holds the true class of each row.
  case classification(probabilities: [Double], classes: Int, labels: [Int32])
  /// One prediction and one target a row.
  case regression(predictions: [Double], targets: [Double])
  /// Predicted quantiles, row-major, rows × levels, each row ascending; `levels` ascend between 0 and 1. One target a row.
  case quantiles(levels: [Double], values: [Double], targets: [Double])
}
