import Parts

/// The predictions of a regression with their targets, on the targets' scale; of quantiles the median is the prediction.
struct Regression {
  let predictions: [Double]
  let targets: [Double]

  /// A mistake of the caller where the predictions are a classifier's: studies are checked before anything
  /// runs.
  init(_ values: Predictions) {
    switch values {
    case .classification:
      preconditionFailure("a measure of regression was given a classifier's predictions")
    case .regression(let predictions, let targets):
      (self.predictions, self.targets) = (predictions, targets)
    case .quantiles(_, _, let targets):
      let quantiles = PredictedQuantiles(values)
      predictions = targets.indices.map { quantiles.quantile($0, 0.5) }
      self.targets = targets
    }
    precondition(!targets.isEmpty && predictions.count == targets.count, "one prediction a target")
  }

  var rows: Double { Double(targets.count) }

  /// Σ (prediction − target)², in the order of the rows.
  var squaredErrors: Double {
    zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
