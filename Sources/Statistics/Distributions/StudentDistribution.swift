/// Student's t distribution, the same bits on every machine.
package struct StudentDistribution: Sendable {
  /// At least 0, not necessarily whole; infinite for the normal distribution.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom above 0")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t) and P(T > t): ½·I_y(ν/2, ½) with y = ν / (ν + t²) (Abramowitz & Stegun 26.7.1).
  package func tails(_ t: Double) -> Tails {
    if t.isNaN { return .undefined }
    let ratio = t * t / degreesOfFreedom
    guard degreesOfFreedom < .infinity else { return NormalDistribution.tails(t) }
    let outer = incompleteBeta(
      degreesOfFreedom / 2, 0.5, 1 / (1 + ratio), complement: ratio < .infinity ? ratio / (1 + ratio) : 1)
    let lower = Tails(lower: 0.5 * outer.lower, upper: 0.5 + 0.5 * outer.upper)
    return t < 0 ? lower : lower.swapped
  }

  /// P(T ≤ t).
  package func cumulative(_ t: Double) -> Double { tails(t).lower }

  /// P(|T| > |t|).
  package func twoSided(_ t: Double) -> Double { 2 * tails(abs(t)).upper }

  /// Γ((ν+1)/2) / (√(νπ)·Γ(ν/2))·(1 + t²/ν)^(−(ν+1)/2).
  package func density(_ t: Double) -> Double {
    guard degreesOfFreedom < .infinity else { return NormalDistribution.density(t) }
    let half = degreesOfFreedom / 2
    let logScale = logGamma(half + 0.5) - logGamma(half) - 0.5 * logarithm(degreesOfFreedom * Double.pi)
    return exponential(logScale - (half + 0.5) * logarithmOfOnePlus(t * t / degreesOfFreedom))
  }

  /// The t that T exceeds with probability 1 − p; infinite at 0 and 1.
  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0.5 { return 0 }
    if p < 0.5 { return -upper(p) }
    return upper(1 - p)
  }

  /// The t > 0 that T exceeds with probability `tail`.
  private func upper(_ tail: Double) -> Double {
    let start = -NormalDistribution.quantile(max(tail, 1e-300))
    return -invert(tail, from: -start, in: -Double.infinity...0) { (tails($0), density($0)) }
  }
}
