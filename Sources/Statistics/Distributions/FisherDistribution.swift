/// The F distribution of a ratio of mean squares.
package struct FisherDistribution: Sendable {
  package let numerator: Double
  package let denominator: Double

  /// Degrees of freedom, both above 0.
  package init(numerator: Double, denominator: Double) {
    precondition(numerator > 0 && denominator > 0, "degrees of freedom above 0")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// P(F ≤ f) and P(F > f) (Abramowitz & Stegun 26.6.2).
  package func tails(_ f: Double) -> Tails {
    if f.isNaN { return .undefined }
    if f <= 0 { return Tails(lower: 0, upper: 1) }
    let ratio = numerator * f / denominator
    return incompleteBeta(
      numerator / 2, denominator / 2, ratio < .infinity ? ratio / (1 + ratio) : 1, complement: 1 / (1 + ratio)
    )
  }

  /// The f that F exceeds with probability 1 − p.
  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    // On the side where x is small, so that f keeps its digits.
    if tails(1).lower >= p {
      let x = inverseIncompleteBeta(numerator / 2, denominator / 2, p)
      return denominator / numerator * x / (1 - x)
    }
    let y = inverseIncompleteBeta(denominator / 2, numerator / 2, 1 - p)
    return denominator / numerator * (1 - y) / y
  }
}
