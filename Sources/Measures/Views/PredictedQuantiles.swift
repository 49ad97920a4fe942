import Parts

/// A regression's predictions as quantiles; a point prediction is a distribution without spread.
struct PredictedQuantiles {
  /// Ascending, between 0 and 1.
  let levels: [Double]
  /// Row-major, rows × levels, each row ascending.
  let values: [Double]
  let targets: [Double]

  /// A mistake of the caller where the predictions are a classifier's: studies are checked before anything runs.
  init(_ predictions: Predictions) {
    switch predictions {
    case .classification:
      preconditionFailure("a measure of regression was given a classifier's predictions")
    case .regression(let predictions, let targets):
      (levels, values, self.targets) = ([0.5], predictions, targets)
    case .quantiles(let levels, let values, let targets):
      (self.levels, self.values, self.targets) = (levels, values, targets)
    }
    precondition(
      !targets.isEmpty && !levels.isEmpty && values.count == targets.count * levels.count,
      "a quantile of each level for each target")
  }

  var rows: Int { targets.count }

  /// The quantile of a row at any level: linear between the predicted levels, constant beyond them.
  func quantile(_ row: Int, _ level: Double) -> Double {
    let start = row * levels.count
    guard let above = levels.firstIndex(where: { $0 >= level }) else {
      return values[start + levels.count - 1]
    }
    guard above > 0, levels[above] > level else { return values[start + above] }
    let share = (level - levels[above - 1]) / (levels[above] - levels[above - 1])
    return values[start + above - 1] + share * (values[start + above] - values[start + above - 1])
  }

  /// |share of targets at or below the quantile − its level| for each predicted level.
  var gaps: [Double] {
    levels.indices.map { place in
      let below = (0..<rows).count { targets[$0] <= values[$0 * levels.count + place] }
      return abs(Double(below) / Double(rows) - levels[place])
    }
  }
}
