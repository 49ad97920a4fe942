import Learning
import Parts
import Tensors

extension Matrix {
  /// The features of rows in double precision, rows × columns, standardised where a map is given.
  init(_ rows: RowSet, standardisedBy map: Standardisation?) {
    let block = features(of: rows, standardisedBy: map)
    self.init(rows: rows.rows.count, columns: rows.dataset.columns, values: block.values.map { Double($0) })
  }
}
