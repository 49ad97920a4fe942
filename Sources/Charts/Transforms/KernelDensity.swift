/// A smooth density of numbers with Epanechnikov's kernel, ¾(1 − u²) (Epanechnikov, 1969), which needs no
/// exponentials and is cut at the data's own ends: beyond them nothing was seen.
struct KernelDensity {
  /// Where the density is given, ascending.
  let places: [Double]
  /// Per unit of the measure; the sum over the line is somewhat below one where ends are cut.
  let densities: [Double]

  /// - Parameters:
  ///   - numbers: finite; nil comes back where there are none.
  ///   - count: of places, evenly spread over the numbers' range.
  init?(_ numbers: [Double], count: Int = 96) {
    let sorted = numbers.sorted()
    guard let low = sorted.first, let high = sorted.last else { return nil }
    guard let width = Self.bandwidth(sorted), high > low else {
      // Equal numbers: a peak as narrow as can be seen.
      let room = max(low.magnitude * 0.01, 1e-280)
      places = [low - room, low, low + room]
      densities = [0, 1 / room, 0]
      return
    }
    places = (0..<count).map { $0 == count - 1 ? high : low + (high - low) * Double($0) / Double(count - 1) }
    var first = 0
    densities = places.map { place in
      while sorted[first] < place - width { first += 1 }
      var sum = 0.0
      var index = first
      while index < sorted.count, sorted[index] <= place + width {
        let u = (sorted[index] - place) / width
        sum += 1 - u * u
        index += 1
      }
      return 0.75 * sum / (width * Double(sorted.count))
    }
  }

  /// Silverman's rule for this kernel: 2.34 · min(s, IQR / 1.349) · n^(−1/5) ("Density Estimation", 1986); nil
  /// where all numbers are equal.
  static func bandwidth(_ sorted: [Double]) -> Double? {
    let count = Double(sorted.count)
    guard count > 1 else { return nil }
    let mean = sorted.reduce(0, +) / count
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let spread = (Quantiles.quantile(0.75, of: sorted) - Quantiles.quantile(0.25, of: sorted)) / 1.349
    let deviation = variance.squareRoot()
    let scale = spread > 0 ? min(deviation, spread) : deviation
    guard scale > max(mean.magnitude, 1e-290) * 1e-12 else { return nil }
    return 2.34 * scale / Roots.root(5, of: count)
  }
}
