/// One source of variation in an analysis of variance.
package struct AnovaEffect: Hashable, Sendable {
  package let sumOfSquares: Double
  package let degreesOfFreedom: Double
  /// Mean square over that of the error; NaN where the error is 0 and has no say.
  package let fRatio: Double
  /// P(F > ratio).
  package let pValue: Double
  /// η² = SS / SS_total.
  package let etaSquared: Double
  /// Partial η² = SS / (SS + SS_error).
  package let partialEtaSquared: Double
  /// ω² = (SS − df·MS_error) / (SS_total + MS_error), less biased than η²; may be negative.
  package let omegaSquared: Double

  init(_ squares: Double, _ degrees: Double, error: Double, errorDegrees: Double, total: Double) {
    let errorMean = error / errorDegrees
    sumOfSquares = squares
    degreesOfFreedom = degrees
    // Squares of constants are 0 up to rounding.
    let hasError = error > 1e-20 * total
    fRatio = hasError ? squares / degrees / errorMean : squares > 1e-20 * total ? .infinity : .nan
    pValue =
      fRatio.isNaN
      ? .nan : FisherDistribution(numerator: degrees, denominator: errorDegrees).tails(fRatio).upper
    etaSquared = squares / total
    partialEtaSquared = squares / (squares + error)
    omegaSquared = Self.omegaSquared(squares, degrees, errorMean: errorMean, total: total)
  }

  fileprivate static func omegaSquared(
    _ squares: Double, _ degrees: Double, errorMean: Double, total: Double
  ) -> Double { (squares - degrees * errorMean) / (total + errorMean) }
}

/// One-way analysis of variance of k independent groups of any sizes: normal values of equal variance (Fisher
/// 1925).
///
/// - Returns: nil where it cannot be had: fewer than two groups, one without values, no group with two values, or a
///   value that is not finite.
package func oneWayAnova(_ groups: [[Double]]) -> AnovaEffect? {
  guard groups.count > 1, sampleObstacle(groups, atLeast: 1) == nil else { return nil }
  let values = groups.flatMap { $0 }
  let errorDegrees = Double(values.count - groups.count)
  guard errorDegrees > 0 else { return nil }
  let total = meanAndSquares(values)
  var (between, within) = (0.0, 0.0)
  for group in groups {
    let (mean, squares) = meanAndSquares(group)
    between += Double(group.count) * (mean - total.mean) * (mean - total.mean)
    within += squares
  }
  return AnovaEffect(
    between, Double(groups.count - 1), error: within, errorDegrees: errorDegrees, total: between + within)
}

/// ω² of a one-way analysis of variance: the share of the variance of y that the groups named by x explain (Hays 1963).
///
/// A weight counts how often a pair occurs.
///
/// - Returns: at most 1, below 0 where groups differ less than chance would make them; NaN with fewer than two groups, no
///   group with two values, or values that do not differ.
package func omegaSquared(_ sample: PairedSample) -> Double {
  let groups = groupPlaces(sample.x)
  let places = (groups.max() ?? -1) + 1
  // Sums are taken from the first value, so that those of constants are exactly 0.
  let origin = sample.y.first ?? 0
  var (counts, sums) = ([Double](repeating: 0, count: places), [Double](repeating: 0, count: places))
  for (i, group) in groups.enumerated() {
    counts[group] += sample.weights[i]
    sums[group] += sample.weights[i] * (sample.y[i] - origin)
  }
  let count = counts.reduce(0, +)
  let mean = sums.reduce(0, +) / count
  var (total, within) = (0.0, 0.0)
  for (i, group) in groups.enumerated() {
    let value = sample.y[i] - origin
    let distance = value - sums[group] / counts[group]
    total += sample.weights[i] * (value - mean) * (value - mean)
    within += sample.weights[i] * distance * distance
  }
  let groupCount = Double(counts.count { $0 > 0 })
  let errorDegrees = count - groupCount
  guard groupCount > 1, errorDegrees > 0, total > 0 else { return .nan }
  return AnovaEffect.omegaSquared(
    total - within, groupCount - 1, errorMean: within / errorDegrees, total: total)
}

/// A small number from 0 on for each group's name; names that are such numbers already stay, which resampling asks for
/// thousands of times.
private func groupPlaces(_ names: [Double]) -> [Int] {
  if names.allSatisfy({ $0 >= 0 && $0 < 1000 && $0 == $0.rounded() }) { return names.map { Int($0) } }
  var places: [Double: Int] = [:]
  return names.map { name in
    let place = places[name] ?? places.count
    places[name] = place
    return place
  }
}

/// Two crossed factors and their interaction.
package struct TwoWayAnova: Hashable, Sendable {
  package let rows: AnovaEffect
  package let columns: AnovaEffect
  /// Nil with one value a cell: what interacts is then the error.
  package let interaction: AnovaEffect?

  /// - Parameter cells: row × column × replicate.
  /// - Returns: nil where it cannot be had: fewer than two rows or columns, cells of different sizes (their effects
  ///   could not be told apart), or a value that is not finite.
  package init?(_ cells: [[[Double]]]) {
    let (a, b, n) = (cells.count, cells.first?.count ?? 0, cells.first?.first?.count ?? 0)
    guard a > 1, b > 1, n > 0, cells.allSatisfy({ $0.count == b && $0.allSatisfy { $0.count == n } }),
      sampleObstacle(cells.flatMap { $0 }, atLeast: 1) == nil
    else { return nil }
    let all = meanAndSquares(cells.flatMap { $0.flatMap { $0 } })
    let rowMeans = cells.map { meanAndSquares($0.flatMap { $0 }).mean }
    let columnMeans = (0..<b).map { j in meanAndSquares(cells.flatMap { $0[j] }).mean }
    var (rowSquares, columnSquares, interactionSquares, within) = (0.0, 0.0, 0.0, 0.0)
    for mean in rowMeans { rowSquares += Double(b * n) * (mean - all.mean) * (mean - all.mean) }
    for mean in columnMeans { columnSquares += Double(a * n) * (mean - all.mean) * (mean - all.mean) }
    for (i, row) in cells.enumerated() {
      for (j, cell) in row.enumerated() {
        let (mean, squares) = meanAndSquares(cell)
        let left = mean - rowMeans[i] - columnMeans[j] + all.mean
        interactionSquares += Double(n) * left * left
        within += squares
      }
    }
    let interactionDegrees = Double((a - 1) * (b - 1))
    let error = n > 1 ? within : interactionSquares
    let errorDegrees = n > 1 ? Double(a * b * (n - 1)) : interactionDegrees
    func effect(_ squares: Double, _ degrees: Double) -> AnovaEffect {
      AnovaEffect(squares, degrees, error: error, errorDegrees: errorDegrees, total: all.squares)
    }
    rows = effect(rowSquares, Double(a - 1))
    columns = effect(columnSquares, Double(b - 1))
    interaction = n > 1 ? effect(interactionSquares, interactionDegrees) : nil
  }
}
