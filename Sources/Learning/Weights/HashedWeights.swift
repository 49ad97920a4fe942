import Randomness
import Tensors

/// Weights that share numbers by hashing (Chen et al., ICML 2015, eq. 7 with the sign of §4.3): Wᵢⱼ = ξ(i, j)·v[h(i, j)]
/// with a table v of far fewer numbers and fixed random h and signs ξ. v starts as the weight would have.
///
/// It concerns weights with two dimensions or more; the others come from `rest`.
package struct HashedWeights: WeightSource {
  private let share: Double
  private let seed: UInt64
  private let rest: any WeightSource

  /// - Parameters:
  ///   - share: numbers in the table as a share of those in the weight.
  ///   - seed: decides h and ξ, the same for every batch size.
  package init(share: Double, seed: UInt64 = 0, rest: any WeightSource = PlainWeights()) {
    precondition(share > 0 && share <= 1, "a share lies in 0 … 1")
    self.share = share
    self.seed = seed
    self.rest = rest
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    guard wanted.shape.count > 1 else { return rest.weight(wanted, declarations) }
    let size = max(1, Int((share * Double(wanted.count)).rounded()))
    let table = declarations.parameter(wanted.name + ".hashed", [size], wanted.initial, wanted.group)
    var stream = RandomStream(seed: seed, role: "structure", purpose: "hashed \(wanted.name)")
    let places = (0..<wanted.count).map { _ in Int32(stream.below(size)) }
    let signs = (0..<wanted.count).map { _ in stream.below(2) == 0 ? -1.0 : 1 }
    let graph = declarations.graph
    return takeRows(table, graph.indexConstant(places, wanted.shape)) * graph.constant(signs, wanted.shape)
  }
}
