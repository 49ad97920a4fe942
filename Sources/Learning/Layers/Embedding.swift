import Tensors

/// A learned vector for each token.
///
/// - Parameters:
///   - tokens: any shape, each in 0 ..< vocabulary.
///   - width: the length of a vector.
/// - Returns: shape of `tokens` × width.
package func embedding(_ tokens: IndexTensor, vocabulary: Int, width: Int, _ weights: Weights) -> Tensor {
  takeRows(weights.parameter("table", [vocabulary, width], .normal(deviation: 0.02)), tokens)
}

/// Rows of features as sequences of tokens: every `width` neighbouring features are one token; the last one is filled
/// up with zeros.
///
/// - Parameter x: rows × features.
/// - Returns: rows × tokens × width.
package func tokens(_ x: Tensor, width: Int) -> Tensor {
  let (rows, columns) = (x.shape[0], x.shape[1])
  let count = (columns + width - 1) / width
  return reshape(pad(x, axis: 1, before: 0, after: count * width - columns), [rows, count, width])
}
