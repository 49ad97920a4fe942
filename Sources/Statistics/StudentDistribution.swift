/// Student's t distribution with a whole number of degrees of freedom, the same bits on every machine.
package struct StudentDistribution: Sendable {
  package let degreesOfFreedom: Int

  package init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "at least one degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t), by the finite series of Abramowitz & Stegun 26.7.3 and 26.7.4.
  package func cumulative(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : t > 0 ? 1 : 0 }
    let n = Double(degreesOfFreedom)
    let cosine = (n / (n + t * t)).squareRoot()
    let sine = abs(t) / (n + t * t).squareRoot()
    let isOdd = degreesOfFreedom % 2 == 1
    // Terms of the series in cos²θ: odd degrees start with cos θ, even ones with 1.
    var term = isOdd ? cosine : 1
    var sum = degreesOfFreedom == 1 ? 0 : term
    var k = isOdd ? 3 : 2
    while k <= degreesOfFreedom - 2 {
      term *= cosine * cosine * Double(k - 1) / Double(k)
      sum += term
      k += 2
    }
    // P(|T| ≤ |t|).
    let central =
      isOdd ? (arctangent(abs(t) / n.squareRoot()) + sine * sum) * 2 / Double.pi : sine * sum
    return t >= 0 ? 0.5 + central / 2 : 0.5 - central / 2
  }

  /// The value that T exceeds with probability 1 − p, for p in (0, 1), by bisection to full precision.
  package func quantile(_ p: Double) -> Double {
    if p < 0.5 { return -quantile(1 - p) }
    var low = 0.0
    var high = 1.0
    while cumulative(high) < p, high < 1e12 { high *= 2 }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { break }
      if cumulative(middle) < p { low = middle } else { high = middle }
    }
    return high
  }

  /// arctan x for x ≥ 0: the angle is halved three times, then summed by its series.
  private func arctangent(_ x: Double) -> Double {
    if x > 1 { return Double.pi / 2 - arctangent(1 / x) }
    var reduced = x
    for _ in 0..<3 { reduced /= 1 + (1 + reduced * reduced).squareRoot() }
    let z = reduced * reduced
    var series = 0.0
    var k = 25
    while k >= 1 {
      series = 1 / Double(k) - z * series
      k -= 2
    }
    return 8 * reduced * series
  }
}
