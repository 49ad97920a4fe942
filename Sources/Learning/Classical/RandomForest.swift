import Estimators
import Experiments
import Parts
import Randomness

/// A random forest (`Estimators.RandomForest`).
package struct RandomForest: EstimatorModel {
  package static let name = "random-forest"
  package static let revision = 1
  package static let summary = "trees on bootstrap samples, averaged"
  package static let hyperparameters =
    [Hyperparameter("trees", .integer(1...100_000), default: .integer(100), "number of trees")]
    + TreeGrowth.declaration(depth: 0).map {
      $0.name == "columns-tried"
        ? Hyperparameter($0.name, $0.kind, default: .text("sqrt"), $0.meaning) : $0
    }
  package static let predictions: TargetKind? = nil

  private let settings: Settings
  private let trees: Int

  package init(_ settings: Settings) {
    self.settings = settings
    trees = settings.integer("trees")
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let growth = TreeGrowth.settings(settings, columns: rows.features.columns)
    let numbers = { stream("tree", $0) }
    let forest =
      switch rows.targets {
      case .classes(let classes):
        try Estimators.RandomForest(rows.features, classes, trees: trees, growth, stream: numbers)
      case .numbers(let targets):
        try Estimators.RandomForest(rows.features, targets, trees: trees, growth, stream: numbers)
      }
    return FittedModel(cost: CountedCost(examples: trees * rows.features.rows)) { forest.predict($0) }
  }
}
