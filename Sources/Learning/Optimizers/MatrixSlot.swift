import Experiments
import Tensors

/// A weight as the matrix that Shampoo and SOAP see: rows × columns numbers at an offset of the block.
///
/// A weight with more than two dimensions is split between two neighbouring dimensions where the longer side comes
/// out shortest, the first such place; vectors and single numbers have no side with statistics.
struct MatrixSlot {
  let offset: Int
  let rows: Int
  let columns: Int
  /// Multiplies the learning rate.
  let rate: Double
  /// Whether a rows × rows matrix is kept for the left side, and a columns × columns one for the right.
  let hasLeft: Bool
  let hasRight: Bool

  /// - Parameter largestSide: a side longer than this has no matrix.
  init(_ slot: ParameterSlot, largestSide: Int) {
    offset = slot.offset
    rate = slot.group.rate
    var split = (rows: slot.count, columns: 1)
    for axis in slot.shape.indices.dropFirst() {
      let rows = slot.shape[..<axis].reduce(1, *)
      let columns = slot.count / max(rows, 1)
      if axis == 1 || max(rows, columns) < max(split.rows, split.columns) { split = (rows, columns) }
    }
    (rows, columns) = split
    hasLeft = slot.shape.count > 1 && rows <= largestSide
    hasRight = slot.shape.count > 1 && columns <= largestSide
  }

  var count: Int { rows * columns }
}

let largestSideDeclaration = Hyperparameter(
  "largest-side", .integer(1...8192), default: .integer(1024),
  "a weight's side longer than this has no statistics of its own")

/// What steps do on one weight's matrix, in double precision: these statistics are ill-conditioned. They allocate.
extension MatrixSlot {
  /// The slot's part of a block.
  func matrix(_ block: UnsafePointer<Float>) -> Matrix {
    Matrix(rows: rows, columns: columns, values: (0..<count).map { Double(block[offset + $0]) })
  }

  /// w ← w − rate·direction.
  func move(_ parameters: UnsafeMutablePointer<Float>, along direction: Matrix, learningRate: Double) {
    let rate = learningRate * self.rate
    for (i, value) in direction.values.enumerated() { parameters[offset + i] -= Float(rate * value) }
  }
}

/// keep·a + take·b.
func blend(_ a: Matrix, _ keep: Double, _ b: Matrix, _ take: Double) -> Matrix {
  var result = a
  for i in result.values.indices { result.values[i] = keep * a.values[i] + take * b.values[i] }
  return result
}

/// What a decomposition gives; NaN of the same order where it fails, as it does for a matrix that is not finite, so
/// that the training is seen to diverge.
func decomposed(_ matrix: Matrix, _ function: (Matrix) throws -> Matrix) -> Matrix {
  (try? function(matrix))
    ?? Matrix(
      rows: matrix.rows, columns: matrix.columns, values: Array(repeating: .nan, count: matrix.values.count))
}

extension StateArchive {
  func exchange(_ name: String, _ matrix: inout Matrix?) throws {
    if matrix != nil { try exchange(name, &matrix!.values) }
  }
}
