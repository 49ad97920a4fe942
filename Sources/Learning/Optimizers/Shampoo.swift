import Experiments
import Parts
import Tensors

/// Shampoo (Gupta, Koren & Singer, ICML 2018, algorithm 1): for a weight W of m × n with gradient G,
/// L ← L + G·Gᵀ, R ← R + Gᵀ·G, W ← W − η·L^(−¼)·G·R^(−¼), from L = ε·I, R = ε·I.
///
/// Vectors follow the diagonal variant of order 1: d ← d + g², w ← w − η·g/√d, from d = ε. Deviations: the roots
/// are refreshed every so many steps, from the first; a weight with one side too long has the other's root of
/// power −½,
/// and one with both too long follows the diagonal variant.
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
      slots[i].take(gradient, refresh: steps % every == 0)
      slots[i].slot.move(parameters, along: slots[i].direction, learningRate: learningRate)
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
  /// The direction of the step, rows × columns.
  private(set) var direction: Matrix
  /// L and R with their roots; nil for a side without them.
  private var left: Matrix?
  private var right: Matrix?
  private var leftRoot: Matrix?
  private var rightRoot: Matrix?
  /// d, rows × columns, where neither side has a matrix.
  private var diagonal: Matrix?
  private var leftEigen: SymmetricEigen?
  private var rightEigen: SymmetricEigen?
  private var products: SideProducts

  init(_ slot: MatrixSlot, epsilon: Double) {
    self.slot = slot
    direction = slot.zeros
    products = SideProducts(slot)
    func start(_ order: Int) -> Matrix {
      var sums = Matrix(zeros: order, order)
      for i in 0..<order { sums[i, i] = epsilon }
      return sums
    }
    if slot.hasLeft { (left, leftEigen) = (start(slot.rows), SymmetricEigen(order: slot.rows)) }
    if slot.hasRight { (right, rightEigen) = (start(slot.columns), SymmetricEigen(order: slot.columns)) }
    (leftRoot, rightRoot) = (left, right)
    if left == nil, right == nil {
      diagonal = Matrix(
        rows: slot.rows, columns: slot.columns, values: Array(repeating: epsilon, count: slot.count))
    }
  }

  /// Takes the gradient in and finds the direction of the step.
  mutating func take(_ gradient: UnsafePointer<Float>, refresh: Bool) {
    slot.read(gradient, into: &direction)
    if diagonal != nil {
      for i in 0..<slot.count {
        let g = direction.values[i]
        diagonal!.values[i] += g * g
        direction.values[i] = g / diagonal!.values[i].squareRoot()
      }
      return
    }
    left?.setProduct(direction, direction, rightTransposed: true, keep: 1)
    right?.setProduct(direction, leftTransposed: true, direction, keep: 1)
    if refresh {
      let isPair = left != nil && right != nil
      Self.refresh(&leftRoot, left, &leftEigen, isPair: isPair)
      Self.refresh(&rightRoot, right, &rightEigen, isPair: isPair)
    }
    products.apply(leftRoot, to: &direction, rightRoot)
  }

  /// The sums to the power −¼, or −½ for a single side.
  private static func refresh(
    _ root: inout Matrix?, _ sums: Matrix?, _ eigen: inout SymmetricEigen?, isPair: Bool
  ) {
    guard let sums else { return }
    do {
      try eigen!.decompose(sums)
      eigen!.apply(
        {
          // Rounding may push the least eigenvalue of a nearly singular sum below zero.
          let power = max($0, 1e-30).squareRoot()
          return 1 / (isPair ? power.squareRoot() : power)
        }, into: &root!)
    } catch {
      root!.invalidate()
    }
  }

  mutating func exchange(_ archive: StateArchive) throws {
    try archive.exchange("left", &left)
    try archive.exchange("right", &right)
    try archive.exchange("left-root", &leftRoot)
    try archive.exchange("right-root", &rightRoot)
    try archive.exchange("diagonal", &diagonal)
  }
}
