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
/// follow Adam. Steps allocate memory.
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
      let g = slots[i].slot.matrix(gradient)
      slots[i].addMoments(g, beta2: moments.beta2)
      guard steps > 0 else {
        slots[i].startBases()
        continue
      }
      slots[i].slot.move(parameters, along: slots[i].direction(g, moments), learningRate: learningRate)
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
  /// L and R with the bases P and Q; nil for a side without them.
  private var left: Matrix?
  private var right: Matrix?
  private var leftBasis: Matrix?
  private var rightBasis: Matrix?
  private var mean: Matrix?
  private var square: Matrix?

  init(_ slot: MatrixSlot) {
    self.slot = slot
    if slot.hasLeft { left = Matrix(zeros: slot.rows, slot.rows) }
    if slot.hasRight { right = Matrix(zeros: slot.columns, slot.columns) }
    (leftBasis, rightBasis) = (left, right)
    mean = Matrix(zeros: slot.rows, slot.columns)
    square = mean
  }

  mutating func addMoments(_ g: Matrix, beta2: Double) {
    left = left.map { blend($0, beta2, g.timesTransposed(g), 1 - beta2) }
    right = right.map { blend($0, beta2, g.transposedTimes(g), 1 - beta2) }
  }

  mutating func startBases() {
    func eigenvectors(_ sums: Matrix) -> Matrix {
      decomposed(sums) { sums in
        // Eigenvectors in rows turn round by turning their order round.
        let rows = try SymmetricEigen(sums).vectors.transposed
        return rows.rows(at: Array((0..<rows.rows).reversed())).transposed
      }
    }
    leftBasis = left.map(eigenvectors)
    rightBasis = right.map(eigenvectors)
  }

  mutating func refreshBases() {
    func refreshed(_ sums: Matrix?, _ basis: Matrix?) -> Matrix? {
      guard let sums, let basis else { return nil }
      return decomposed(sums.times(basis)) { try QRDecomposition($0).q }
    }
    leftBasis = refreshed(left, leftBasis)
    rightBasis = refreshed(right, rightBasis)
  }

  /// Takes the gradient into both means and gives the direction of the step.
  mutating func direction(_ g: Matrix, _ moments: SOAPMoments) -> Matrix {
    let mean = blend(mean!, moments.beta1, g, 1 - moments.beta1)
    self.mean = mean
    let rotated = rotated(g)
    var direction = self.rotated(mean)
    let correction = (1 - moments.decay2).squareRoot()
    for i in rotated.values.indices {
      let v =
        moments.beta2 * square!.values[i] + (1 - moments.beta2) * (rotated.values[i] * rotated.values[i])
      square!.values[i] = v
      direction.values[i] /= (1 - moments.decay1) * (v.squareRoot() / correction + moments.epsilon)
    }
    if let leftBasis { direction = leftBasis.times(direction) }
    if let rightBasis { direction = direction.timesTransposed(rightBasis) }
    return direction
  }

  /// Pᵀ·x·Q.
  private func rotated(_ x: Matrix) -> Matrix {
    var x = x
    if let leftBasis { x = leftBasis.transposedTimes(x) }
    if let rightBasis { x = x.times(rightBasis) }
    return x
  }

  mutating func exchange(_ archive: StateArchive) throws {
    try archive.exchange("left", &left)
    try archive.exchange("right", &right)
    try archive.exchange("left-basis", &leftBasis)
    try archive.exchange("right-basis", &rightBasis)
    try archive.exchange("mean", &mean)
    try archive.exchange("square", &square)
  }
}
