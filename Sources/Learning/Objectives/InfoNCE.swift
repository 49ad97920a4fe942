import Tensors

/// The contrastive objective of each query (van den Oord, Li & Vinyals 2018, eq. 4, with a scaled inner product as
/// the score): −ln of the softmax share of its own key among all keys of the batch.
///
/// - Parameters:
///   - queries: rows × width; usually of length 1 each.
///   - keys: rows × width; key i belongs to query i.
///   - temperature: what inner products are divided by.
/// - Returns: rows.
package func infoNCE(queries: Tensor, keys: Tensor, temperature: Double) -> Tensor {
  let scores = matmul(queries, transpose(keys)) / temperature
  let own = queries.graph.indexConstant(Array(0..<Int32(queries.shape[0])), [queries.shape[0]])
  return crossEntropy(scores, own)
}
