import Charts
import Claims

/// How numbers are printed in reports: as many digits as their uncertainty allows.
package enum NumberText {
  /// Rounds to a fixed number of decimals, with a true minus sign left to the page.
  static func fixed(_ value: Double, decimals: Int) -> String {
    if value.isNaN { return "–" }
    if value.isInfinite { return value > 0 ? "∞" : "−∞" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e15 else { return value.description }
    let whole = Int(scaled)
    var digits = String(whole)
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && whole != 0 ? "−" + digits : digits
  }

  /// With that many significant digits.
  static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    return fixed(value, decimals: max(0, digits - 1 - magnitude(value)))
  }

  /// Decimals such that the half width of an interval shows two significant digits, at most 6; one more where that keeps
  /// an end from being rounded to 0. Nil where the interval says nothing.
  private static func decimals(lower: Double, upper: Double) -> Int? {
    let halfWidth = (upper - lower) / 2
    guard halfWidth.isFinite, halfWidth > 0 else { return nil }
    let enough = max(0, 1 - magnitude(halfWidth))
    let vanishes = [lower, upper].contains { $0 != 0 && -magnitude($0) == enough + 1 }
    return min(6, enough + (vanishes ? 1 : 0))
  }

  /// An end of an interval: one that is not 0 and would be printed as 0 gets decimals of its own, down to its first digit
  /// that is not 0, at most 6.
  private static func end(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, value != 0, -magnitude(value) <= 6 else { return fixed(value, decimals: decimals) }
    return fixed(value, decimals: max(decimals, -magnitude(value)))
  }

  /// A value and the interval around it; where all are below 0.00001 with a power of ten behind them.
  package static func estimate(
    _ value: Double, from lower: Double, to upper: Double, decimals: Int? = nil
  ) -> (value: String, interval: String) {
    if decimals == nil, let unit = SmallUnit([value, lower, upper]) {
      let scaled = estimate(unit.scaled(value), from: unit.scaled(lower), to: unit.scaled(upper))
      return (scaled.value + unit.text, scaled.interval + unit.text)
    }
    let decimals = decimals ?? self.decimals(lower: lower, upper: upper) ?? self.decimals(value: value)
    return (
      fixed(value, decimals: decimals),
      "[\(end(lower, decimals: decimals)), \(end(upper, decimals: decimals))]"
    )
  }

  /// A value without an interval, likewise.
  package static func alone(_ value: Double) -> String {
    guard let unit = SmallUnit([value]) else { return fixed(value, decimals: decimals(value: value)) }
    return fixed(unit.scaled(value), decimals: 2) + unit.text
  }

  /// A power of ten as large as the largest of numbers that are too small for six decimals.
  private struct SmallUnit {
    private let exponent: Int

    /// Nil where there is none, or where none is needed.
    init?(_ values: [Double]) {
      guard values.allSatisfy(\.isFinite), let largest = values.map(abs).max(), largest > 0 else {
        return nil
      }
      exponent = NumberText.magnitude(largest)
      guard (-300 ... -6).contains(exponent) else { return nil }
    }

    func scaled(_ value: Double) -> Double { value / DecimalLogarithm.power(exponent) }

    /// `×10⁻⁸`.
    var text: String { "×" + TickText.plain(DecimalLogarithm.power(exponent)) }
  }

  /// Decimals for a value without an interval: three significant digits, at most 6.
  static func decimals(value: Double) -> Int {
    guard value.isFinite, value != 0 else { return 0 }
    if value == value.rounded(), abs(value) < 1e6 { return 0 }
    return min(6, max(0, 2 - magnitude(value)))
  }

  /// A p-value: three decimals, or `< 0.001`.
  static func probability(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : fixed(p, decimals: 3)
  }

  /// A whole number in groups of three digits: `12,345`.
  static func count(_ value: Int) -> String { grouped(value) }

  private static func magnitude(_ value: Double) -> Int {
    var exponent = 0
    var rest = abs(value)
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }
}
