import Tensors

/// A stack of transformer blocks (Vaswani et al., NeurIPS 2017, with normalisation before each part as in Xiong et
/// al., ICML 2020) and a normalisation at its end.
package struct TransformerStack: Sendable {
  /// How positions are told.
  package enum Positions: String, CaseIterable, Sendable {
    /// A learned vector for each position, added to what comes in.
    case learned
    /// Queries and keys are turned by their position (Su et al. 2021).
    case rotary
  }

  package var width: Int
  package var depth: Int
  package var heads: Int
  package var positions: Positions
  package var normalisation: Normalisation
  package var activation: Activation
  package var dropout: Double
  /// Whether a position sees only itself and earlier ones.
  package var isCausal: Bool

  package init(
    width: Int, depth: Int, heads: Int, positions: Positions = .learned,
    normalisation: Normalisation = .layer,
    activation: Activation = .gelu, dropout: Double = 0, isCausal: Bool = false
  ) {
    precondition(width % heads == 0, "a width of \(width) does not split into \(heads) heads")
    self.width = width
    self.depth = depth
    self.heads = heads
    self.positions = positions
    self.normalisation = normalisation
    self.activation = activation
    self.dropout = dropout
    self.isCausal = isCausal
  }

  /// - Parameters:
  ///   - x: batch × length × width.
  ///   - context: positions there are vectors for, where sequences may be shorter; by default their length.
  /// - Returns: batch × length × width.
  package func callAsFunction(_ x: Tensor, context: Int? = nil, _ weights: Weights) -> Tensor {
    let length = x.shape[1]
    var x = x
    if positions == .learned {
      x = x + slice(positionTable(context ?? length, weights), axis: 0, 0..<length)
    }
    return blocks(x, weights) { _, h, weights in selfAttention(h, weights) }
  }

  /// The learned vectors of all positions, context × width.
  func positionTable(_ context: Int, _ weights: Weights) -> Tensor {
    weights.parameter("positions", [context, width], .normal(deviation: 0.02))
  }

  /// All blocks, with the attention of block `layer` given.
  func blocks(
    _ x: Tensor, _ weights: Weights, attend: (_ layer: Int, _ h: Tensor, _ weights: Weights) -> Tensor
  ) -> Tensor {
    var x = x
    for layer in 0..<depth {
      let block = weights["block\(layer + 1)"]
      let mixed = attend(layer, normalisation(x, block["norm1"]), block["attention"])
      x = x + block.dropout(mixed, dropout)
      let fed = feedForward(normalisation(x, block["norm2"]), block)
      x = x + block.dropout(fed, dropout)
    }
    return normalisation(x, weights["norm"])
  }

  private func feedForward(_ x: Tensor, _ weights: Weights) -> Tensor {
    dense(activation(dense(x, 4 * width, weights["expand"])), width, weights["contract"])
  }

  /// softmax(Q·Kᵀ/√d)·V of each head over the whole sequence, mapped back to the width.
  private func selfAttention(_ x: Tensor, _ weights: Weights) -> Tensor {
    var (queries, keys, values) = project(x, weights)
    if positions == .rotary { (queries, keys) = (turned(queries), turned(keys)) }
    let mixed = attention(
      queries: queries, keys: keys, values: values, heads: heads, isCausal: isCausal)
    return dense(mixed, width, weights["output"])
  }

  /// Queries, keys and values, batch × length × width each.
  func project(_ x: Tensor, _ weights: Weights) -> (Tensor, Tensor, Tensor) {
    let parts = split(dense(x, 3 * width, weights["input"]), axis: 2, into: 3)
    return (parts[0], parts[1], parts[2])
  }

  private func turned(_ x: Tensor) -> Tensor {
    let (batch, length) = (x.shape[0], x.shape[1])
    return reshape(rotary(reshape(x, [batch, length, heads, width / heads])), [batch, length, width])
  }
}
