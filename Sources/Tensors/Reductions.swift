/// The sum of `count` numbers in a fixed order that vectorises: eight running sums over every eighth number,
/// added in pairs (i with i+4, then i with i+2, then the last two), then the up to seven numbers left over,
/// one by one.
@inline(__always)
package func sum(_ x: UnsafePointer<Float>, count: Int) -> Float {
  let whole = count & ~7
  var total: Float = 0
  if whole > 0 {
    var lanes = SIMD8<Float>()
    let raw = UnsafeRawPointer(x)
    var i = 0
    while i < whole {
      lanes += raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
      i &+= 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    total = two.x + two.y
  }
  var i = whole
  while i < count {
    total += x[i]
    i &+= 1
  }
  return total
}

/// The sum of each column, rows added from the first to the last.
///
/// - Parameters:
///   - x: rows × columns.
///   - sums: one number a column.
package func sumColumns(
  _ x: UnsafePointer<Float>, rows: Int, columns: Int, into sums: UnsafeMutablePointer<Float>
) {
  for j in 0..<columns { sums[j] = 0 }
  for i in 0..<rows {
    let row = x + i &* columns
    for j in 0..<columns { sums[j] += row[j] }
  }
}

/// The position of the largest of `count` ≥ 1 numbers, the first of equals.
@inline(__always)
package func indexOfLargest(_ x: UnsafePointer<Float>, count: Int) -> Int {
  var best = 0
  for j in 1..<max(count, 1) where x[j] > x[best] { best = j }
  return best
}

/// Whether all numbers are finite; infinities and NaN have all bits of the exponent set.
package func areFinite(_ x: UnsafePointer<Float>, count: Int) -> Bool {
  var largest: UInt32 = 0
  for i in 0..<count {
    let exponent = x[i].bitPattern & 0x7F80_0000
    largest = exponent > largest ? exponent : largest
  }
  return largest != 0x7F80_0000
}

/// x ← factor · x.
package func scale(_ x: UnsafeMutablePointer<Float>, by factor: Float, count: Int) {
  for i in 0..<count { x[i] *= factor }
}
