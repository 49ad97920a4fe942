import Experiments
import Parts
import Tensors

/// The squared kernel calibration error (Widmann, Lindsten, Zachariah, NeurIPS 2019, table 1): the mean over pairs of different
/// rows of k(p, p′) · ⟨e(y) − p, e(y′) − p′⟩, unbiased, with the kernel k = e^(−‖p − p′‖ / w) of the Euclidean distance times
/// the identity.
///
/// `all` is their quadratic estimator, `neighbours` the linear one. A single row has no pair and gives 0.
package struct SKCE: ClassificationMeasure {
  package static let name = "skce"
  package static let revision = 1
  package static let summary =
    "squared kernel calibration error of all classes together, unbiased; may be below 0"
  package static let hyperparameters = [
    Hyperparameter(
      "width", .number(1e-3...1e3), default: .number(1), "width w of the kernel e^(−‖p − p′‖ / w)"),
    Hyperparameter(
      "pairs", .choice(["all", "neighbours"]), default: .text("all"),
      "all pairs of rows, or rows 1 and 2, 3 and 4 …: a noisier estimate in a time proportional to the rows"),
  ]
  package static let largerIsBetter = false

  private let width: Double
  private let pairsAreAll: Bool

  package init(_ settings: Settings) {
    width = settings.number("width")
    pairsAreAll = settings.text("pairs") == "all"
  }

  package func value(_ rows: Classification) -> Double {
    guard rows.rows > 1 else { return 0 }
    var total = 0.0
    guard pairsAreAll else {
      for pair in 0..<rows.rows / 2 { total += term(rows, 2 * pair, 2 * pair + 1) }
      return total / Double(rows.rows / 2)
    }
    for row in 1..<rows.rows {
      var sum = 0.0
      for other in 0..<row { sum += term(rows, row, other) }
      total += sum
    }
    return total / (0.5 * Double(rows.rows) * Double(rows.rows - 1))
  }

  /// ‖p − p′‖² = p·p − 2 p·p′ + p′·p′ is not used: near twins it loses all digits.
  @inline(__always)
  private func term(_ rows: Classification, _ row: Int, _ other: Int) -> Double {
    rows.probabilities.withUnsafeBufferPointer { p in
      let (a, b) = (row &* rows.classes, other &* rows.classes)
      var distance = 0.0
      var product = 0.0
      for label in 0..<rows.classes {
        let (x, y) = (p[a &+ label], p[b &+ label])
        distance += (x - y) * (x - y)
        product += x * y
      }
      let (own, others) = (Int(rows.labels[row]), Int(rows.labels[other]))
      let residuals = (own == others ? 1 : 0) - p[a &+ others] - p[b &+ own] + product
      return residuals * exponential(-distance.squareRoot() / width)
    }
  }
}
