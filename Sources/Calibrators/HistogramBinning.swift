import Experiments
import Parts

/// Histogram binning (Zadrozny, Elkan, ICML 2001) of each class's probability against the others: the class's frequency in the
/// bin of its probability.
///
/// Bin b = 1 … B of equal width holds ((b−1)/B, b/B], with 0 in the first; bins of equal mass are cut half-way between the
/// calibration rows of rank ⌊bn/B⌋ and the next. An empty bin gives its middle.
package struct HistogramBinning: Calibrator {
  package static let name = "histogram-binning"
  package static let revision = 1
  package static let summary =
    "the frequency of the class among rows of like probability, one class against the others"
  package static let hyperparameters = [
    Hyperparameter("bins", .integer(1...10_000), default: .integer(10), "number of bins"),
    Hyperparameter(
      "binning", .choice(["equal-width", "equal-mass"]), default: .text("equal-width"),
      "whether bins are equally wide between 0 and 1 or hold equally many calibration rows"),
  ]

  private let bins: Int
  private let isByMass: Bool

  package init(_ settings: Settings) {
    bins = settings.integer("bins")
    isByMass = settings.text("binning") == "equal-mass"
  }

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    OneVersusRest(logits, labels: labels) { probabilities, isTrue in
      let edges = edges(probabilities)
      let bin: @Sendable (Double) -> Int = { value in
        edges.firstIndex { value <= $0 } ?? edges.count
      }
      var (counts, trues) = ([Int](repeating: 0, count: bins), [Int](repeating: 0, count: bins))
      for (value, isTrue) in zip(probabilities, isTrue) {
        counts[bin(value)] += 1
        trues[bin(value)] += isTrue ? 1 : 0
      }
      let bounds = [0] + edges + [1]
      let frequencies = (0..<bins).map { place in
        counts[place] > 0
          ? Double(trues[place]) / Double(counts[place]) : 0.5 * (bounds[place] + bounds[place + 1])
      }
      return { frequencies[bin($0)] }
    }
  }

  /// The upper edges of all bins but the last.
  private func edges(_ probabilities: [Double]) -> [Double] {
    let sorted = probabilities.sorted()
    return (1..<max(1, bins)).map { edge in
      guard isByMass else { return Double(edge) / Double(bins) }
      let rank = edge * sorted.count / bins
      return 0.5 * (sorted[max(0, rank - 1)] + sorted[min(rank, sorted.count - 1)])
    }
  }
}
