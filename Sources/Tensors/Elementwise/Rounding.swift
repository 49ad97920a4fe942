/// A floating-point format by the widths of its fields, as in IEEE 754: one sign bit, an exponent with subnormal
/// numbers below its smallest, and fraction bits after the hidden one.
package struct NumberFormat: Hashable, Sendable {
  /// 2 … 8 bits.
  package let exponentBits: Int
  /// 1 … 23 bits, without the hidden one.
  package let fractionBits: Int
  /// What lies beyond the largest number becomes that number if true, else infinite.
  package let saturates: Bool
  /// Whether the largest exponent holds numbers too, all but the last, as in OCP's E4M3.
  package let isFiniteOnly: Bool

  package init(exponentBits: Int, fractionBits: Int, saturates: Bool, isFiniteOnly: Bool = false) {
    precondition((2...8).contains(exponentBits) && (1...23).contains(fractionBits), "no such number format")
    self.exponentBits = exponentBits
    self.fractionBits = fractionBits
    self.saturates = saturates
    self.isFiniteOnly = isFiniteOnly
  }

  package static let bfloat16 = NumberFormat(exponentBits: 8, fractionBits: 7, saturates: false)
  package static let half = NumberFormat(exponentBits: 5, fractionBits: 10, saturates: false)
  /// The two 8-bit formats of Micikevicius et al. 2022, saturating as usual in training.
  package static let e4m3 = NumberFormat(
    exponentBits: 4, fractionBits: 3, saturates: true, isFiniteOnly: true)
  package static let e5m2 = NumberFormat(exponentBits: 5, fractionBits: 2, saturates: true)

  private var bias: Int { 1 << (exponentBits - 1) - 1 }
  private var largestExponent: Int { bias + (isFiniteOnly ? 1 : 0) }
  /// 2^e of the smallest normal number.
  var smallestNormal: Double { Double(sign: .plus, exponent: 1 - bias, significand: 1) }
  var largest: Double {
    let last = Double(sign: .plus, exponent: -fractionBits, significand: 1)
    let significand = 2 - (isFiniteOnly ? 2 * last : last)
    return Double(sign: .plus, exponent: largestExponent, significand: significand)
  }
}

/// Rounding to nearest, ties to even; derivatives of the rounding itself are 0.
enum Rounding: ElementwiseOperation {
  /// To the next whole number.
  case whole
  case format(NumberFormat)

  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] { [nil] }

  func loop<Element: Scalar>() -> Loop<Element> {
    switch self {
    case .whole: return unary { $0.rounded(.toNearestOrEven) }
    case .format(let format):
      let (smallest, largest) = (Element(format.smallestNormal), Element(format.largest))
      let (bits, beyond) = (format.fractionBits, format.saturates ? largest : Element.infinity)
      return { destination, a, _, _, count in
        for i in 0..<count {
          let x = a[i]
          let size = x.magnitude
          // The distance between neighbouring numbers of the format around x is exact, and so is the quotient.
          let binade = size < smallest ? smallest : size.binade
          let unit = binade / Element(1 << bits)
          let rounded = (x / unit).rounded(.toNearestOrEven) * unit
          let kept = rounded.magnitude > largest ? (x < 0 ? -beyond : beyond) : rounded
          destination[i] = size < .infinity ? kept : (size == .infinity ? (x < 0 ? -beyond : beyond) : x)
        }
      }
    }
  }
}

/// The nearest whole number, ties to even; its derivative is 0.
package func rounded(_ x: Tensor) -> Tensor { x.graph.tensor(Rounding.whole, [x]) }

/// The nearest number of a format, ties to even; its derivative is 0. NaN stays NaN; infinities and what rounds
/// beyond the largest number become that number or infinite, as the format says.
package func rounded(_ x: Tensor, to format: NumberFormat) -> Tensor {
  if x.operation as? Rounding == .format(format) { return x }
  return x.graph.tensor(Rounding.format(format), [x])
}

/// `rounded(x, to: format)` with the derivative of x.
func roundedStraightThrough(_ x: Tensor, _ format: NumberFormat) -> Tensor {
  straightThrough(rounded(x, to: format), to: x)
}
