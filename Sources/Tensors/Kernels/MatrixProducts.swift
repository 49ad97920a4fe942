// Matrix products for small networks. A library made for large matrices copies both operands into panels at every
// call, which costs small ones a third of their time; here the left operand is read where it lies.
//
// C is cut into tiles of 6 × 16 numbers, which fill the registers of AVX2. Each number of C is a sum over the inner
// dimension in blocks of `innerBlock`: within a block by fused multiply-add from zero in ascending order, then block
// by block. The order depends neither on the tile nor on the other rows and columns, so that a row has the same bits
// in every product it is part of.

/// Rows of B that are multiplied together; a panel of them takes half of the first-level cache.
private let innerBlock = 256
/// Numbers of A that are gone through panel by panel; they take a part of the second-level cache.
private let blockCount = 384 * innerBlock
/// A matrix to be multiplied: `stride` from row to row, and transposed or not.
package struct Factor<Element: Scalar> {
  let base: UnsafePointer<Element>
  let stride: Int
  let isTransposed: Bool

  /// - Parameter isTransposed: whether the product's rows are the array's columns.
  package init(_ base: UnsafePointer<Element>, _ stride: Int, transposed isTransposed: Bool = false) {
    (self.base, self.stride, self.isTransposed) = (base, stride, isTransposed)
  }
}

/// The numbers of scratch that `multiply` needs.
package let productScratch = innerBlock * panelWidth

/// C ← A·B + D over row-major arrays.
///
/// - Parameters:
///   - a: rows × inner.
///   - b: inner × columns.
///   - c: where the result goes, `strideC` from row to row; any content is overwritten.
///   - addend: D, rows × columns with a stride of its own; nil for 0; may be C itself.
///   - scratch: room for `productScratch` numbers.
@inline(never)
package func multiply<Element: Scalar>(
  _ a: Factor<Element>, _ b: Factor<Element>, into c: UnsafeMutablePointer<Element>, _ strideC: Int,
  plus addend: Factor<Element>? = nil, rows: Int, inner: Int, columns: Int,
  scratch: UnsafeMutablePointer<Element>
) {
  if inner == 0 { return fill(c, strideC, addend, rows: rows, columns: columns) }
  var k = 0
  while k < inner {
    let depth = min(innerBlock, inner &- k)
    let rowBlock = blockCount / depth
    var i = 0
    while i < rows {
      let height = min(rowBlock, rows &- i)
      var j = 0
      while j < columns {
        let width = min(panelWidth, columns &- j)
        // Two tiles are done with a panel sooner than it is copied.
        let isDirect = height <= 12 && width == panelWidth && !b.isTransposed
        if !isDirect { pack(b, k, j, depth: depth, width: width, into: scratch) }
        let panel =
          isDirect
          ? Panel(base: b.base + (k &* b.stride &+ j), stride: b.stride, depth: depth)
          : Panel(base: UnsafePointer(scratch), stride: panelWidth, depth: depth)
        let before = k > 0 ? Factor(c, strideC) : addend
        let target = Target(c, strideC, plus: before, i, j, width: width)
        sweep(a, i, k, panel, rows: height, target)
        j &+= panelWidth
      }
      i &+= rowBlock
    }
    k &+= innerBlock
  }
}

/// A right operand copied into panels once, for several products with it.
package struct PackedFactor<Element: Scalar> {
  private let panels: UnsafePointer<Element>
  private let inner: Int
  private let columns: Int

  /// The numbers of memory that the panels take.
  package static func count(inner: Int, columns: Int) -> Int {
    inner * ((columns + panelWidth - 1) / panelWidth * panelWidth)
  }

  /// - Parameters:
  ///   - b: inner × columns.
  ///   - memory: room for `count` numbers, which must live as long as this.
  package init(_ b: Factor<Element>, inner: Int, columns: Int, memory: UnsafeMutablePointer<Element>) {
    (panels, self.inner, self.columns) = (UnsafePointer(memory), inner, columns)
    var next = memory
    for k in stride(from: 0, to: inner, by: innerBlock) {
      let depth = min(innerBlock, inner &- k)
      for j in stride(from: 0, to: columns, by: panelWidth) {
        pack(b, k, j, depth: depth, width: min(panelWidth, columns &- j), into: next)
        next += depth &* panelWidth
      }
    }
  }

  /// C ← A·B + D, with the bits of `multiply`.
  ///
  /// - Parameter addend: D; may be C itself.
  @inline(never)
  package func multiply(
    _ a: Factor<Element>, into c: UnsafeMutablePointer<Element>, _ strideC: Int,
    plus addend: Factor<Element>? = nil, rows: Int
  ) {
    var panel = panels
    var k = 0
    while k < inner {
      let depth = min(innerBlock, inner &- k)
      var j = 0
      while j < columns {
        let before = k > 0 ? Factor(c, strideC) : addend
        let target = Target(c, strideC, plus: before, 0, j, width: min(panelWidth, columns &- j))
        sweep(a, 0, k, Panel(base: panel, stride: panelWidth, depth: depth), rows: rows, target)
        panel += depth &* panelWidth
        j &+= panelWidth
      }
      k &+= innerBlock
    }
  }
}

/// C ← D, an empty sum.
private func fill<Element: Scalar>(
  _ c: UnsafeMutablePointer<Element>, _ strideC: Int, _ addend: Factor<Element>?, rows: Int, columns: Int
) {
  for i in 0..<rows {
    let row = c + i * strideC
    for j in 0..<columns {
      if let addend { row[j] = addend.base[i * addend.stride + j] } else { row[j] = 0 }
    }
  }
}

/// Copies `depth` rows of B from row k on, columns j ..< j + width, to rows of `panelWidth` numbers; what is beyond
/// `width` serves nothing.
@inline(__always)
private func pack<Element: Scalar>(
  _ b: Factor<Element>, _ k: Int, _ j: Int, depth: Int, width: Int, into panel: UnsafeMutablePointer<Element>
) {
  if b.isTransposed {
    let source = b.base + (j &* b.stride &+ k)
    let whole = width == panelWidth ? depth & ~7 : 0
    var row = 0
    while row < whole {
      transposeEight(source + row, b.stride, into: panel + row &* panelWidth)
      transposeEight(source + (8 &* b.stride &+ row), b.stride, into: panel + (row &* panelWidth &+ 8))
      row &+= 8
    }
    for column in 0..<width {
      let from = source + column &* b.stride
      let to = panel + column
      for row in whole..<depth { to[row &* panelWidth] = from[row] }
    }
  } else {
    let source = b.base + (k &* b.stride &+ j)
    // Whole rows are copied as long as what follows them still belongs to B.
    let rest = width == panelWidth ? 0 : (panelWidth &- width &+ b.stride &- 1) / max(b.stride, 1)
    let whole = max(depth &- rest, 0)
    for row in 0..<whole {
      let from = source + row &* b.stride
      let to = panel + row &* panelWidth
      store(load(from, 0), to: to)
      store(load(from, 8), to: to + 8)
    }
    for row in whole..<depth {
      let from = source + row &* b.stride
      let to = panel + row &* panelWidth
      for column in 0..<width { to[column] = from[column] }
    }
  }
}

/// Eight rows of eight numbers become eight columns of a panel.
@inline(__always)
private func transposeEight<Element: Scalar>(
  _ source: UnsafePointer<Element>, _ stride: Int, into panel: UnsafeMutablePointer<Element>
) {
  typealias Eight = SIMD8<Element>
  /// Every other pair of both, taken in turn.
  @inline(__always)
  func zip(_ a: Eight, _ b: Eight) -> (Eight, Eight) {
    (
      Eight(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5]),
      Eight(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
    )
  }
  @inline(__always)
  func zipPairs(_ a: Eight, _ b: Eight) -> (Eight, Eight) {
    (
      Eight(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5]),
      Eight(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
    )
  }
  @inline(__always)
  func put(_ a: Eight, _ b: Eight, _ row: Int) {
    store(Eight(lowHalf: a.lowHalf, highHalf: b.lowHalf), to: panel + row &* panelWidth)
    store(Eight(lowHalf: a.highHalf, highHalf: b.highHalf), to: panel + (row &+ 4) &* panelWidth)
  }
  @inline(__always) func row(_ i: Int) -> Eight { load(source, i &* stride) }
  let (a, b) = (zip(row(0), row(1)), zip(row(2), row(3)))
  let (c, d) = (zip(row(4), row(5)), zip(row(6), row(7)))
  let (upper, upperRest) = (zipPairs(a.0, b.0), zipPairs(a.1, b.1))
  let (lower, lowerRest) = (zipPairs(c.0, d.0), zipPairs(c.1, d.1))
  put(upper.0, lower.0, 0)
  put(upper.1, lower.1, 1)
  put(upperRest.0, lowerRest.0, 2)
  put(upperRest.1, lowerRest.1, 3)
}

/// The tiles of one panel, from the first row to the last.
@inline(__always)
private func sweep<Element: Scalar>(
  _ a: Factor<Element>, _ i: Int, _ k: Int, _ panel: Panel<Element>, rows: Int, _ target: Target<Element>
) {
  let (rowStride, innerStride) = a.isTransposed ? (1, a.stride) : (a.stride, 1)
  let start = a.base + (i &* rowStride &+ k &* innerStride)
  var row = 0
  while row < rows {
    let left = rows &- row
    let tile = start + row &* rowStride
    // Eight rows make two tiles of four.
    if left >= 6 && left != 8 {
      multiplySix(tile, rowStride, innerStride, panel, target, row)
      row &+= 6
    } else {
      multiplyFour(tile, rowStride, innerStride, panel, target, row, min(left, 4))
      row &+= 4
    }
  }
}
