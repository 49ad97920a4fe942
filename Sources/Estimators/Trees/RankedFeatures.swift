import Tensors

/// Features as ranks, column by column, so that trees compare and sort whole numbers; made once for all trees of
/// a forest or of a boosting. Nothing is binned: two values share a rank only when they are equal.
final class RankedFeatures {
  let rows: Int
  let columns: Int
  /// columns × rows: the rank of each value among the distinct values of its column, from 0.
  let ranks: UnsafeMutablePointer<UInt32>
  /// The distinct values of each column, ascending.
  let distinct: [[Double]]

  init(_ features: Matrix) {
    rows = features.rows
    columns = features.columns
    ranks = .allocate(capacity: max(1, rows * columns))
    var distinct: [[Double]] = []
    for j in 0..<columns {
      let column = (0..<rows).map { features.values[$0 &* features.columns &+ j] }
      let values = Self.distinctValues(column)
      for i in 0..<rows {
        (ranks + j * rows + i).initialize(to: UInt32(Self.place(of: column[i], in: values)))
      }
      distinct.append(values)
    }
    self.distinct = distinct
  }

  deinit { ranks.deallocate() }

  /// A number between two distinct values of a column: their midpoint, or the lower one where rounding leaves
  /// nothing between them. Rows at or below it go left.
  func threshold(_ column: Int, below lower: UInt32, above upper: UInt32) -> Double {
    let (low, high) = (distinct[column][Int(lower)], distinct[column][Int(upper)])
    let middle = low / 2 + high / 2
    return middle < high && middle >= low ? middle : low
  }

  private static func distinctValues(_ column: [Double]) -> [Double] {
    var values: [Double] = []
    for value in column {
      let place = place(of: value, in: values)
      if place == values.count || values[place] != value { values.insert(value, at: place) }
      if values.count > 64 { break }
    }
    if values.count <= 64 { return values }
    let sorted = column.sorted()
    values = [sorted[0]]
    for value in sorted where value != values[values.count - 1] { values.append(value) }
    return values
  }

  /// The number of `values`, ascending, that are below `value`.
  private static func place(of value: Double, in values: [Double]) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
