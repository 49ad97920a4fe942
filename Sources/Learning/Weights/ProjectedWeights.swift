import Randomness
import Tensors

/// All weights move in a random subspace (Li et al., ICLR 2018): θ = θ₀ + P·z, θ₀ frozen and only z trained, from 0.
package struct ProjectedWeights: WeightSource {
  /// The operator P.
  package enum Operator: Hashable, Sendable {
    /// Independent normal numbers of variance 1/d; memory for d numbers a weight.
    case dense
    /// The Fastfood transform (Le, Sarlós & Smola, ICML 2013) as Aghajanyan, Gupta & Zettlemoyer (ACL 2021) use it:
    /// for each weight, in pieces of the next power of two n ≥ d, H·G·Π·H·B·z/√(n·d) with random signs B, a
    /// permutation Π, normal numbers G and the Walsh–Hadamard matrix H; memory for three numbers a weight.
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
    let scale = 1 / Double(dimension).squareRoot()
    let p = z.graph.constant(
      (0..<count * dimension).map { _ in scale * stream.normal() }, [dimension, count])
    return matmul(reshape(z, [1, dimension]), p)
  }

  private func fastfood(_ z: Tensor, count: Int, _ stream: RandomStream) -> Tensor {
    var stream = stream
    let graph = z.graph
    var size = 1
    while size < dimension { size *= 2 }
    let padded = pad(z, axis: 0, before: 0, after: size - dimension)
    let pieces = (count + size - 1) / size
    let moved = (0..<pieces).map { _ in
      let signs = graph.constant((0..<size).map { _ in stream.below(2) == 0 ? -1.0 : 1 }, [size])
      let order = graph.indexConstant(stream.permutation(size), [size])
      let normals = graph.constant((0..<size).map { _ in stream.normal() }, [size])
      return walshHadamard(normals * takeRows(walshHadamard(signs * padded), order))
    }
    // Each element sums n normal numbers times sums of all coordinates with random signs.
    let scale = 1 / Double(size * dimension).squareRoot()
    return scale * slice(concatenate(moved, axis: 0), axis: 0, 0..<count)
  }
}
