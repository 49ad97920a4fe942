/// Edges of bins that all groups of a chart share, so that their counts can be compared.
struct Binning {
  /// Ascending, at least two.
  let edges: [Double]

  /// Edges at round numbers, on a log axis at equal ratios.
  ///
  /// - Parameter count: about how many bins; nil for Freedman and Diaconis' width, 2 · IQR / ∛n ("On the
  ///   histogram as a density estimator", 1981), within 5 … 40 bins.
  init?(_ numbers: [Double], on scale: ChartScale, count: Int? = nil) {
    let measure = AxisMeasure(scale)
    let sorted = numbers.compactMap(measure.measure).sorted()
    guard let low = sorted.first, let high = sorted.last else { return nil }
    let wanted = max(count ?? Self.count(sorted), 1)
    if case .linear(let domain?) = scale, domain.isDrawable {
      edges = Self.equal(domain.lowerBound, domain.upperBound, wanted)
    } else if high - low <= max(high.magnitude, low.magnitude, 1e-280) * 1e-9 {
      let room = measure.isLogarithmic ? 0.1 : max(high.magnitude * 0.05, 1e-280)
      edges = [measure.number(low - room), measure.number(high + room)]
    } else if measure.isLogarithmic {
      edges = Self.equal(low, high, wanted).map(measure.number)
    } else {
      // Round steps are up to 2.5 times apart: rather somewhat more bins than asked for than half of them.
      let most = wanted * 8 / 5 + 1
      let isWhole = sorted.allSatisfy { $0.rounded() == $0 && $0.magnitude < 1e15 }
      let ends = NiceTicks.extended(low, high, atMost: most, minimumStep: isWhole ? 1 : 0)
      let ticks = NiceTicks(ends.0, ends.1, atMost: most, minimumStep: isWhole ? 1 : 0)
      edges = ticks.values.count >= 2 ? ticks.values : [low, high]
    }
  }

  var count: Int { edges.count - 1 }

  /// The bin of a number: its lower edge belongs to it, and the last edge to the last bin; nil outside.
  func place(_ number: Double) -> Int? {
    guard number >= edges[0], number <= edges[count] else { return nil }
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }

  /// How many of the numbers lie in each bin.
  func counts(_ numbers: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for number in numbers { if let place = place(number) { counts[place] += 1 } }
    return counts
  }

  private static func count(_ sorted: [Double]) -> Int {
    let range = sorted[sorted.count - 1] - sorted[0]
    let spread = Quantiles.quantile(0.75, of: sorted) - Quantiles.quantile(0.25, of: sorted)
    let cubeRoot = Roots.root(3, of: Double(sorted.count))
    guard spread > 0, range > 0 else { return 10 }
    return Int(min(max(range * cubeRoot / (2 * spread), 5), 40).rounded(.up))
  }

  private static func equal(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    (0...count).map { $0 == count ? high : low + (high - low) * Double($0) / Double(count) }
  }
}

/// Roots without the C library, whose last bits depend on the processor.
enum Roots {
  /// The positive n-th root of x ≥ 1 by Newton's method.
  static func root(_ degree: Int, of x: Double) -> Double {
    var root = x
    for _ in 0..<200 {
      var power = 1.0
      for _ in 1..<degree { power *= root }
      let next = (Double(degree - 1) * root + x / power) / Double(degree)
      if next >= root { break }
      root = next
    }
    return root
  }
}
