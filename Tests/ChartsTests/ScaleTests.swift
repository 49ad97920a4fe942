import Charts
import Foundation
import Testing

@Suite struct ScaleTests {
  struct Case: Sendable {
    var domain: (Double, Double)
    var count: Int
    var labels: [String]
  }

  @Test(arguments: [
    Case(domain: (0, 1), count: 6, labels: ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    Case(domain: (0, 1), count: 5, labels: ["0", "0.5", "1.0"]),
    Case(domain: (0.13, 0.19), count: 4, labels: ["0.14", "0.16", "0.18"]),
    Case(domain: (-3, 12), count: 6, labels: ["0", "5", "10"]),
    Case(domain: (-0.05, 0.1), count: 4, labels: ["−0.05", "0", "0.05", "0.10"]),
    Case(domain: (0, 30_000), count: 4, labels: ["0", "10,000", "20,000", "30,000"]),
    Case(domain: (0, 250_000), count: 6, labels: ["0", "50k", "100k", "150k", "200k", "250k"]),
    Case(domain: (0, 1_000_000), count: 6, labels: ["0", "0.2M", "0.4M", "0.6M", "0.8M", "1.0M"]),
    Case(domain: (0, 3e12), count: 4, labels: ["0", "1×10¹²", "2×10¹²", "3×10¹²"]),
    Case(domain: (0, 4e-7), count: 3, labels: ["0", "2×10⁻⁷", "4×10⁻⁷"]),
    Case(domain: (1234.5, 1235.5), count: 3, labels: ["1,234.5", "1,235.0", "1,235.5"]),
  ]) func givesRoundNumbers(_ example: Case) {
    let ticks = NiceTicks(example.domain.0, example.domain.1, atMost: example.count)
    #expect(ticks.labels == example.labels)
  }

  @Test func valuesAreTheNearestDoubles() {
    #expect(NiceTicks(0, 1, atMost: 11).values == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  }

  @Test func wholeNumbersGetNoHalves() {
    #expect(NiceTicks(1, 3, atMost: 9, minimumStep: 1).labels == ["1", "2", "3"])
    #expect(
      NiceTicks(-450, 450, atMost: 2).labels == ["−250", "0", "250"], "one tick alone tells no distance")
  }

  @Test func extendsToTicks() {
    #expect(NiceTicks.extended(0.13, 0.87, atMost: 6, minimumStep: 0) == (0, 1))
    #expect(NiceTicks.extended(-7, 93, atMost: 4, minimumStep: 0) == (-50, 100))
  }

  @Test(arguments: [
    // Twelve decades: every second power.
    ((-6, 6), 7, ["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴", "10⁶"]),
    ((-6, 6), 13, (-6...6).map { "10" + superscript($0) }),
    ((0, 3), 6, ["1", "10", "100", "1,000"]),
    ((0, 2), 8, ["1", "2", "5", "10", "20", "50", "100"]),
    ((0, 2), 5, ["1", "3", "10", "30", "100"]),
    ((0, 12), 4, ["10⁰", "10⁴", "10⁸", "10¹²"]),
  ]) func logTicks(_ exponents: (Int, Int), _ count: Int, _ labels: [String]) throws {
    let domain = DecimalLogarithm.power(exponents.0)...DecimalLogarithm.power(exponents.1)
    let ticks = LogScale([], domain: domain, marksValues: false).ticks(atMost: count)
    #expect(ticks.map(\.label) == labels)
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.fraction < $1.fraction })
    let (first, last) = (try #require(ticks.first), try #require(ticks.last))
    #expect(abs(first.fraction) < 1e-9 && abs(last.fraction - 1) < 1e-9)
  }

  @Test func fewValuesAreTheirOwnTicks() {
    let scale = LogScale([16, 4, 64, 4], domain: nil, marksValues: true)
    #expect(scale.ticks(atMost: 5).map(\.label) == ["4", "16", "64"])
    #expect(scale.ticks(atMost: 5).map { ($0.fraction * 1000).rounded() } == [0, 500, 1000])
  }

  @Test func lessThanADecadeHasEqualSteps() {
    let scale = LogScale([2, 2.7, 3.1, 3.3, 3.35, 3.38, 4], domain: nil, marksValues: true)
    #expect(scale.ticks(atMost: 5).map(\.label) == ["2.0", "2.5", "3.0", "3.5", "4.0"])
  }

  @Test func logarithmIsThatOfTheLibrary() {
    for step in -3000...3000 {
      let x = pow(10, Double(step) / 10)
      guard x.isNormal else { continue }
      #expect(abs(DecimalLogarithm.log10(x) - log10(x)) <= 4e-16 * max(1, abs(log10(x))))
    }
    for exponent in -300...300 { #expect(DecimalLogarithm.floor(Double("1e\(exponent)")!) == exponent) }
  }

  @Test(arguments: [
    (0.0, "0"), (-12.5, "−12.5"), (40_000, "40,000"), (0.001, "0.001"), (2.5e-7, "2.5×10⁻⁷"), (1e9, "10⁹"),
    (1.0 / 3, "0.333333"), (999_999.9, "1,000,000"), (.infinity, "∞"), (.nan, "NaN"),
  ]) func writesNumbers(_ value: Double, _ text: String) {
    #expect(TickText.plain(value) == text)
  }
}

private func superscript(_ exponent: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return (exponent < 0 ? "⁻" : "") + String(digits[abs(exponent)])
}
