/// op(A)·op(B) over the last two dimensions, where op may transpose, plus a third operand's row if there is one; leading
/// dimensions are broadcast.
struct MatrixProduct: Operation {
  let transposeA: Bool
  let transposeB: Bool
  /// The interception under which the operands were prepared.
  let interception: Int

  var kind: String { "matrix product" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    let (a, b) = (inputs[0], inputs[1])
    precondition(a.count >= 2 && b.count >= 2, "a matrix product needs two dimensions, not \(a) and \(b)")
    let (rows, inner) = transposeA ? (a[a.count - 1], a[a.count - 2]) : (a[a.count - 2], a[a.count - 1])
    let (innerB, columns) = transposeB ? (b[b.count - 1], b[b.count - 2]) : (b[b.count - 2], b[b.count - 1])
    precondition(inner == innerB, "\(a) and \(b) differ in the dimension they are multiplied along")
    let shape = broadcastShape([Array(a.dropLast(2)), Array(b.dropLast(2))]) + [rows, columns]
    if inputs.count == 3 {
      let row = inputs[2]
      precondition(
        row.last == columns && row.dropLast().last ?? 1 == 1 && broadcastShape([row, shape]) == shape,
        "\(row) is no row to be added to \(shape)")
    }
    return shape
  }

  // C = op(A)·op(B): ∂op(A) = G·op(B)ᵀ and ∂op(B) = op(A)ᵀ·G, each transposed where the operand was.
  func gradients(_ node: Backward) -> [Tensor?] {
    let (a, b) = (node.inputs[0], node.inputs[1])
    let g = node.upstream.graph.intercepted(node.upstream, .derivative, interception)
    func product(_ x: Tensor, _ transposeX: Bool, _ y: Tensor, _ transposeY: Bool) -> Tensor {
      matrixProduct(x, transposeX, y, transposeY, interception)
    }
    let forA = transposeA ? product(b, transposeB, g, true) : product(g, false, b, !transposeB)
    let forB = transposeB ? product(g, true, a, transposeA) : product(a, !transposeA, g, false)
    let forRow = node.inputs.dropFirst(2).map { sumToShape(node.upstream, $0.shape) }
    return [sumToShape(forA, a.shape), sumToShape(forB, b.shape)] + forRow
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let a = inputs[0]
    let terms = transposeA ? a[a.count - 2] : a[a.count - 1]
    return output.product * (inputs.count == 3 ? 2 * terms + 1 : 2 * terms)
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (shapeA, shapeB, shape) = (site.inputShapes[0], site.inputShapes[1], site.shape)
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let inner = transposeA ? shapeA[shapeA.count - 2] : shapeA[shapeA.count - 1]
    let (strideA, strideB) = (max(shapeA.last!, 1), max(shapeB.last!, 1))
    let (a, b, c) = (site.input(0), site.input(1), site.output)
    let (transposeA, transposeB) = (transposeA, transposeB)
    let batch = Array(shape.dropLast(2))
    let count = batch.product
    if shape.product == 0 { return { _ in } }
    let matrixA = site.table(offsets(Array(shapeA.dropLast(2)), over: batch).map { $0 * rows * inner })
    let matrixB = site.table(offsets(Array(shapeB.dropLast(2)), over: batch).map { $0 * inner * columns })
    let scratch = site.scratch(productScratch)
    if site.inputShapes.count == 3 {
      let leading = Array(site.inputShapes[2].dropLast(2))
      let (row, rowOf) = (site.input(2), site.table(offsets(leading, over: batch).map { $0 * columns }))
      return { memory in
        for i in 0..<count {
          multiply(
            Factor(memory[a] + matrixA[i], strideA, transposed: transposeA),
            Factor(memory[b] + matrixB[i], strideB, transposed: transposeB),
            into: memory[c] + i * rows * columns, columns, plus: Factor(memory[row] + rowOf[i], 0),
            rows: rows, inner: inner, columns: columns, scratch: memory[scratch])
        }
      }
    }
    return { memory in
      for i in 0..<count {
        multiply(
          Factor(memory[a] + matrixA[i], strideA, transposed: transposeA),
          Factor(memory[b] + matrixB[i], strideB, transposed: transposeB),
          into: memory[c] + i * rows * columns, columns, rows: rows, inner: inner, columns: columns,
          scratch: memory[scratch])
      }
    }
  }
}

/// For each element of `shape`, the number of the operand's element that is repeated there.
func offsets(_ operand: [Int], over shape: [Int]) -> [Int] {
  let walk = Walk(operand, over: shape)
  return (0..<shape.product).map { position in
    var (rest, offset) = (position, 0)
    for (size, stride) in zip(walk.sizes, walk.strides).reversed() {
      offset += rest % size * stride
      rest /= size
    }
    return offset
  }
}

/// A·B over the last two dimensions; leading dimensions are broadcast, and a matrix B serves all of A's.
///
/// - Parameters:
///   - a: … × rows × inner.
///   - b: … × inner × columns.
///   - row: columns, or … × 1 × columns: added to each row of the result; nil for nothing.
/// - Returns: … × rows × columns.
package func matmul(_ a: Tensor, _ b: Tensor, plus row: Tensor? = nil) -> Tensor {
  let graph = a.graph
  let (x, y) = (
    graph.intercepted(a, .value, graph.currentInterception),
    graph.intercepted(b, .value, graph.currentInterception)
  )
  return matrixProduct(x, false, y, false, graph.currentInterception, plus: row)
}

/// A product that is none of the model's, such as one among weights, and so is not intercepted.
func plainProduct(_ a: Tensor, _ b: Tensor) -> Tensor { matrixProduct(a, false, b, false, 0) }

/// The product of operands that have been intercepted already. Transpositions become flags, and the rows of all
/// matrices of A become one matrix where B is one matrix.
private func matrixProduct(
  _ a: Tensor, _ transposeA: Bool, _ b: Tensor, _ transposeB: Bool, _ interception: Int,
  plus row: Tensor? = nil
) -> Tensor {
  if let inner = a.transposedSource {
    return matrixProduct(inner, !transposeA, b, transposeB, interception, plus: row)
  }
  if let inner = b.transposedSource {
    return matrixProduct(a, transposeA, inner, !transposeB, interception, plus: row)
  }
  let operation = MatrixProduct(transposeA: transposeA, transposeB: transposeB, interception: interception)
  let addend = row.map { [$0] } ?? []
  if b.rank == 2 && a.rank > 2 && !transposeA {
    let rows = reshape(a, [a.shape.dropLast().product, a.shape.last!])
    let product = a.graph.tensor(operation, [rows, b] + addend)
    return reshape(product, a.shape.dropLast() + [product.shape[1]])
  }
  return a.graph.tensor(operation, [a, b] + addend)
}

extension Tensor {
  /// What this is the transpose of in its last two dimensions, if it is one.
  fileprivate var transposedSource: Tensor? {
    guard let permutation = operation as? Permute, rank >= 2 else { return nil }
    let axes = permutation.axes
    let isTransposition =
      axes.dropLast(2).enumerated().allSatisfy { $0 == $1 } && axes[rank - 2] == rank - 1
      && axes[rank - 1] == rank - 2
    return isTransposition ? inputs[0] : nil
  }
}

extension Collection<Int> {
  fileprivate var product: Int { reduce(1, *) }
}
