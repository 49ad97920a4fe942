import Experiments
import Parts

/// The error rate of the most confident share c of the rows (El-Yaniv, Wiener, JMLR 2010): a point of the risk–coverage curve.
///
/// Exactly c · n rows are kept: of a row that the edge cuts its share counts, and tied rows count by their mean.
package struct SelectiveRisk: ClassificationMeasure {
  package static let name = "selective-risk"
  package static let revision = 1
  package static let summary =
    "error rate of the most confident share of the rows"
  package static let hyperparameters = [
    Hyperparameter("coverage", .number(1e-3...1), default: .number(0.8), "share of the rows that is kept")
  ]
  package static let largerIsBetter = false

  private let coverage: Double

  package init(_ settings: Settings) {
    coverage = settings.number("coverage")
  }

  package func value(_ rows: Classification) -> Double { rows.selectiveRisk(coverage) }
}
