import Tensors

/// The kernel matrices of pairs of classes, one after another: each class's own block is computed once and serves
/// all its pairs, as long as the blocks fit into memory.
struct PairKernels {
  /// Floating-point operations of the matrix products so far, without those of the rows handed out.
  private(set) var flops = 0
  private let features: Matrix
  /// Where each class's rows start; one more than classes.
  private let starts: [Int]
  private let kernel: Kernel
  private let memory: Int
  /// The block of each class; empty where they do not fit.
  private var blocks: [Matrix] = []

  /// - Parameter features: rows class by class.
  init(_ features: Matrix, starts: [Int], _ kernel: Kernel, memory: Int) {
    self.features = features
    self.starts = starts
    self.kernel = kernel
    self.memory = memory
    let sizes = (0..<starts.count - 1).map { starts[$0 + 1] - starts[$0] }
    guard 8 * sizes.reduce(0, { $0 + $1 * $1 }) <= memory else { return }
    for place in sizes.indices {
      blocks.append(kernel.gram(rows(of: place)))
      flops += sizes[place] * sizes[place] * features.columns
    }
  }

  private func rows(of place: Int) -> Matrix {
    features.rows(at: Array(starts[place]..<starts[place + 1]))
  }

  /// The kernel rows of two classes' rows, those of `first` before those of `second`.
  mutating func rows(_ first: Int, _ second: Int) -> KernelRows {
    let (a, b) = (rows(of: first), rows(of: second))
    let count = a.rows + b.rows
    guard !blocks.isEmpty && 8 * count * count <= memory else {
      let both = Matrix(rows: count, columns: features.columns, values: a.values + b.values)
      return KernelRows(both, kernel, memory: memory)
    }
    let between = kernel.cross(a, b)
    flops += 2 * a.rows * b.rows * features.columns
    return KernelRows(Self.joined(blocks[first], between, blocks[second]))
  }

  /// The symmetric matrix of the blocks own, between, betweenᵀ and other.
  private static func joined(_ own: Matrix, _ between: Matrix, _ other: Matrix) -> Matrix {
    let back = between.transposed
    var values: [Double] = []
    values.reserveCapacity((own.rows + other.rows) * (own.rows + other.rows))
    for i in 0..<own.rows {
      values += own.row(i)
      values += between.row(i)
    }
    for i in 0..<other.rows {
      values += back.row(i)
      values += other.row(i)
    }
    return Matrix(rows: own.rows + other.rows, columns: own.rows + other.rows, values: values)
  }
}
