/// x ← eˣ, element by element, with the bits of `exponential(_: Double)`: written without branches so that it
/// vectorises. Numbers above 709 count as 709; below −708 the result is 0; NaN stays NaN.
package func exponentiate(_ x: UnsafeMutablePointer<Double>, count: Int) {
  let shift = 6_755_399_441_055_744.0
  for i in 0..<count {
    let given = x[i]
    var bounded = given < -708 ? -708 : given
    bounded = bounded > 709 ? 709 : bounded
    let shifted = bounded * 1.4426950408889634 + shift
    let k = shifted - shift
    let r = (bounded - k * 0.6931471803691238) - k * 1.9082149292705877e-10
    var sum = 1.0 / 6_227_020_800
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 0.5
    sum = 1 + (r + sum * r * r)
    // The low bits of `shifted` are k; the exponent's bias added and moved up, they are 2ᵏ.
    let scale = Double(bitPattern: (shifted.bitPattern &+ 1023) << 52)
    x[i] = given < -708 ? 0 : sum * scale
  }
}
