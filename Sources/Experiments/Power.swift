import Randomness

/// baseᵗ for base > 0, the same bits on every machine (the C library's depends on the processor).
///
/// exp(t·ln base): the argument is split as k·ln 2 + r with |r| ≤ ½ ln 2, eʳ by its Taylor series to 18 terms.
package func power(_ base: Double, _ t: Double) -> Double {
  let x = t * naturalLogarithm(base)
  let k = (x * 1.4426950408889634).rounded()
  let r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10
  var sum = 1.0
  var n = 18.0
  while n >= 1 {
    sum = 1 + sum * r / n
    n -= 1
  }
  return Double(sign: .plus, exponent: Int(k), significand: sum)
}
