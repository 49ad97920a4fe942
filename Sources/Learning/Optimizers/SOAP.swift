import Experiments
import Parts
import Tensors

/// SOAP (Vyas et al. 2024, arXiv 2409.11321, algorithm 3): Adam in the slowly refreshed eigenbasis of Shampoo's
/// second moments.
///
/// For a weight W of m × n with gradient G and bases P (m × m), Q (n × n): M ← β₁·M + (1−β₁)·G,
/// V ← β₂·V + (1−β₂)·(Pᵀ·G·Q)², W ← W − η·P·(M̂′/(√V̂ + ε))·Qᵀ with M′ = Pᵀ·M·Q and both means corrected as in
/// Adam; L ← β₂·L + (1−β₂)·G·Gᵀ and R likewise; after every so many steps P ← the orthogonal factor of L·P, and Q
/// of R·Q. The first gradient only starts L, R and, as their eigenvectors with the largest first, the bases, as in the authors' program: it
/// has nothing but rounding errors in the directions it leaves out. A side too long keeps the identity; vectors thus
/// follow Adam.
package struct SOAP: Optimizer {
  package static let name = "soap"
  package static let revision = 1
  package static let summary =
    "SOAP: Adam in the eigenbasis of the gradient's second moments; weight decay decoupled"
  package static let hyperparameters = [
    Hyperparameter(
      "beta1", .number(0...0.999999), default: .number(0.95), "decay of the gradient's running mean, a step"),
    Hyperparameter(
      "beta2", .number(0...0.999999), default: .number(0.95), "decay of the second moments, a step"),
    Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-8), "added to the denominator"),
    Hyperparameter(
      "every", .integer(1...10_000), default: .integer(10), "steps between refreshes of the bases"),
    largestSideDeclaration,
  ]

  package let decay = WeightDecay.decoupled
  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    SOAPDescent(layout: layout, settings)
  }
}

private final class SOAPDescent: Optimization {
  private let every: Int
  private var slots: [SOAPSlot]
  /// Steps taken; -1 before the bases are there.
  private var steps = -1
  private var moments: SOAPMoments

  init(layout: ParameterLayout, _ settings: Settings) {
    every = settings.integer("every")
    moments = SOAPMoments(
      beta1: settings.number("beta1"), beta2: settings.number("beta2"), epsilon: settings.number("epsilon"))
    slots = layout.slots.map { SOAPSlot(MatrixSlot($0, largestSide: settings.integer("largest-side"))) }
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    steps += 1
    if steps > 0 { moments.advance() }
    for i in slots.indices {
      slots[i].take(gradient, beta2: moments.beta2)
      guard steps > 0 else {
        slots[i].startBases()
        continue
      }
      slots[i].findDirection(moments)
      slots[i].slot.move(parameters, along: slots[i].direction, learningRate: learningRate)
      if steps % every == 0 { slots[i].refreshBases() }
    }
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try archive.exchange("decay1", &moments.decay1)
    try archive.exchange("decay2", &moments.decay2)
    for i in slots.indices { try archive.exchange("\(i)") { try slots[i].exchange(archive) } }
  }
}

/// The constants of Adam's two running means.
private struct SOAPMoments {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  /// beta1ᵗ and beta2ᵗ after t steps.
  var decay1 = 1.0
  var decay2 = 1.0

  mutating func advance() {
    decay1 *= beta1
    decay2 *= beta2
  }
}

private struct SOAPSlot {
  let slot: MatrixSlot
  /// The direction of the step, rows × columns.
  private(set) var direction: Matrix
  /// G, turned into the basis in `findDirection`.
  private var gradient: Matrix
  private var left: SOAPSide?
  private var right: SOAPSide?
  private var mean: Matrix
  private var square: Matrix
  private var products: SideProducts

  init(_ slot: MatrixSlot) {
    self.slot = slot
    if slot.hasLeft { left = SOAPSide(order: slot.rows) }
    if slot.hasRight { right = SOAPSide(order: slot.columns) }
    (direction, gradient, mean, square) = (slot.zeros, slot.zeros, slot.zeros, slot.zeros)
    products = SideProducts(slot)
  }

  /// Takes the gradient into L and R.
  mutating func take(_ block: UnsafePointer<Float>, beta2: Double) {
    slot.read(block, into: &gradient)
    left?.sums.setProduct(gradient, gradient, rightTransposed: true, keep: beta2, take: 1 - beta2)
    right?.sums.setProduct(gradient, leftTransposed: true, gradient, keep: beta2, take: 1 - beta2)
  }

  mutating func startBases() {
    left?.startBasis()
    right?.startBasis()
  }

  mutating func refreshBases() {
    left?.refreshBasis()
    right?.refreshBasis()
  }

  /// Takes the gradient into both means and finds the direction of the step.
  mutating func findDirection(_ moments: SOAPMoments) {
    for i in 0..<slot.count {
      mean.values[i] = moments.beta1 * mean.values[i] + (1 - moments.beta1) * gradient.values[i]
    }
    direction.copy(mean)
    products.apply(left?.basis, leftTransposed: true, to: &gradient, right?.basis)
    products.apply(left?.basis, leftTransposed: true, to: &direction, right?.basis)
    let correction = (1 - moments.decay2).squareRoot()
    for i in 0..<slot.count {
      let g = gradient.values[i]
      let v = moments.beta2 * square.values[i] + (1 - moments.beta2) * (g * g)
      square.values[i] = v
      direction.values[i] /= (1 - moments.decay1) * (v.squareRoot() / correction + moments.epsilon)
    }
    products.apply(left?.basis, to: &direction, right?.basis, rightTransposed: true)
  }

  mutating func exchange(_ archive: StateArchive) throws {
    try left?.exchange(archive, "left")
    try right?.exchange(archive, "right")
    try archive.exchange("mean", &mean.values)
    try archive.exchange("square", &square.values)
  }
}

/// L with P, or R with Q.
private struct SOAPSide {
  var sums: Matrix
  private(set) var basis: Matrix
  private var room: Matrix
  private var decomposition: QRDecomposition

  init(order: Int) {
    sums = Matrix(zeros: order, order)
    (basis, room) = (sums, sums)
    decomposition = QRDecomposition(rows: order, columns: order)
  }

  /// The eigenvectors with the largest first.
  mutating func startBasis() {
    guard let vectors = try? SymmetricEigen(sums).vectors else { return basis.invalidate() }
    let order = basis.rows
    for i in 0..<order {
      for j in 0..<order { basis[i, j] = vectors[i, order - 1 - j] }
    }
  }

  mutating func refreshBasis() {
    room.setProduct(sums, basis)
    guard (try? decomposition.decompose(room)) != nil else { return basis.invalidate() }
    basis.copy(decomposition.q)
  }

  mutating func exchange(_ archive: StateArchive, _ name: String) throws {
    try archive.exchange(name, &sums.values)
    try archive.exchange(name + "-basis", &basis.values)
  }
}
