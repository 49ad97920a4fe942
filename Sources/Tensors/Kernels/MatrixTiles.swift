// What `multiply` does in registers: six rows, or up to four, by one panel of sixteen columns.

/// Columns of a tile, and so of a panel.
let panelWidth = 16

/// `depth` rows of sixteen numbers of B.
struct Panel<Element: Scalar> {
  let base: UnsafePointer<Element>
  let stride: Int
  let depth: Int
}

/// Where the tiles of a panel go.
struct Target<Element: Scalar> {
  let c: UnsafeMutablePointer<Element>
  let stride: Int
  /// Columns that are written, at most `panelWidth`.
  let width: Int
  let addend: UnsafePointer<Element>?
  let addendStride: Int

  /// The tiles from row i and column j of C on.
  @inline(__always)
  init(
    _ c: UnsafeMutablePointer<Element>, _ stride: Int, plus addend: Factor<Element>?, _ i: Int, _ j: Int,
    width: Int
  ) {
    self.c = c + (i &* stride &+ j)
    (self.stride, self.width) = (stride, width)
    addendStride = addend?.stride ?? 0
    if let addend {
      self.addend = addend.base + (i &* addend.stride &+ j)
    } else {
      self.addend = nil
    }
  }
}

/// Sixteen running sums.
private struct TileRow<Element: Scalar> {
  private var low = SIMD8<Element>()
  private var high = SIMD8<Element>()

  @inline(__always)
  mutating func add(_ a: Element, _ b: (low: SIMD8<Element>, high: SIMD8<Element>)) {
    let a = SIMD8<Element>(repeating: a)
    low.addProduct(a, b.low)
    high.addProduct(a, b.high)
  }

  @inline(__always)
  func store(_ target: Target<Element>, _ row: Int) {
    let c = target.c + row &* target.stride
    var (low, high) = (low, high)
    if target.width == panelWidth {
      if let addend = target.addend {
        low += load(addend + row &* target.addendStride, 0)
        high += load(addend + row &* target.addendStride, 8)
      }
      Tensors.store(low, to: c)
      Tensors.store(high, to: c + 8)
      return
    }
    if let addend = target.addend.map({ $0 + row &* target.addendStride }) {
      for j in 0..<min(8, target.width) { low[j] += addend[j] }
      for j in 8..<max(8, target.width) { high[j &- 8] += addend[j] }
    }
    if target.width < 8 {
      for j in 0..<target.width { c[j] = low[j] }
    } else {
      Tensors.store(low, to: c)
      for j in 8..<target.width { c[j] = high[j &- 8] }
    }
  }
}

/// Six rows by one panel; `rowStride` and `innerStride` lead through A.
@inline(never)
func multiplySix<Element: Scalar>(
  _ a: UnsafePointer<Element>, _ rowStride: Int, _ innerStride: Int, _ panel: Panel<Element>,
  _ target: Target<Element>, _ row: Int
) {
  var (r0, r1, r2) = (TileRow<Element>(), TileRow<Element>(), TileRow<Element>())
  var (r3, r4, r5) = (TileRow<Element>(), TileRow<Element>(), TileRow<Element>())
  var (a, next) = (a, panel.base)
  for _ in 0..<panel.depth {
    let b = (load(next, 0), load(next, 8))
    r0.add(a[0], b)
    r1.add(a[rowStride], b)
    r2.add(a[2 &* rowStride], b)
    r3.add(a[3 &* rowStride], b)
    r4.add(a[4 &* rowStride], b)
    r5.add(a[5 &* rowStride], b)
    a += innerStride
    next += panel.stride
  }
  r0.store(target, row)
  r1.store(target, row &+ 1)
  r2.store(target, row &+ 2)
  r3.store(target, row &+ 3)
  r4.store(target, row &+ 4)
  r5.store(target, row &+ 5)
}

/// One to four rows by one panel. Rows beyond `rows` repeat the last and are not stored.
@inline(never)
func multiplyFour<Element: Scalar>(
  _ a: UnsafePointer<Element>, _ rowStride: Int, _ innerStride: Int, _ panel: Panel<Element>,
  _ target: Target<Element>, _ row: Int, _ rows: Int
) {
  var (r0, r1, r2, r3) = (TileRow<Element>(), TileRow<Element>(), TileRow<Element>(), TileRow<Element>())
  let second = min(1, rows &- 1) &* rowStride
  let third = min(2, rows &- 1) &* rowStride
  let fourth = min(3, rows &- 1) &* rowStride
  var (a, next) = (a, panel.base)
  for _ in 0..<panel.depth {
    let b = (load(next, 0), load(next, 8))
    r0.add(a[0], b)
    r1.add(a[second], b)
    r2.add(a[third], b)
    r3.add(a[fourth], b)
    a += innerStride
    next += panel.stride
  }
  r0.store(target, row)
  if rows > 1 { r1.store(target, row &+ 1) }
  if rows > 2 { r2.store(target, row &+ 2) }
  if rows > 3 { r3.store(target, row &+ 3) }
}
