import Learning
import Randomness
import Tensors
import Testing

@Suite struct DecodingTests {
  /// Token by token with kept keys and values, the logits are those of the whole sequence at once.
  @Test(arguments: TransformerStack.Positions.allCases, Normalisation.allCases)
  func cachedDecodingEqualsTheFullPass(positions: TransformerStack.Positions, norm: Normalisation) {
    let decoder = TransformerDecoder(
      vocabulary: 11, context: 9,
      TransformerStack(width: 12, depth: 2, heads: 3, positions: positions, normalisation: norm))
    let (batch, length) = (2, 7)
    let declarations = Declarations(Graph(), isTraining: false, source: PlainWeights())
    let tokens = declarations.graph.indexInput("tokens", [batch, length])
    let logits = decoder.logits(tokens, Weights(declarations))
    let plan = Plan<Float>(declarations.graph, outputs: [logits])
    var stream = RandomStream(seed: 5, role: "test", purpose: "tokens")
    let sequence = (0..<batch * length).map { _ in Int32(stream.below(11)) }
    let parameters = FloatBuffer(
      (0..<declarations.graph.parameterCount).map { _ in Float(0.3 * stream.normal()) })
    plan.fill(tokens, sequence)
    plan.run(parameters: parameters.base)
    let whole = plan.values(logits)

    let decoding = Decoding(decoder, parameters, batch: batch)
    for _ in 0..<2 {
      decoding.restart()
      for t in 0..<length {
        let next = decoding.next([sequence[t], sequence[length + t]])
        for i in 0..<batch {
          for k in 0..<11 {
            let (a, b) = (next[i * 11 + k], whole[(i * length + t) * 11 + k])
            #expect(abs(a - b) < 1e-5 * max(1, abs(b)), "position \(t)")
          }
        }
      }
      #expect(decoding.length == length)
    }
  }

  /// No position sees a later token.
  @Test func logitsDependOnEarlierTokensOnly() {
    let decoder = TransformerDecoder(
      vocabulary: 5, context: 6, TransformerStack(width: 8, depth: 2, heads: 2, positions: .rotary))
    let declarations = Declarations(Graph(), isTraining: false, source: PlainWeights())
    let tokens = declarations.graph.indexInput("tokens", [1, 6])
    let logits = decoder.logits(tokens, Weights(declarations))
    let plan = Plan<Float>(declarations.graph, outputs: [logits])
    let parameters = declarations.initialBlock {
      RandomStream(seed: 4, role: "test", purpose: "initial-weights", index: $0)
    }
    func run(_ sequence: [Int32]) -> [Float] {
      plan.fill(tokens, sequence)
      plan.run(parameters: parameters.base)
      return plan.values(logits)
    }
    let (a, b) = (run([0, 1, 2, 3, 4, 0]), run([0, 1, 2, 4, 0, 1]))
    #expect(a[..<15] == b[..<15] && a[15...] != b[15...])
  }
}
