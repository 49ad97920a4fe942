/// The sum of `count` numbers in a fixed order that vectorises: eight running sums over every eighth number,
/// added in pairs (i with i+4, then i with i+2, then the last two), then the up to seven numbers left over,
/// one by one.
///
/// This and its like are not inlined: amid a whole kernel the compiler takes their lanes apart.
@inline(never)
package func sum<Element: Scalar>(_ x: UnsafePointer<Element>, count: Int) -> Element {
  sumInLanes(count, { load(x, $0) }, { x[$0] })
}

/// Σ x·y, in the order of `sum`.
@inline(never)
func sumOfProducts<Element: Scalar>(
  _ x: UnsafePointer<Element>, _ y: UnsafePointer<Element>, count: Int
) -> Element {
  sumInLanes(count, { load(x, $0) * load(y, $0) }, { x[$0] * y[$0] })
}

/// Σ (x − center)², in the order of `sum`.
@inline(never)
func sumOfSquares<Element: Scalar>(_ x: UnsafePointer<Element>, around center: Element, count: Int) -> Element
{
  sumInLanes(
    count,
    {
      let d = load(x, $0) - center
      return d * d
    },
    {
      let d = x[$0] - center
      return d * d
    })
}

/// The sum of terms in the order of `sum`: eight at a time, then one by one.
@inline(__always)
private func sumInLanes<Element: Scalar>(
  _ count: Int, _ eight: (Int) -> SIMD8<Element>, _ one: (Int) -> Element
) -> Element {
  let whole = count & ~7
  var total: Element = 0
  if whole > 0 {
    var lanes = SIMD8<Element>()
    var i = 0
    while i < whole {
      lanes += eight(i)
      i &+= 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    total = two.x + two.y
  }
  var i = whole
  while i < count {
    total += one(i)
    i &+= 1
  }
  return total
}

/// The sum of each column, rows added from the first to the last.
///
/// - Parameters:
///   - x: rows × columns.
///   - sums: one number a column.
package func sumColumns<Element: Scalar>(
  _ x: UnsafePointer<Element>, rows: Int, columns: Int, into sums: UnsafeMutablePointer<Element>
) {
  var j = 0
  // Thirty-two columns go down together, in registers.
  while j &+ 32 <= columns {
    var (a, b) = (SIMD8<Element>(), SIMD8<Element>())
    var (c, d) = (SIMD8<Element>(), SIMD8<Element>())
    var row = x + j
    for _ in 0..<rows {
      a += load(row, 0)
      b += load(row, 8)
      c += load(row, 16)
      d += load(row, 24)
      row += columns
    }
    store(a, to: sums + j)
    store(b, to: sums + (j &+ 8))
    store(c, to: sums + (j &+ 16))
    store(d, to: sums + (j &+ 24))
    j &+= 32
  }
  let rest = j
  for j in rest..<columns { sums[j] = 0 }
  for i in 0..<rows {
    let row = x + i &* columns
    for j in rest..<columns { sums[j] += row[j] }
  }
}

/// The largest of `count` ≥ 1 numbers; whether a NaN is noticed depends on its place.
@inline(never)
func largest<Element: Scalar>(_ x: UnsafePointer<Element>, count: Int) -> Element {
  var best = x[0]
  var i = 0
  if count >= 8 {
    var lanes = load(x, 0)
    i = 8
    while i &+ 8 <= count {
      lanes = Element.larger(lanes, load(x, i))
      i &+= 8
    }
    let a = Element.larger(
      lanes, SIMD8(lanes[4], lanes[5], lanes[6], lanes[7], lanes[0], lanes[1], lanes[2], lanes[3]))
    let b = Element.larger(a, SIMD8(a[2], a[3], a[0], a[1], a[6], a[7], a[4], a[5]))
    best = b[1] > b[0] ? b[1] : b[0]
  }
  while i < count {
    best = x[i] > best ? x[i] : best
    i &+= 1
  }
  return best
}

/// e^((x − shift)·factor) of a row, and their sum as lanes without a rest.
///
/// - Parameter powers: room for `count` rounded up to eights; beyond `count` it becomes 0.
@inline(never)
func exponentials<Element: Scalar>(
  _ x: UnsafePointer<Element>, minus shift: Element, times factor: Element = 1, count: Int,
  into powers: UnsafeMutablePointer<Element>
) -> Element {
  let whole = wholeLanes(count)
  for j in 0..<count { powers[j] = (x[j] - shift) * factor }
  for j in count..<whole { powers[j] = -.infinity }
  for j in 0..<whole { powers[j] = Element.exponential(powers[j]) }
  return sum(powers, count: whole)
}

/// `count` rounded up to eights.
func wholeLanes(_ count: Int) -> Int { (count + 7) & ~7 }

/// The position of the largest of `count` ≥ 1 numbers, the first of equals.
@inline(__always)
package func indexOfLargest<Element: Scalar>(_ x: UnsafePointer<Element>, count: Int) -> Int {
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
