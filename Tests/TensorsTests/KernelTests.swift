import Randomness
import Tensors
import Testing

private func randomValues(_ count: Int, _ index: Int) -> [Float] {
  var stream = RandomStream(seed: 5, role: "test", purpose: "values", index: index)
  return (0..<count).map { _ in Float(stream.normal()) }
}

@Suite struct MatrixProductTests {
  /// The three layouts against the definition in double precision, with sizes that leave remainders
  /// everywhere.
  @Test(arguments: [(1, 1, 1), (3, 5, 7), (32, 64, 10), (33, 65, 129)])
  func productsFollowTheDefinition(rows: Int, inner: Int, columns: Int) {
    let a = randomValues(rows * inner, 1)
    let b = randomValues(inner * columns, 2)
    let plain = FloatBuffer(zeros: rows * columns)
    let left = FloatBuffer(zeros: rows * columns)
    let right = FloatBuffer([Float](repeating: .nan, count: rows * columns))
    let aTransposed = (0..<inner * rows).map { a[($0 % rows) * inner + $0 / rows] }
    let bTransposed = (0..<columns * inner).map { b[($0 % inner) * columns + $0 / inner] }
    multiply(a, b, into: plain.base, rows: rows, inner: inner, columns: columns)
    multiply(transposed: aTransposed, b, into: left.base, rows: rows, inner: inner, columns: columns)
    multiply(a, transposed: bTransposed, into: right.base, rows: rows, inner: inner, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns {
        var exact = 0.0
        var size = 0.0
        for k in 0..<inner {
          let term = Double(a[i * inner + k]) * Double(b[k * columns + j])
          exact += term
          size += abs(term)
        }
        let place = i * columns + j
        let tolerance = 1e-6 * size
        #expect(abs(Double(plain.base[place]) - exact) <= tolerance)
        #expect(abs(Double(left.base[place]) - exact) <= tolerance)
        #expect(abs(Double(right.base[place]) - exact) <= tolerance)
      }
    }
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
