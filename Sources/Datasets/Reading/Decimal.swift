/// The number a stretch of ASCII bytes denotes in decimal notation, such as `-12`, `.5` or `1.5e+02`; nil
/// otherwise.
///
/// Correctly rounded: up to 2⁵³ and powers up to 10²² by one exact operation (Clinger, "How to read floating
/// point numbers accurately", PLDI 1990), else by the standard library. Names such as `inf` and hexadecimal
/// are no numbers.
package func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  var place = 0
  let count = bytes.count
  guard count > 0 else { return nil }
  let isNegative = bytes[0] == UInt8(ascii: "-")
  if isNegative || bytes[0] == UInt8(ascii: "+") { place = 1 }
  var mantissa: UInt64 = 0
  var digits = 0
  var fraction = 0
  while place < count, bytes[place] &- 48 < 10 {
    mantissa = mantissa &* 10 &+ UInt64(bytes[place] &- 48)
    digits += 1
    place += 1
  }
  if place < count, bytes[place] == UInt8(ascii: ".") {
    place += 1
    while place < count, bytes[place] &- 48 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[place] &- 48)
      digits += 1
      fraction += 1
      place += 1
    }
  }
  guard digits > 0 else { return nil }
  var exponent = 0
  if place < count, bytes[place] | 32 == UInt8(ascii: "e") {
    place += 1
    let isDown = place < count && bytes[place] == UInt8(ascii: "-")
    if isDown || (place < count && bytes[place] == UInt8(ascii: "+")) { place += 1 }
    let firstDigit = place
    while place < count, bytes[place] &- 48 < 10 {
      exponent = min(100_000, exponent * 10 + Int(bytes[place] &- 48))
      place += 1
    }
    guard place > firstDigit else { return nil }
    if isDown { exponent = -exponent }
  }
  guard place == count else { return nil }
  let power = exponent - fraction
  // 18 digits cannot overflow the mantissa.
  if digits <= 18, mantissa <= 1 << 53, power >= -22, power <= 22 {
    let value = power < 0 ? Double(mantissa) / powersOfTen[-power] : Double(mantissa) * powersOfTen[power]
    return isNegative ? -value : value
  }
  return Double(String(decoding: bytes, as: UTF8.self))
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  1e19,
  1e20, 1e21, 1e22,
]
