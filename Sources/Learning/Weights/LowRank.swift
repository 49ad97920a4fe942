import Tensors

/// Low-rank adaptation (Hu et al., ICLR 2022): W = W₀ + (α/r)·A·B with W₀ frozen and only A (m × r) and B (r × n)
/// trained. A starts normal with variance 1/m, B at 0, so that W starts as W₀.
///
/// It concerns weights with two dimensions; the others, and W₀, come from `base`.
package struct LowRank: WeightSource {
  private let rank: Int
  private let alpha: Double
  private let base: any WeightSource

  /// - Parameters:
  ///   - rank: r.
  ///   - alpha: α; r by default, for a factor of 1.
  package init(rank: Int, alpha: Double? = nil, base: any WeightSource = FrozenWeights()) {
    self.rank = rank
    self.alpha = alpha ?? Double(rank)
    self.base = base
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let fixed = base.weight(wanted, declarations)
    guard wanted.shape.count == 2 else { return fixed }
    let (m, n) = (wanted.shape[0], wanted.shape[1])
    let a = declarations.parameter(
      wanted.name + ".low-rank-a", [m, rank], .normal(deviation: 1 / Double(m).squareRoot()), wanted.group)
    let b = declarations.parameter(wanted.name + ".low-rank-b", [rank, n], .zeros, wanted.group)
    return fixed + alpha / Double(rank) * matmul(a, b)
  }
}
