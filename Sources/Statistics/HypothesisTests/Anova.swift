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
    omegaSquared = (squares - degrees * errorMean) / (total + errorMean)
  }
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
