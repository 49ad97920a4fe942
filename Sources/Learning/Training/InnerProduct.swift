/// Σ x·y over `count` numbers, in a fixed order that vectorises: eight running sums in single precision over
/// blocks of 512, whose totals are added in double precision from the first to the last.
package func innerProduct(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Double {
  let a = UnsafeRawPointer(x)
  let b = UnsafeRawPointer(y)
  let whole = count & ~7
  var total = 0.0
  var start = 0
  while start < whole {
    let end = min(start + 512, whole)
    var lanes = SIMD8<Float>()
    while start < end {
      lanes +=
        a.loadUnaligned(fromByteOffset: start &* 4, as: SIMD8<Float>.self)
        * b.loadUnaligned(fromByteOffset: start &* 4, as: SIMD8<Float>.self)
      start &+= 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    total += Double(two.x + two.y)
  }
  for i in whole..<count { total += Double(x[i] * y[i]) }
  return total
}

/// √Σ x², the Euclidean norm.
package func norm(_ x: UnsafePointer<Float>, count: Int) -> Double {
  innerProduct(x, x, count: count).squareRoot()
}
