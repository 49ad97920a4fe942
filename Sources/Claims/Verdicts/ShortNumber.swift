import Experiments

/// Numbers as a sentence prints them: as many decimals as their uncertainty allows.
enum ShortNumber {
  /// Decimals that show two digits of the interval's half width, or three of the value without one; at most
  /// 6.
  static func decimals(_ estimate: Estimate) -> Int {
    if let interval = estimate.interval, interval.upper.isFinite, interval.lower.isFinite,
      interval.upper > interval.lower
    {
      return min(6, max(0, 1 - magnitude((interval.upper - interval.lower) / 2)))
    }
    guard estimate.value != 0, estimate.value != estimate.value.rounded() else { return 0 }
    return min(6, max(0, 2 - magnitude(estimate.value)))
  }

  static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "undefined" : value > 0 ? "∞" : "−∞" }
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e15 else { return plain(value) }
    var digits = String(Int(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled > 0 ? "−\(digits)" : digits
  }

  /// As written by the author: the shortest form.
  static func plain(_ value: Double) -> String {
    value < 0 ? "−\(numberLabel(-value))" : numberLabel(value)
  }

  /// `95 %`.
  static func percent(_ share: Double) -> String { "\(plain((share * 1e6).rounded() / 1e4)) %" }

  /// `p = 0.012`, `p < 0.001`.
  static func probability(_ p: Double) -> String {
    p < 0.001 ? "p < 0.001" : "p = \(text(p, decimals: 3))"
  }

  /// The exponent of the leading decimal digit.
  private static func magnitude(_ value: Double) -> Int {
    var (exponent, rest) = (0, abs(value))
    while rest >= 10 { (exponent, rest) = (exponent + 1, rest / 10) }
    while rest < 1, rest > 0 { (exponent, rest) = (exponent - 1, rest * 10) }
    return exponent
  }
}
