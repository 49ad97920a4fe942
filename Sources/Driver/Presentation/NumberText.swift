import Claims

/// How numbers are printed in reports: as many digits as their uncertainty allows.
enum NumberText {
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

  /// Decimals such that the half width of an interval shows two significant digits, at most 6.
  ///
  /// - Parameter smallest: a positive lower end, which must not be rounded to 0.
  static func decimals(halfWidth: Double, smallest: Double) -> Int {
    guard halfWidth.isFinite, halfWidth > 0 else { return 3 }
    let forSmallest = smallest > 0 && smallest.isFinite ? -magnitude(smallest) : 0
    return min(6, max(0, forSmallest, 1 - magnitude(halfWidth)))
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

  /// A whole number with thin groups of three: `12,345`.
  static func count(_ value: Int) -> String {
    var digits = Array(String(abs(value)))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

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
