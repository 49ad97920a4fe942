/// Order statistics of sorted numbers.
enum Quantiles {
  /// The quantile between order statistics, linear in rank (Hyndman and Fan's type 7).
  ///
  /// - Parameter sorted: ascending, not empty.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let rank = share * Double(sorted.count - 1)
    let below = Int(rank)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (rank - Double(below)) * (sorted[above] - sorted[below])
  }
}

/// What a box plot shows of a set of numbers (Tukey, "Exploratory Data Analysis", 1977).
struct BoxSummary {
  let lowerQuartile: Double
  let median: Double
  let upperQuartile: Double
  /// The outermost numbers within 1.5 interquartile ranges of the box.
  let lowerWhisker: Double
  let upperWhisker: Double
  /// Numbers beyond the whiskers, ascending.
  let outliers: [Double]

  /// Nil where there are no numbers.
  init?(_ numbers: [Double]) {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    lowerQuartile = Quantiles.quantile(0.25, of: sorted)
    median = Quantiles.quantile(0.5, of: sorted)
    upperQuartile = Quantiles.quantile(0.75, of: sorted)
    let reach = 1.5 * (upperQuartile - lowerQuartile)
    let inside = (lowerQuartile - reach)...(upperQuartile + reach)
    lowerWhisker = min(sorted.first(where: inside.contains) ?? lowerQuartile, lowerQuartile)
    upperWhisker = max(sorted.last(where: inside.contains) ?? upperQuartile, upperQuartile)
    outliers = sorted.filter { !inside.contains($0) }
  }
}
