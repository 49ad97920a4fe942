import Randomness
import Tensors
import Testing

private func randomValues(_ count: Int, _ index: Int) -> [Float] {
  var stream = RandomStream(seed: 5, role: "test", purpose: "values", index: index)
  return (0..<count).map { _ in Float(stream.normal()) }
}

/// A·B + D for arrays with no gaps between their rows.
private func product(
  _ a: [Float], transposed transposeA: Bool = false, _ b: [Float], transposed transposeB: Bool = false,
  plus addend: [Float]? = nil, rows: Int, inner: Int, columns: Int
) -> [Float] {
  [Float](unsafeUninitializedCapacity: rows * columns) { c, count in
    count = rows * columns
    _ = c.update(fromContentsOf: [Float](repeating: .nan, count: count))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: productScratch) { scratch in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          (addend ?? []).withUnsafeBufferPointer { d in
            multiply(
              Factor(a.baseAddress!, transposeA ? rows : inner, transposed: transposeA),
              Factor(b.baseAddress!, transposeB ? inner : columns, transposed: transposeB),
              into: c.baseAddress!, columns, plus: addend == nil ? nil : Factor(d.baseAddress!, columns),
              rows: rows, inner: inner, columns: columns, scratch: scratch.baseAddress!)
          }
        }
      }
    }
  }
}

@Suite struct MatrixProductTests {
  /// The four layouts with and without an addend against the definition in double precision, with sizes that leave
  /// remainders everywhere and more rows and inner places than a block has.
  @Test(
    arguments: [(1, 1, 1), (3, 5, 7), (8, 16, 8), (32, 64, 10), (33, 65, 129), (7, 600, 17), (800, 9, 30)],
    [false, true])
  func productsFollowTheDefinition(sizes: (rows: Int, inner: Int, columns: Int), adds: Bool) {
    let (rows, inner, columns) = sizes
    let a = randomValues(rows * inner, 1)
    let b = randomValues(inner * columns, 2)
    let addend = adds ? randomValues(rows * columns, 3) : nil
    let aTransposed = (0..<inner * rows).map { a[($0 % rows) * inner + $0 / rows] }
    let bTransposed = (0..<columns * inner).map { b[($0 % inner) * columns + $0 / inner] }
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      let c = product(
        transposeA ? aTransposed : a, transposed: transposeA, transposeB ? bTransposed : b,
        transposed: transposeB, plus: addend, rows: rows, inner: inner, columns: columns)
      for (place, value) in c.enumerated() {
        var exact = addend.map { Double($0[place]) } ?? 0
        var size = abs(exact)
        for k in 0..<inner {
          let term = Double(a[place / columns * inner + k]) * Double(b[k * columns + place % columns])
          exact += term
          size += abs(term)
        }
        // NaN, where nothing was written, is not within the bound either.
        if !(abs(Double(value) - exact) <= 1e-6 * size) {
          Issue.record("\(transposeA) \(transposeB): \(value) at \(place) instead of \(exact)")
          return
        }
      }
    }
  }

  /// A row has the same bits in a product of many rows, of one, and of packed panels; columns likewise.
  @Test(arguments: [(23, 300, 37), (14, 64, 256)])
  func bitsDoNotDependOnTheOtherRows(rows: Int, inner: Int, columns: Int) {
    let a = randomValues(rows * inner, 4)
    let b = randomValues(inner * columns, 5)
    let whole = product(a, b, rows: rows, inner: inner, columns: columns)
    for i in 0..<rows {
      let row = Array(a[i * inner..<(i + 1) * inner])
      #expect(
        product(row, b, rows: 1, inner: inner, columns: columns)
          == Array(whole[i * columns..<(i + 1) * columns]))
    }
    for j in 0..<columns {
      let column = (0..<inner).map { b[$0 * columns + j] }
      #expect(
        product(a, column, rows: rows, inner: inner, columns: 1)
          == (0..<rows).map { whole[$0 * columns + j] })
    }
    let zeros = FloatBuffer(zeros: rows * columns)
    let packed = FloatBuffer(zeros: rows * columns)
    let panels = FloatBuffer(zeros: PackedFactor<Float>.count(inner: inner, columns: columns))
    withExtendedLifetime((zeros, panels)) {
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          PackedFactor(
            Factor(b.baseAddress!, columns), inner: inner, columns: columns, memory: panels.base
          )
          .multiply(
            Factor(a.baseAddress!, inner), into: packed.base, columns, plus: Factor(zeros.base, columns),
            rows: rows)
        }
      }
    }
    #expect(packed.values == whole)
  }

  /// An empty sum is the addend, or zero.
  @Test func emptySumsAreDefined() {
    #expect(product([0], [0], plus: [5, 6], rows: 1, inner: 0, columns: 2) == [5, 6])
    #expect(product([0], [0], rows: 1, inner: 0, columns: 2) == [0, 0])
  }
}

@Suite struct ReductionTests {
  @Test(arguments: [0, 1, 7, 8, 9, 16, 1003])
  func sumIsCloseForEveryRemainder(count: Int) {
    let values = randomValues(count, 4)
    let exact = values.reduce(0.0) { $0 + Double($1) }
    #expect(abs(Double(sum(values, count: count)) - exact) < 1e-5 * Double(count + 1))
  }

  /// The order of a sum is part of its bits: eight lanes, then pairs, then the rest.
  @Test func sumKeepsItsOrder() {
    let values: [Float] = [1e8, 1, 1, 1, -1e8, 1, 1, 1, 0.5]
    #expect(sum(values, count: 9) == 6.5)
    #expect(values.reduce(0, +) != 6.5)
  }

  @Test func columnsAreSummed() {
    let sums = FloatBuffer(zeros: 3)
    sumColumns([1, 2, 3, 10, 20, 30], rows: 2, columns: 3, into: sums.base)
    #expect(sums.values == [11, 22, 33])
  }

  @Test func firstOfEqualLargestIsTaken() {
    #expect(indexOfLargest([1, 3, 3, 2], count: 4) == 1)
    #expect(indexOfLargest([-5], count: 1) == 0)
  }

  @Test func nonFiniteNumbersAreFound() {
    #expect(areFinite([0, -1, .greatestFiniteMagnitude], count: 3))
    #expect(!areFinite([0, -.infinity], count: 2))
    #expect(!areFinite([.nan, 0], count: 2))
  }
}
