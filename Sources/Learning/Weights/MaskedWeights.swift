import Tensors

/// Weights with some elements held at zero: W = M ⊙ V, with the mask a frozen parameter named `NAME.mask`, from 1, that
/// the owner of the block changes as it prunes. No derivative reaches a masked element.
///
/// It concerns weights with two dimensions or more; V, and the other weights, come from `base`.
package struct MaskedWeights: WeightSource {
  private let base: any WeightSource

  package init(base: any WeightSource = PlainWeights()) { self.base = base }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let value = base.weight(wanted, declarations)
    guard wanted.shape.count > 1 else { return value }
    let mask = declarations.parameter(
      wanted.name + ".mask", wanted.shape, .ones, ParameterGroup(rate: 0, decays: false))
    return mask * value
  }
}
