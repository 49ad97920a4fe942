/// The shape two operands share: dimensions are compared from the last, and one of size 1 (or a missing one) is
/// repeated.
func broadcastShape(_ shapes: [[Int]]) -> [Int] {
  let rank = shapes.map(\.count).max() ?? 0
  var result = [Int](repeating: 1, count: rank)
  for shape in shapes {
    for (axis, size) in zip(rank - shape.count..<rank, shape) where size != 1 {
      precondition(
        result[axis] == 1 || result[axis] == size, "shapes \(shapes) cannot be combined element by element")
      result[axis] = size
    }
  }
  return result
}

/// How an operand is read while its elements are repeated over a larger shape: sizes from the outermost, with
/// the operand's stride in each; 0 repeats. Neighbouring dimensions that read alike are joined.
struct Walk: Hashable {
  private(set) var sizes: [Int] = []
  private(set) var strides: [Int] = []

  init(_ operand: [Int], over shape: [Int]) {
    var stride = 1
    var natural = [Int](repeating: 0, count: shape.count)
    for axis in shape.indices.reversed() {
      let own = axis - (shape.count - operand.count)
      guard own >= 0 else { continue }
      natural[axis] = operand[own] == 1 ? 0 : stride
      stride *= operand[own]
    }
    self.init(sizes: shape, strides: natural)
  }

  /// Joins what reads alike: a dimension whose stride is the inner one's stride times its size.
  init(sizes: [Int], strides: [Int]) {
    for (size, stride) in zip(sizes, strides) where size != 1 {
      if let last = self.sizes.indices.last, self.strides[last] == stride * size {
        self.sizes[last] *= size
        self.strides[last] = stride
      } else {
        self.sizes.append(size)
        self.strides.append(stride)
      }
    }
  }

  /// Every element once, in order.
  var isFull: Bool { strides.isEmpty || strides == [1] }
  /// One element, repeated.
  var isScalar: Bool { strides.allSatisfy { $0 == 0 } }
  /// The length of a run of elements that is repeated as a whole, or nil.
  var period: Int? { strides == [0, 1] ? sizes[1] : nil }
}

/// Sums `x` over the dimensions that were repeated to reach its shape from `shape`: the adjoint of broadcasting.
func sumToShape(_ x: Tensor, _ shape: [Int]) -> Tensor {
  if x.shape == shape { return x }
  let missing = x.rank - shape.count
  let axes = (0..<x.rank).filter { $0 < missing || (shape[$0 - missing] == 1 && x.shape[$0] != 1) }
  return reshape(sum(x, axes: axes, keepingAxes: true), shape)
}
