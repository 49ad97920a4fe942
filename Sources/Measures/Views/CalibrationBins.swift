import Experiments

/// Rows gathered into bins of score, each with its weight and its sums of scores and outcomes.
///
/// Of B bins of equal width, bin b = 1 … B holds scores in ((b−1)/B, b/B]: a score on an edge belongs to the lower bin,
/// and 0 to the first; in floating point the bin is ⌈score · B⌉. Of B bins of equal mass each holds exactly n/B rows: a
/// row that an edge cuts counts in both bins by its shares, and tied rows are all alike (`RankedOutcomes`).
package struct CalibrationBins {
  /// Rows in each bin; empty bins stay and weigh nothing.
  package private(set) var weights: [Double]
  package private(set) var scores: [Double]
  package private(set) var outcomes: [Double]

  /// Bins of equal width between 0 and 1.
  package init(width count: Int, _ scores: [Double], _ isPositive: [Bool]) {
    // Weight, score and outcome of a bin lie together.
    var sums = [Double](repeating: 0, count: 3 * count)
    let bins = Double(count)
    scores.withUnsafeBufferPointer { scores in
      isPositive.withUnsafeBufferPointer { isPositive in
        sums.withUnsafeMutableBufferPointer { sums in
          for place in 0..<scores.count {
            let score = scores[place]
            let bin = min(count, max(1, Int((score * bins).rounded(.up)))) &- 1
            sums[3 &* bin] += 1
            sums[3 &* bin &+ 1] += score
            sums[3 &* bin &+ 2] += isPositive[place] ? 1 : 0
          }
        }
      }
    }
    weights = (0..<count).map { sums[3 * $0] }
    self.scores = (0..<count).map { sums[3 * $0 + 1] }
    outcomes = (0..<count).map { sums[3 * $0 + 2] }
  }

  /// Bins of equal mass.
  package init(mass count: Int, _ ranked: RankedOutcomes) {
    weights = [Double](repeating: Double(ranked.count) / Double(count), count: count)
    scores = []
    outcomes = []
    for bin in 0..<count {
      let start = Double(ranked.count * bin) / Double(count)
      let end = Double(ranked.count * (bin + 1)) / Double(count)
      let sums = ranked.sums(from: start, to: end)
      scores.append(sums.scores)
      outcomes.append(sums.outcomes)
    }
  }

  /// |mean outcome − mean score| of each bin that holds rows.
  package var gaps: [Double] {
    weights.indices.filter { weights[$0] > 0 }.map { abs(outcomes[$0] - scores[$0]) / weights[$0] }
  }

  /// The mean gap, weighted by the bins' rows, in a norm q ≥ 1: (Σ (w/n) · gap^q)^(1/q).
  package func error(norm: Double) -> Double {
    let total = weights.reduce(0, +)
    if norm == 1 {
      var sum = 0.0
      for bin in weights.indices { sum += abs(outcomes[bin] - scores[bin]) }
      return sum / total
    }
    var sum = 0.0
    for bin in weights.indices where weights[bin] > 0 {
      sum += weights[bin] / total * raised(abs(outcomes[bin] - scores[bin]) / weights[bin], to: norm)
    }
    return norm == 2 ? sum.squareRoot() : raised(sum, to: 1 / norm)
  }
}

/// xʸ for x ≥ 0 and y > 0.
func raised(_ x: Double, to y: Double) -> Double {
  if y == 2 { return x * x }
  return x == 0 ? 0 : power(x, y)
}

/// The settings that say how a measure makes its bins, and bins made so.
struct Binning {
  static let declaration = [
    Hyperparameter("bins", .integer(1...10_000), default: .integer(15), "number of bins"),
    Hyperparameter(
      "binning", .choice(["equal-width", "equal-mass"]), default: .text("equal-width"),
      "whether bins are equally wide between 0 and 1 or hold equally many rows"),
  ]
  static let norm = Hyperparameter(
    "norm", .number(1...100), default: .number(1), "q of the norm (Σ share · gap^q)^(1/q) over bins")

  private let count: Int
  private let isByMass: Bool

  init(_ settings: Settings) {
    count = settings.integer("bins")
    isByMass = settings.text("binning") == "equal-mass"
  }

  /// Bins of the most probable classes' probabilities.
  func top(_ rows: Classification) -> CalibrationBins {
    isByMass
      ? CalibrationBins(mass: count, rows.ranked)
      : rows.calibrationBins(count)
  }

  /// Bins of one class's probabilities.
  func column(_ label: Int, _ rows: Classification) -> CalibrationBins {
    if isByMass { return CalibrationBins(mass: count, rows.ranked(label)) }
    let (probabilities, isTrue) = rows.column(label)
    return CalibrationBins(width: count, probabilities, isTrue)
  }
}
