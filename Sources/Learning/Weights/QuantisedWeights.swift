import Tensors

/// Weights rounded to few levels while they train (Jacob et al., CVPR 2018, symmetric and per tensor): W = s·round(V/s)
/// with s = max|V|/(2^(bits−1) − 1); derivatives pass to V unchanged (straight through).
///
/// It concerns weights with two dimensions or more; V, and the other weights, come from `base`.
package struct QuantisedWeights: WeightSource {
  private let bits: Int
  private let base: any WeightSource

  /// - Parameter bits: 2 … 16.
  package init(bits: Int, base: any WeightSource = PlainWeights()) {
    precondition((2...16).contains(bits), "weights are quantised to 2 … 16 bits")
    self.bits = bits
    self.base = base
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let value = base.weight(wanted, declarations)
    guard wanted.shape.count > 1 else { return value }
    let levels = Double((1 << (bits - 1)) - 1)
    // A weight of zeros only has the step 1e-30, and stays zero.
    let step = maximum(largest(reshape(absolute(value), [value.count])) / levels, 1e-30)
    return straightThrough(rounded(value / step) * step, to: value)
  }
}
