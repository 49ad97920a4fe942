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

/// What steps do on one weight's matrix, in double precision: these statistics are ill-conditioned.
extension MatrixSlot {
  /// A matrix of the weight's shape.
  var zeros: Matrix { Matrix(zeros: rows, columns) }

  /// Copies the slot's part of a block.
  func read(_ block: UnsafePointer<Float>, into matrix: inout Matrix) {
    for i in 0..<count { matrix.values[i] = Double(block[offset + i]) }
  }

  /// w ← w − rate·direction.
  func move(_ parameters: UnsafeMutablePointer<Float>, along direction: Matrix, learningRate: Double) {
    let rate = learningRate * self.rate
    for i in 0..<count { parameters[offset + i] -= Float(rate * direction.values[i]) }
  }
}

/// What comes before a matrix of the slot's shape, or after it, in a product.
struct SideProducts {
  private var room: Matrix

  init(_ slot: MatrixSlot) { room = slot.zeros }

  /// x ← op(left)·x·op(right), where a side that is nil is left out.
  mutating func apply(
    _ left: Matrix?, leftTransposed transposeLeft: Bool = false, to x: inout Matrix, _ right: Matrix?,
    rightTransposed transposeRight: Bool = false
  ) {
    if let left {
      room.setProduct(left, leftTransposed: transposeLeft, x)
      swap(&room, &x)
    }
    if let right {
      room.setProduct(x, right, rightTransposed: transposeRight)
      swap(&room, &x)
    }
  }
}

extension Matrix {
  /// NaN everywhere: what stands for a decomposition that failed, as it does for a matrix that is not finite, so that
  /// the training is seen to diverge.
  mutating func invalidate() {
    for i in 0..<values.count { values[i] = .nan }
  }
}

extension StateArchive {
  func exchange(_ name: String, _ matrix: inout Matrix?) throws {
    if matrix != nil { try exchange(name, &matrix!.values) }
  }
}
