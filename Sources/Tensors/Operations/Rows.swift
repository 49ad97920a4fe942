/// Rows of a table by number: the embedding look-up. Its adjoint is `AddRows`.
struct TakeRows: Operation {
  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].count == 2, "rows are taken from a table, not from \(inputs[0])")
    return [inputs[1].product, inputs[0][1]]
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    let rows = node.inputs[0].shape[0]
    return [node.upstream.graph.tensor(AddRows(rows: rows), [node.upstream, node.inputs[1]]), nil]
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (rows, width) = (site.inputShapes[0][0], site.inputShapes[0][1])
    let count = site.shape[0]
    let (table, numbers, output) = (site.input(0), site.indices(1), site.output)
    if width == 1 {
      return { memory in
        let (table, numbers, output) = (memory[table], memory[numbers], memory[output])
        for i in 0..<count {
          let row = Int(numbers[i])
          precondition(row >= 0 && row < rows, "index \(row) is outside a table of \(rows) rows")
          output[i] = table[row]
        }
      }
    }
    return { memory in
      let (table, numbers, output) = (memory[table], memory[numbers], memory[output])
      for i in 0..<count {
        let row = Int(numbers[i])
        precondition(row >= 0 && row < rows, "index \(row) is outside a table of \(rows) rows")
        let (from, to) = (table + row * width, output + i * width)
        for j in 0..<width { to[j] = from[j] }
      }
    }
  }
}

/// Adds rows into a table of zeros at given places, from the first to the last, so that sums have one order.
struct AddRows: Operation {
  let rows: Int

  var kind: String { "sum" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(
      inputs[0].count == 2 && inputs[0][0] == inputs[1].product,
      "each of \(inputs[0]) rows needs one place, not \(inputs[1])")
    return [rows, inputs[0][1]]
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream.graph.tensor(TakeRows(), [node.upstream, node.inputs[1]]), nil]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { inputs[0].product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (count, width) = (site.inputShapes[0][0], site.inputShapes[0][1])
    let (values, places, output) = (site.input(0), site.indices(1), site.output)
    let rows = rows
    return { memory in
      let (values, places, output) = (memory[values], memory[places], memory[output])
      output.update(repeating: 0, count: rows * width)
      for i in 0..<count {
        let row = Int(places[i])
        precondition(row >= 0 && row < rows, "index \(row) is outside a table of \(rows) rows")
        let (from, to) = (values + i * width, output + row * width)
        for j in 0..<width { to[j] += from[j] }
      }
    }
  }
}

/// The rows of a table that `indices` name.
///
/// - Parameters:
///   - table: rows × … .
///   - indices: any shape; a number outside the table is a precondition failure of the run.
/// - Returns: shape of `indices` × … .
package func takeRows(_ table: Tensor, _ indices: IndexTensor) -> Tensor {
  precondition(table.rank >= 1, "a single number has no rows")
  let rest = Array(table.shape.dropFirst())
  let flat = reshape(table, [table.shape[0], rest.product])
  return reshape(table.graph.tensor(TakeRows(), [flat, indices.operand]), indices.shape + rest)
}

/// A table of `rows` rows of zeros to which row i of `values` is added at `indices[i]`, in order of i.
///
/// - Parameter values: shape of `indices` × … .
/// - Returns: rows × … .
package func addRows(_ values: Tensor, at indices: IndexTensor, rows: Int) -> Tensor {
  precondition(
    Array(values.shape.prefix(indices.shape.count)) == indices.shape,
    "\(values.shape) are no rows for places \(indices.shape)")
  let rest = Array(values.shape.dropFirst(indices.shape.count))
  let flat = reshape(values, [indices.count, rest.product])
  return reshape(values.graph.tensor(AddRows(rows: rows), [flat, indices.operand]), [rows] + rest)
}

/// One element of each row of the last axis: `x[…, indices[…]]`.
///
/// - Parameters:
///   - x: … × n.
///   - indices: …, each in 0 ..< n.
package func pick(_ x: Tensor, _ indices: IndexTensor) -> Tensor {
  precondition(
    Array(x.shape.dropLast()) == indices.shape, "\(indices.shape) does not pick one of \(x.shape) each")
  return reshape(takeAlongRows(x, reshape(indices, indices.shape + [1])), indices.shape)
}

/// row·width + index: from places in rows to places among all elements.
struct RowPositions: Operation, WithoutGradient {
  let width: Int
  /// How many indices belong to each row.
  let perRow: Int

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }
  var givesIndices: Bool { true }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (count, width, perRow) = (site.shape.product, width, perRow)
    let (places, output) = (site.indices(0), site.indexOutput)
    return { memory in
      let (places, output) = (memory[places], memory[output])
      for i in 0..<count {
        let place = Int(places[i])
        precondition(place >= 0 && place < width, "index \(place) is outside a row of \(width)")
        output[i] = Int32(truncatingIfNeeded: i / perRow * width + place)
      }
    }
  }
}
