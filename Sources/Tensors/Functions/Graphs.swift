/// A sparse matrix by its entries, in order of rows: the edges of a graph.
package struct SparseMatrix {
  package let rows: Int
  package let columns: Int
  /// The row of each entry.
  package let rowOfEntry: IndexTensor
  /// The column of each entry.
  package let columnOfEntry: IndexTensor
  /// The value of each entry; nil for 1.
  package let values: Tensor?

  package init(
    rows: Int, columns: Int, rowOfEntry: IndexTensor, columnOfEntry: IndexTensor, values: Tensor? = nil
  ) {
    precondition(
      rowOfEntry.shape.count == 1 && rowOfEntry.shape == columnOfEntry.shape
        && values.map { $0.shape == rowOfEntry.shape } ?? true,
      "every entry needs a row, a column and a value")
    self.rows = rows
    self.columns = columns
    self.rowOfEntry = rowOfEntry
    self.columnOfEntry = columnOfEntry
    self.values = values
  }

  /// A matrix in compressed rows (CSR).
  ///
  /// - Parameters:
  ///   - starts: rows + 1 numbers: where each row's entries start, and their number.
  ///   - columnOfEntry: the column of each entry.
  package init(
    _ graph: Graph, columns: Int, starts: [Int32], columnOfEntry: [Int32], values: Tensor? = nil
  ) {
    precondition(
      starts.first == 0 && starts.last == Int32(columnOfEntry.count)
        && zip(starts, starts.dropFirst()).allSatisfy(<=),
      "the starts of compressed rows ascend from 0 to the number of entries")
    var rowOfEntry: [Int32] = []
    for row in 0..<starts.count - 1 {
      let length = Int(starts[row + 1] - starts[row])
      rowOfEntry += [Int32](repeating: Int32(row), count: length)
    }
    self.init(
      rows: starts.count - 1, columns: columns,
      rowOfEntry: graph.indexConstant(rowOfEntry, [rowOfEntry.count]),
      columnOfEntry: graph.indexConstant(columnOfEntry, [columnOfEntry.count]), values: values)
  }
}

/// The product of a sparse and a dense matrix; each sum runs in the order of the entries. Differentiable in both.
///
/// - Parameter x: columns × width.
/// - Returns: rows × width.
package func matmul(_ a: SparseMatrix, _ x: Tensor) -> Tensor {
  precondition(x.rank == 2 && x.shape[0] == a.columns, "\(x.shape) cannot follow \(a.columns) columns")
  var taken = takeRows(x, a.columnOfEntry)
  if let values = a.values { taken = taken * reshape(values, [values.count, 1]) }
  return addRows(taken, at: a.rowOfEntry, rows: a.rows)
}
