/// Numbers in words for axes, without the C library: the same on every machine and in every locale.
package struct TickText {
  private let step: Step
  /// Labels show value / 10^`unit`.
  private let unit: Int
  private let suffix: String

  /// Chooses the unit all labels of an axis share.
  ///
  /// - Parameter largest: magnitude of the largest tick.
  init(step: Step, largest: Double) {
    self.step = step
    let order = largest > 0 ? DecimalLogarithm.floor(largest) : 0
    switch order {
    case ..<(-3): (unit, suffix) = (order, "×10" + Self.superscript(order))
    case ..<5: (unit, suffix) = (0, "")
    case 5: (unit, suffix) = (3, "k")
    case ..<9: (unit, suffix) = (6, "M")
    default: (unit, suffix) = (order, "×10" + Self.superscript(order))
    }
  }

  /// - Parameter indices: ticks, in steps from zero.
  func labels(_ indices: [Int]) -> [String] {
    indices.map { index in
      index == 0
        ? "0" : Self.decimal(index * step.mantissa, exponent: step.exponent - unit) + suffix
    }
  }

  /// Ticks of a log axis: plain while they are easily read, else powers of ten throughout.
  static func logLabels(_ values: [Double]) -> [String] {
    values.allSatisfy { (1e-3..<1e5).contains($0) } ? values.map(plain) : values.map(scientific)
  }

  /// Ticks of a symmetric log axis, likewise.
  static func symmetricLabels(_ values: [Double]) -> [String] {
    let isPlain = values.allSatisfy { $0 == 0 || (1e-3..<1e5).contains($0.magnitude) }
    return values.map { value in
      if value == 0 { return "0" }
      let text = isPlain ? plain(value.magnitude) : scientific(value.magnitude)
      return value < 0 ? "−" + text : text
    }
  }

  /// The number to six significant digits at most: `0.001`, `-12.5`, `40,000`, `2.5×10⁻⁷`.
  package static func plain(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    guard value != 0 else { return "0" }
    guard (1e-3..<1e6).contains(value.magnitude) else { return scientific(value) }
    let (digits, exponent) = significant(value)
    return decimal(digits, exponent: exponent)
  }

  /// The number to three significant digits: `2.35`, `0.0412`, `12,300`.
  static func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return plain(value) }
    let step = Step(mantissa: 1, exponent: DecimalLogarithm.floor(value.magnitude) - 2)
    return plain(step.value((value / step.size).rounded()))
  }

  /// Three digits or fewer say the number exactly enough for a tick.
  static func isShort(_ value: Double) -> Bool {
    let (digits, exponent) = significant(value)
    let order = DecimalLogarithm.floor(value.magnitude)
    return order - exponent <= 2 || (digits.magnitude < 100_000 && exponent >= 0)
  }

  private static func scientific(_ value: Double) -> String {
    let (digits, exponent) = significant(value)
    let length = String(digits.magnitude).count - 1
    let power = "10" + superscript(exponent + length)
    return digits == 1 ? power : decimal(digits, exponent: -length) + "×" + power
  }

  /// `digits` × 10^`exponent`, at most six digits, the last not zero.
  private static func significant(_ value: Double) -> (digits: Int, exponent: Int) {
    var exponent = DecimalLogarithm.floor(value.magnitude) - 5
    // Two factors, since 10^(−exponent) alone may overflow.
    let half = -exponent / 2
    let scaled = value * DecimalLogarithm.power(half) * DecimalLogarithm.power(-exponent - half)
    var digits = Int(scaled.rounded())
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    return (digits, exponent)
  }

  /// `digits` × 10^`exponent` in full, a comma at each thousand, a true minus sign.
  static func decimal(_ digits: Int, exponent: Int) -> String {
    var text = Array(String(digits.magnitude).utf8)
    text += Array(repeating: UInt8(ascii: "0"), count: max(exponent, 0))
    let decimals = max(-exponent, 0)
    while text.count <= decimals { text.insert(UInt8(ascii: "0"), at: 0) }
    let whole = text.dropLast(decimals)
    var result = digits < 0 ? "−" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0, whole.count > 3 { result += "," }
      result.unicodeScalars.append(Unicode.Scalar(digit))
    }
    if decimals > 0 { result += "." + String(decoding: text.suffix(decimals), as: UTF8.self) }
    return result
  }

  private static func superscript(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (exponent < 0 ? "⁻" : "")
      + String(String(exponent.magnitude).utf8.map { digits[Int($0 - UInt8(ascii: "0"))] })
  }
}
