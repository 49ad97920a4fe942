import Tensors

/// A language model: for each position, what the next token may be, seen from the tokens up to it.
package struct TransformerDecoder: Sendable {
  package let vocabulary: Int
  /// The longest sequence it can take.
  package let context: Int
  package let stack: TransformerStack

  /// - Parameter stack: taken as causal, whatever it says.
  package init(vocabulary: Int, context: Int, _ stack: TransformerStack) {
    self.vocabulary = vocabulary
    self.context = context
    var stack = stack
    stack.isCausal = true
    self.stack = stack
  }

  /// - Parameter tokens: batch × length, each in 0 ..< vocabulary.
  /// - Returns: logits of the next token, batch × length × vocabulary.
  package func logits(_ tokens: IndexTensor, _ weights: Weights) -> Tensor {
    precondition(tokens.shape[1] <= context, "\(tokens.shape[1]) tokens exceed a context of \(context)")
    let embedded = embedding(
      tokens, vocabulary: vocabulary, width: stack.width, weights["embedding"])
    return dense(stack(embedded, context: context, weights), vocabulary, weights["output"])
  }
}

/// Decoding token by token: keys and values of earlier tokens are kept, so that a step costs one token.
///
/// Its logits are those of `TransformerDecoder.logits` over the whole sequence, up to rounding.
package final class Decoding {
  private let decoder: TransformerDecoder
  private let batch: Int
  private let parameters: FloatBuffer
  private let plan: Plan<Float>
  private let tokens: UnsafeMutableBufferPointer<Int32>
  private let position: UnsafeMutableBufferPointer<Int32>
  /// context × 1: 1 at the present position; and context: −∞ at later ones.
  private let here: UnsafeMutableBufferPointer<Float>
  private let hidden: UnsafeMutableBufferPointer<Float>
  /// For keys and values of each block: the memory of earlier positions, batch × context × width, and the present
  /// one's, batch × 1 × width.
  private let memories:
    [(earlier: UnsafeMutableBufferPointer<Float>, present: UnsafeMutableBufferPointer<Float>)]
  private let logits: UnsafeMutableBufferPointer<Float>
  /// Tokens taken since the start.
  package private(set) var length = 0

  /// - Parameters:
  ///   - parameters: the block of a training of this decoder with this source.
  ///   - batch: sequences decoded side by side.
  package init(
    _ decoder: TransformerDecoder, _ parameters: FloatBuffer, batch: Int,
    source: any WeightSource = PlainWeights()
  ) {
    let declarations = Declarations(Graph(), isTraining: false, source: source)
    let step = DecodingStep(decoder, batch: batch, Weights(declarations))
    precondition(
      declarations.graph.parameterCount == parameters.count, "the parameters are those of another model")
    let plan = Plan<Float>(
      declarations.graph, outputs: [step.logits] + step.memories.map(\.present))
    self.decoder = decoder
    self.batch = batch
    self.parameters = parameters
    self.plan = plan
    tokens = plan.buffer(step.tokens)
    position = plan.buffer(step.position)
    here = plan.buffer(step.here)
    hidden = plan.buffer(step.hidden)
    memories = step.memories.map { (plan.buffer($0.earlier), plan.buffer($0.present)) }
    logits = plan.buffer(step.logits)
    restart()
  }

  /// Forgets all tokens.
  package func restart() {
    length = 0
    for memory in memories { memory.earlier.update(repeating: 0) }
  }

  /// Takes the next token of each sequence; gives the logits of the one after, batch × vocabulary, valid until the
  /// next call.
  package func next(_ tokens: [Int32]) -> UnsafeBufferPointer<Float> {
    precondition(tokens.count == batch, "a token for each sequence")
    precondition(length < decoder.context, "the context of \(decoder.context) tokens is full")
    for i in 0..<batch { self.tokens[i] = tokens[i] }
    position[0] = Int32(length)
    for i in 0..<decoder.context {
      here[i] = i == length ? 1 : 0
      hidden[i] = i <= length ? 0 : -.infinity
    }
    plan.run(parameters: parameters.base)
    let width = decoder.stack.width
    for memory in memories {
      for i in 0..<batch {
        (memory.earlier.baseAddress! + (i * decoder.context + length) * width)
          .update(from: memory.present.baseAddress! + i * width, count: width)
      }
    }
    length += 1
    return UnsafeBufferPointer(logits)
  }
}

/// The graph of one step of decoding.
private struct DecodingStep {
  let tokens: IndexTensor
  let position: IndexTensor
  let here: Tensor
  let hidden: Tensor
  private(set) var memories: [(earlier: Tensor, present: Tensor)] = []
  private(set) var logits: Tensor

  init(_ decoder: TransformerDecoder, batch: Int, _ weights: Weights) {
    let (graph, stack, context) = (weights.graph, decoder.stack, decoder.context)
    tokens = graph.indexInput("tokens", [batch, 1])
    position = graph.indexInput("position", [1])
    here = graph.input("here", [context, 1])
    hidden = graph.input("hidden", [context])
    var x = embedding(
      tokens, vocabulary: decoder.vocabulary, width: stack.width, weights["embedding"])
    if stack.positions == .learned { x = x + takeRows(stack.positionTable(context, weights), position) }
    var memories: [(earlier: Tensor, present: Tensor)] = []
    let (position, here, hidden) = (position, here, hidden)
    let final = stack.blocks(x, weights) { layer, h, weights in
      var (queries, keys, values) = stack.project(h, weights)
      if stack.positions == .rotary {
        queries = stack.turned(queries, at: position, of: context)
        keys = stack.turned(keys, at: position, of: context)
      }
      let all = [keys, values].enumerated().map { k, present in
        let earlier = graph.input("memory \(layer).\(k)", [batch, context, stack.width])
        memories.append((earlier, present))
        return earlier + here * present
      }
      let mixed = attention(
        queries: queries, keys: all[0], values: all[1], heads: stack.heads, isCausal: false, mask: hidden)
      return dense(mixed, stack.width, weights["output"])
    }
    self.memories = memories
    logits = dense(final, decoder.vocabulary, weights["output"])
  }
}

extension TransformerStack {
  /// Vectors at one position that is known only when the graph runs, turned as `rotary` turns it.
  ///
  /// - Parameters:
  ///   - x: batch × 1 × width.
  ///   - position: one number below `context`.
  fileprivate func turned(_ x: Tensor, at position: IndexTensor, of context: Int) -> Tensor {
    let half = width / heads / 2
    // Turning the unit vector (1, 0) of every pair at every position gives all cosines and sines.
    let unit = x.graph.constant(
      (0..<context * 2 * half).map { $0 % (2 * half) < half ? 1 : 0 }, [1, context, 1, 2 * half])
    let table = takeRows(reshape(rotary(unit), [context, 2 * half]), position)
    let (c, s) = (slice(table, axis: 1, 0..<half), slice(table, axis: 1, half..<2 * half))
    let pairs = reshape(x, [x.shape[0], heads, 2 * half])
    let (a, b) = (slice(pairs, axis: 2, 0..<half), slice(pairs, axis: 2, half..<2 * half))
    return reshape(concatenate([a * c - b * s, a * s + b * c], axis: 2), x.shape)
  }
}
