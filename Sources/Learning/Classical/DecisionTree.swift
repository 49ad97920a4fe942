import Estimators
import Experiments
import Parts
import Randomness

/// A classification or regression tree (`Estimators.DecisionTree`).
package struct DecisionTree: EstimatorModel {
  package static let name = "decision-tree"
  package static let revision = 1
  package static let summary = "a tree of exact cuts by Gini impurity or squared error"
  package static let hyperparameters = TreeGrowth.declaration(depth: 0)
  package static let predictions: TargetKind? = nil

  private let settings: Settings

  package init(_ settings: Settings) {
    self.settings = settings
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let growth = TreeGrowth.settings(settings, columns: rows.features.columns)
    let numbers = stream("tree-columns", 0)
    let tree =
      switch rows.targets {
      case .classes(let classes):
        try Estimators.DecisionTree(rows.features, classes, growth, stream: numbers)
      case .numbers(let targets):
        try Estimators.DecisionTree(rows.features, targets, growth, stream: numbers)
      }
    return FittedModel(cost: CountedCost(examples: rows.features.rows)) { tree.predict($0) }
  }
}
