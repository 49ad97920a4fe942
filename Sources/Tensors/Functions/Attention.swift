/// Scaled dot-product attention of several heads (Vaswani et al. 2017): softmax(Q·Kᵀ/√d)·V for each head, the heads
/// side by side.
///
/// - Parameters:
///   - queries: batch × length × width.
///   - keys: batch × other length × width.
///   - values: batch × other length × width.
///   - heads: a divisor of the width.
///   - isCausal: whether query i sees only the first i + (other length − length) + 1 keys.
///   - mask: added to the scores (−∞ hides), broadcast to batch × heads × length × other length.
///   - scale: the factor of the scores; 1/√(width / heads) by default.
/// - Returns: batch × length × width.
package func attention(
  queries: Tensor, keys: Tensor, values: Tensor, heads: Int, isCausal: Bool, mask: Tensor? = nil,
  scale: Double? = nil
) -> Tensor {
  let width = queries.shape[2]
  precondition(heads > 0 && width % heads == 0, "a width of \(width) does not split into \(heads) heads")
  precondition(!isCausal || keys.shape[1] >= queries.shape[1], "every query needs a key")
  let graph = queries.graph
  let operation = Attention(
    heads: heads, isCausal: isCausal, scale: scale ?? 1 / Double(width / heads).squareRoot())
  // The joined kernel knows neither masks nor interceptions.
  if mask != nil || graph.products != nil || operation.scale <= 0 {
    return operation.composition([queries, keys, values], mask: mask)
  }
  return graph.tensor(operation, whole(queries, keys, values).map { [$0] } ?? [queries, keys, values])
}

/// The tensor whose last axis was split into queries, keys and values, in this order, if there is one.
private func whole(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> Tensor? {
  guard let source = queries.inputs.first, source.rank == 3, source.shape[2] % 3 == 0 else { return nil }
  let parts = split(source, axis: 2, into: 3)
  return parts.map(\.index) == [queries.index, keys.index, values.index] ? source : nil
}

/// 0 where a query may see a key and −∞ where not; the last query sees every key.
package func causalMask(_ graph: Graph, _ queries: Int, _ keys: Int) -> Tensor {
  precondition(keys >= queries, "every query needs a key")
  return graph.constant(
    (0..<queries * keys).map { $0 % keys <= $0 / keys + keys - queries ? 0 : -Double.infinity },
    [queries, keys])
}

/// Rotary positions (Su et al. 2021): the pairs (j, j + d/2) of each head turned by position·base^(−2j/d).
///
/// - Parameter x: batch × length × heads × d.
package func rotary(_ x: Tensor, base: Double = 10_000, firstPosition: Int = 0) -> Tensor {
  let (length, half) = (x.shape[1], x.shape[3] / 2)
  precondition(x.shape[3] == 2 * half, "rotary positions turn pairs, and \(x.shape[3]) is odd")
  let angles = (0..<length * half).map { i in
    let rate = Double.exponential(-Double.logarithm(base) * Double(i % half) / Double(half))
    return Double(firstPosition + i / half) * rate
  }
  let c = x.graph.constant(angles.map { Double.cosine($0) }, [length, 1, half])
  let s = x.graph.constant(angles.map { Double.sine($0) }, [length, 1, half])
  let (a, b) = (slice(x, axis: 3, 0..<half), slice(x, axis: 3, half..<2 * half))
  return concatenate([a * c - b * s, a * s + b * c], axis: 3)
}
