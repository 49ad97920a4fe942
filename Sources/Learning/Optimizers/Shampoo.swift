import Experiments
import Parts
import Tensors

/// Shampoo (Gupta, Koren & Singer, ICML 2018, algorithm 1): for a weight W of m × n with gradient G,
/// L ← L + G·Gᵀ, R ← R + Gᵀ·G, W ← W − η·L^(−¼)·G·R^(−¼), from L = ε·I, R = ε·I.
///
/// Vectors follow the diagonal variant of order 1: d ← d + g², w ← w − η·g/√d, from d = ε. Deviations: the roots
/// are refreshed every so many steps, from the first; a weight with one side too long has the other's root of
/// power −½, and one with both too long follows the diagonal variant. Steps allocate memory.
package struct Shampoo: Optimizer {
  package static let name = "shampoo"
  package static let revision = 1
  package static let summary = "Shampoo: the gradient between inverse fourth roots of its own second moments"
  package static let hyperparameters = [
    Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-4), "what each sum starts from"),
    Hyperparameter(
      "every", .integer(1...10_000), default: .integer(1), "steps between refreshes of the roots"),
    largestSideDeclaration,
  ]

  private let epsilon: Double
  private let every: Int
  private let largestSide: Int

  package init(_ settings: Settings) {
    epsilon = settings.number("epsilon")
    every = settings.integer("every")
    largestSide = settings.integer("largest-side")
  }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    let slots = layout.slots.map { ShampooSlot(MatrixSlot($0, largestSide: largestSide), epsilon: epsilon) }
    return ShampooDescent(slots: slots, every: every)
  }
}

private final class ShampooDescent: Optimization {
  private var slots: [ShampooSlot]
  private let every: Int
  private var steps = 0

  init(slots: [ShampooSlot], every: Int) {
    self.slots = slots
    self.every = every
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    for i in slots.indices {
      let direction = slots[i].direction(slots[i].slot.matrix(gradient), refresh: steps % every == 0)
      slots[i].slot.move(parameters, along: direction, learningRate: learningRate)
    }
    steps += 1
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    for i in slots.indices { try archive.exchange("\(i)") { try slots[i].exchange(archive) } }
  }
}

private struct ShampooSlot {
  let slot: MatrixSlot
  /// L and R with their roots; nil for a side without them.
  private var left: Matrix?
  private var right: Matrix?
  private var leftRoot: Matrix?
  private var rightRoot: Matrix?
  /// d, rows × columns, where neither side has a matrix.
  private var diagonal: Matrix?

  init(_ slot: MatrixSlot, epsilon: Double) {
    self.slot = slot
    func start(_ order: Int) -> Matrix { blend(.identity(order), epsilon, .identity(order), 0) }
    if slot.hasLeft { left = start(slot.rows) }
    if slot.hasRight { right = start(slot.columns) }
    (leftRoot, rightRoot) = (left, right)
    if left == nil, right == nil {
      diagonal = Matrix(
        rows: slot.rows, columns: slot.columns, values: Array(repeating: epsilon, count: slot.count))
    }
  }

  /// Takes the gradient in and gives the direction of the step.
  mutating func direction(_ g: Matrix, refresh: Bool) -> Matrix {
    var direction = g
    if diagonal != nil {
      for i in g.values.indices {
        diagonal!.values[i] += g.values[i] * g.values[i]
        direction.values[i] /= diagonal!.values[i].squareRoot()
      }
      return direction
    }
    let isPair = left != nil && right != nil
    func root(_ sums: Matrix) -> Matrix {
      decomposed(sums) {
        try SymmetricEigen($0).applying {
          // Rounding may push the least eigenvalue of a nearly singular sum below zero.
          let root = max($0, 1e-30).squareRoot()
          return 1 / (isPair ? root.squareRoot() : root)
        }
      }
    }
    left = left.map { blend($0, 1, g.timesTransposed(g), 1) }
    right = right.map { blend($0, 1, g.transposedTimes(g), 1) }
    if refresh { (leftRoot, rightRoot) = (left.map(root), right.map(root)) }
    if let leftRoot { direction = leftRoot.times(direction) }
    if let rightRoot { direction = direction.times(rightRoot) }
    return direction
  }

  mutating func exchange(_ archive: StateArchive) throws {
    try archive.exchange("left", &left)
    try archive.exchange("right", &right)
    try archive.exchange("left-root", &leftRoot)
    try archive.exchange("right-root", &rightRoot)
    try archive.exchange("diagonal", &diagonal)
  }
}
