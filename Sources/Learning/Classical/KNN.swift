import Estimators
import Experiments
import Parts
import Randomness

/// The mean of the nearest rows (`NearestNeighbours`).
package struct KNN: EstimatorModel {
  package static let name = "knn"
  package static let revision = 1
  package static let summary = "the mean of the nearest rows in Euclidean distance, ties by position"
  package static let hyperparameters = [
    Hyperparameter("neighbours", .integer(1...100_000), default: .integer(5), "rows averaged"),
    Hyperparameter(
      "weights", .choice(["uniform", "distance"]), default: .text("uniform"),
      "equal, or 1/distance (where some are at distance 0, only those)"),
  ]
  package static let predictions: TargetKind? = nil

  private let count: Int
  private let weighting: NearestNeighbours.Weighting

  package init(_ settings: Settings) {
    count = settings.integer("neighbours")
    weighting = settings.text("weights") == "distance" ? .distance : .uniform
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let neighbours = try NearestNeighbours(rows.features)
    let (count, weighting) = (count, weighting)
    let targets = rows.targets
    return FittedModel(cost: CountedCost(examples: rows.features.rows)) { features in
      switch targets {
      case .classes(let classes): neighbours.classShares(features, classes, count: count, weighting)
      case .numbers(let numbers): neighbours.means(features, numbers, count: count, weighting)
      }
    }
  }
}
