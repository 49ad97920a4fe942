/// Powers and logarithms of ten, the same bits on every machine: the C library's depend on the processor.
package enum DecimalLogarithm {
  private static let powers: [Double] = (-308...308).map { Double("1e\($0)") ?? 0 }

  /// 10^`exponent`, the nearest double, for exponents from −308 to 308.
  package static func power(_ exponent: Int) -> Double { powers[min(max(exponent, -308), 308) + 308] }

  /// 10^`exponent` for any exponent, the logarithm inverted by bisection.
  package static func exponential(_ exponent: Double) -> Double {
    let whole = Int(min(max(exponent, -308), 308).rounded(.down))
    var (low, high) = (1.0, 10.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if log10(middle) <= exponent - Double(whole) { low = middle } else { high = middle }
    }
    return low * power(whole)
  }

  /// The largest whole n with 10ⁿ ≤ `x`, for finite x > 0.
  package static func floor(_ x: Double) -> Int {
    var exponent = Int(log10(x).rounded(.down))
    if power(exponent + 1) <= x { exponent += 1 }
    if power(exponent) > x { exponent -= 1 }
    return exponent
  }

  /// log₁₀ x for finite x > 0; relative error below 1e-15.
  ///
  /// x = 2ᵉ·m with m in [√½, √2); ln m = 2·atanh(s), s = (m−1)/(m+1), by its series.
  package static func log10(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    for odd in stride(from: 23.0, through: 3, by: -2) { series = series * square + 1 / odd }
    let natural = 2 * (s + s * square * series)
    return exponent * 0.3010299956639812 + natural * 0.4342944819032518
  }
}
