import Parts
import Tensors

/// The map that gives each feature mean 0 and deviation 1 over the fit rows; other rows are mapped alike.
///
/// x ← (x − mean) / deviation with the population deviation (divisor n). A column constant over the fit rows
/// becomes 0 for every row: it told training nothing.
package struct Standardisation: Sendable {
  private let means: [Float]
  /// 1 / deviation; 0 for a constant column.
  private let factors: [Float]

  /// The map of `rows`, at least one.
  package init(of rows: RowSet) {
    let columns = rows.dataset.columns
    let count = Double(rows.rows.count)
    var means = [Double](repeating: 0, count: columns)
    var squares = [Double](repeating: 0, count: columns)
    var lowest = [Float](repeating: .infinity, count: columns)
    var highest = [Float](repeating: -.infinity, count: columns)
    rows.dataset.features.withUnsafeBufferPointer { features in
      for i in rows.rows {
        let row = features.baseAddress! + Int(i) * columns
        for j in 0..<columns {
          means[j] += Double(row[j])
          lowest[j] = min(lowest[j], row[j])
          highest[j] = max(highest[j], row[j])
        }
      }
      for j in 0..<columns { means[j] /= count }
      for i in rows.rows {
        let row = features.baseAddress! + Int(i) * columns
        for j in 0..<columns {
          let difference = Double(row[j]) - means[j]
          squares[j] += difference * difference
        }
      }
    }
    self.means = means.map { Float($0) }
    factors = (0..<columns).map { j in
      lowest[j] < highest[j] ? Float(1 / (squares[j] / count).squareRoot()) : 0
    }
  }

  func apply(_ row: UnsafeMutablePointer<Float>) {
    for j in 0..<means.count { row[j] = (row[j] - means[j]) * factors[j] }
  }
}

/// The features of `rows` in one block, rows × columns, standardised where a map is given.
package func features(of rows: RowSet, standardisedBy map: Standardisation?) -> FloatBuffer {
  let columns = rows.dataset.columns
  let block = FloatBuffer(zeros: rows.rows.count * columns)
  rows.dataset.features.withUnsafeBufferPointer { features in
    for (place, i) in rows.rows.enumerated() {
      let row = block.base + place * columns
      row.update(from: features.baseAddress! + Int(i) * columns, count: columns)
      map?.apply(row)
    }
  }
  return block
}
