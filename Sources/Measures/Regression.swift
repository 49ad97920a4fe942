import Parts

/// The predictions of a regression with their targets, on the targets' scale.
struct Regression {
  let predictions: [Double]
  let targets: [Double]

  /// A mistake of the caller where the predictions are a classifier's: studies are checked before anything
  /// runs.
  init(_ values: Predictions) {
    guard case .regression(let predictions, let targets) = values else {
      preconditionFailure("a measure of regression was given a classifier's predictions")
    }
    precondition(!targets.isEmpty && predictions.count == targets.count, "one prediction a target")
    self.predictions = predictions
    self.targets = targets
  }

  var rows: Double { Double(targets.count) }

  /// Σ (prediction − target)², in the order of the rows.
  var squaredErrors: Double {
    zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
