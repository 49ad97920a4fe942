import Estimators
import Experiments
import Parts
import Randomness

/// Gradient boosting with trees (`Estimators.GradientBoosting`).
package struct GradientBoosting: EstimatorModel {
  package static let name = "gradient-boosting"
  package static let revision = 1
  package static let summary =
    "small trees added one after another along the gradient of squared error or cross-entropy"
  package static let hyperparameters =
    [
      Hyperparameter("stages", .integer(1...100_000), default: .integer(100), "trees added, for each class"),
      Hyperparameter("shrinkage", .number(1e-6...1), default: .number(0.1), "what of each tree is added"),
      Hyperparameter(
        "row-share", .number(0.01...1), default: .number(1),
        "share of the rows each stage sees, drawn without replacement"),
    ] + TreeGrowth.declaration(depth: 3)
  package static let predictions: TargetKind? = nil

  private let settings: Settings

  package init(_ settings: Settings) {
    self.settings = settings
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    var boosting = Estimators.GradientBoosting.Settings()
    boosting.stages = settings.integer("stages")
    boosting.learningRate = settings.number("shrinkage")
    boosting.share = settings.number("row-share")
    boosting.tree = TreeGrowth.settings(settings, columns: rows.features.columns)
    let numbers = stream("boosting", 0)
    let fit =
      switch rows.targets {
      case .classes(let classes):
        try Estimators.GradientBoosting(rows.features, classes, boosting, stream: numbers)
      case .numbers(let targets):
        try Estimators.GradientBoosting(rows.features, targets, boosting, stream: numbers)
      }
    let seen = fit.trees.count * boosting.rowsSeen(of: rows.features.rows)
    return FittedModel(cost: CountedCost(examples: seen)) { fit.predict($0) }
  }
}
