import Tensors

/// Sums of Kronecker products (Marjit et al., WACV 2025, and Edalati et al. 2022): W = W₀ + Σ Aₖ ⊗ Bₖ with W₀ frozen,
/// Aₖ of a × b and Bₖ of m/a × n/b, where a and b are the largest divisors of m and n up to `side`. A starts normal
/// with variance 1/a, B at 0.
///
/// It concerns weights with two dimensions; the others, and W₀, come from `base`.
package struct KroneckerSum: WeightSource {
  private let terms: Int
  private let side: Int
  private let base: any WeightSource

  package init(terms: Int, side: Int, base: any WeightSource = FrozenWeights()) {
    self.terms = terms
    self.side = side
    self.base = base
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let fixed = base.weight(wanted, declarations)
    guard wanted.shape.count == 2 else { return fixed }
    let (m, n) = (wanted.shape[0], wanted.shape[1])
    let (a, b) = (divisor(m), divisor(n))
    let factors = (1...terms).map { k in
      (
        declarations.parameter(
          wanted.name + ".kronecker-a\(k)", [a, b], .normal(deviation: 1 / Double(a).squareRoot()),
          wanted.group),
        declarations.parameter(wanted.name + ".kronecker-b\(k)", [m / a, n / b], .zeros, wanted.group)
      )
    }
    return fixed + kroneckerSum(factors)
  }

  private func divisor(_ size: Int) -> Int { (1...min(side, size)).last { size % $0 == 0 }! }
}
