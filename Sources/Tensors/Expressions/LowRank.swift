/// base + scale·A·B, a matrix plus one of low rank (LoRA, Hu et al. 2021).
///
/// - Parameters:
///   - base: rows × columns.
///   - a: rows × rank.
///   - b: rank × columns.
package func lowRank(_ base: Tensor, _ a: Tensor, _ b: Tensor, scale: Double) -> Tensor {
  base + scale * plainProduct(a, b)
}

/// The Kronecker product: blocks a[i, j]·B.
///
/// - Parameters:
///   - a: m × n.
///   - b: p × q.
/// - Returns: (m·p) × (n·q).
package func kronecker(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (m, n, p, q) = (a.shape[0], a.shape[1], b.shape[0], b.shape[1])
  return reshape(reshape(a, [m, 1, n, 1]) * reshape(b, [1, p, 1, q]), [m * p, n * q])
}

/// Σ aᵢ ⊗ bᵢ.
package func kroneckerSum(_ factors: [(Tensor, Tensor)]) -> Tensor {
  precondition(!factors.isEmpty, "a sum of Kronecker products needs one")
  return factors.dropFirst().reduce(kronecker(factors[0].0, factors[0].1)) { $0 + kronecker($1.0, $1.1) }
}

/// Σ weightᵢ·tensorᵢ: a mixture of checkpoints.
///
/// - Parameter weights: as many numbers as tensors, such as a softmax.
package func mixture(_ tensors: [Tensor], weights: Tensor) -> Tensor {
  precondition(
    weights.shape == [tensors.count] && !tensors.isEmpty, "every tensor of a mixture needs one weight")
  let parts = tensors.indices.map { tensors[$0] * reshape(slice(weights, axis: 0, $0..<$0 + 1), []) }
  return parts.dropFirst().reduce(parts[0], +)
}
