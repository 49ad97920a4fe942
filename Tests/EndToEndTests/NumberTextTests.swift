import Driver
import Testing

/// Estimates as reports print them.
@Suite struct NumberTextTests {
  @Test(arguments: [
    // Two digits of the half width.
    (0.912_34, 0.901, 0.924, "0.912", "[0.901, 0.924]"), (1234.4, 1100, 1400, "1234", "[1100, 1400]"),
    (0.5, -0.3, 1.3, "0.50", "[−0.30, 1.30]"),
    // One more where an end would be printed as 0.
    (0.123, 0.004, 0.242, "0.123", "[0.004, 0.242]"),
    // An end far smaller than the interval has digits of its own, and does not lend them to the others.
    (0.015_474, 0.000_009_3, 0.031, "0.015", "[0.000009, 0.031]"),
    (-0.015_474, -0.031, -0.000_09, "−0.015", "[−0.031, −0.00009]"),
    // What is smaller still is as good as 0.
    (0.015, 1e-9, 0.031, "0.015", "[0.000, 0.031]"), (0.015, 0, 0.031, "0.015", "[0.000, 0.031]"),
    // Where all are too small for six decimals.
    (3.21e-8, 1.1e-8, 5.4e-8, "3.2×10⁻⁸", "[1.1, 5.4]×10⁻⁸"),
    (2e-7, -1e-6, 1.4e-6, "0.2×10⁻⁶", "[−1.0, 1.4]×10⁻⁶"),
    (0.000_02, 0.000_013, 0.000_034, "0.000020", "[0.000013, 0.000034]"),
    (2, -Double.infinity, Double.infinity, "2", "[−∞, ∞]"),
  ])
  func digitsFollowTheInterval(
    _ value: Double, _ lower: Double, _ upper: Double, _ text: String, _ interval: String
  ) {
    let found = NumberText.estimate(value, from: lower, to: upper)
    #expect(found.value == text && found.interval == interval, "\(found)")
  }

  @Test(arguments: [(0.1234, "0.123"), (0, "0"), (7, "7"), (0.000_02, "0.000020"), (-3.217e-9, "−3.22×10⁻⁹")])
  func aValueAloneHasThreeDigits(_ value: Double, _ text: String) {
    #expect(NumberText.alone(value) == text)
  }
}
