/// How likely t-tests find an effect, for normal values (Cohen 1988, ch. 2).
package struct TTestPower: Hashable, Sendable {
  package enum Design: Sendable {
    /// One sample, or pairs: the effect is a mean over its standard deviation.
    case oneSample
    /// Two independent samples of equal size: the effect is the difference of means over the standard deviation.
    case twoSamples
  }

  package let design: Design
  /// In standard deviations.
  package let effect: Double
  /// Of a false positive, in both directions together or in the one.
  package let significance: Double
  package let isTwoSided: Bool

  package init(_ design: Design, effect: Double, significance: Double = 0.05, isTwoSided: Bool = true) {
    self.design = design
    self.effect = effect
    self.significance = significance
    self.isTwoSided = isTwoSided
  }

  /// The probability to find the effect with n values a sample, by the noncentral t distribution; NaN below two.
  package func power(_ n: Int) -> Double {
    guard n >= 2 else { return .nan }
    let size = Double(n)
    let degrees = design == .oneSample ? size - 1 : 2 * (size - 1)
    let noncentrality = effect * (design == .oneSample ? size : size / 2).squareRoot()
    let student = StudentDistribution(degreesOfFreedom: degrees)
    let critical = student.quantile(1 - significance / (isTwoSided ? 2 : 1))
    let found = NoncentralStudentDistribution(degreesOfFreedom: degrees, noncentrality: noncentrality)
    return found.tails(critical).upper + (isTwoSided ? found.tails(-critical).lower : 0)
  }

  /// The fewest values a sample that find the effect with a given probability; nil where a million do not.
  package func sampleSize(power: Double) -> Int? {
    var high = 2
    while self.power(high) < power {
      high *= 2
      if high > 1_000_000 { return nil }
    }
    var low = max(2, high / 2)
    while low < high {
      let middle = (low + high) / 2
      if self.power(middle) >= power { high = middle } else { low = middle + 1 }
    }
    return high
  }
}
