import Randomness
import Tensors

/// All weights move in a random subspace (Li et al., ICLR 2018): θ = θ₀ + P·z, θ₀ frozen and only z trained, from 0.
/// Each weight's rows of P have columns of unit length on average.
package struct ProjectedWeights: WeightSource {
  /// The operator P.
  package enum Operator: Hashable, Sendable {
    /// Independent normal numbers; memory for d numbers a weight's element.
    case dense
    /// The Fastfood transform, as Aghajanyan, Gupta & Zettlemoyer (ACL 2021) use it; memory for three numbers.
    case fastfood
  }

  private let dimension: Int
  private let kind: Operator
  private let seed: UInt64

  /// - Parameters:
  ///   - dimension: d, the numbers in z.
  ///   - seed: decides P, the same for every batch size.
  package init(dimension: Int, _ kind: Operator, seed: UInt64 = 0) {
    self.dimension = dimension
    self.kind = kind
    self.seed = seed
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let start = FrozenWeights().weight(wanted, declarations)
    let z = declarations.parameter("coordinates", [dimension], .zeros, ParameterGroup(decays: false))
    let stream = RandomStream(seed: seed, role: "structure", purpose: "projection \(wanted.name)")
    let moved =
      kind == .dense
      ? dense(z, count: wanted.count, stream) : fastfood(z, count: wanted.count, stream)
    return start + reshape(moved, wanted.shape)
  }

  private func dense(_ z: Tensor, count: Int, _ stream: RandomStream) -> Tensor {
    var stream = stream
    let scale = 1 / Double(count).squareRoot()
    let p = z.graph.constant(
      (0..<count * dimension).map { _ in scale * stream.normal() }, [dimension, count])
    return matmul(reshape(z, [1, dimension]), p)
  }

  private func fastfood(_ z: Tensor, count: Int, _ stream: RandomStream) -> Tensor {
    var stream = stream
    let length = FastfoodBlock.length(dimension)
    let blocks = (0..<(count + length - 1) / length).map { _ in
      FastfoodBlock(
        signs: (0..<length).map { _ in stream.below(2) == 0 ? -1.0 : 1 },
        permutation: stream.permutation(length),
        gaussians: (0..<length).map { _ in stream.normal() })
    }
    return Tensors.fastfood(z, count: count, blocks: blocks)
  }
}
