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
    var sum = base.weight(wanted, declarations)
    guard wanted.shape.count == 2 else { return sum }
    let (m, n) = (wanted.shape[0], wanted.shape[1])
    let (a, b) = (divisor(m), divisor(n))
    for k in 1...terms {
      let left = declarations.parameter(
        wanted.name + ".kronecker-a\(k)", [a, b], .normal(deviation: 1 / Double(a).squareRoot()), wanted.group
      )
      let right = declarations.parameter(
        wanted.name + ".kronecker-b\(k)", [m / a, n / b], .zeros, wanted.group)
      sum = sum + kroneckerProduct(left, right)
    }
    return sum
  }

  private func divisor(_ size: Int) -> Int { (1...min(side, size)).last { size % $0 == 0 }! }
}

/// A ⊗ B: every element of A times the whole of B.
///
/// - Parameters:
///   - a: p × q.
///   - b: r × s.
/// - Returns: p·r × q·s.
package func kroneckerProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
  let ((p, q), (r, s)) = ((a.shape[0], a.shape[1]), (b.shape[0], b.shape[1]))
  return reshape(reshape(a, [p, 1, q, 1]) * reshape(b, [1, r, 1, s]), [p * r, q * s])
}
