import Randomness
import Tensors

/// A small network with most kinds of layers, trained by gradient descent on random data.
final class SmallModel {
  private let plan: Plan<Float>
  private let loss: Tensor
  private let images: Tensor
  private let labels: IndexTensor
  private let pixels: [Float]
  let parameters: FloatBuffer

  init() {
    let graph = Graph()
    let (batch, width) = (8, 16)
    images = graph.input("images", [batch, 12, 12, 1])
    labels = graph.indexInput("labels", [batch])
    func weights(_ name: String, _ shape: [Int]) -> Tensor { graph.parameter(name, shape) }
    let seen = convolution(images, weights("kernel", [3, 3, 1, 8]), padding: (1, 1))
    let normed = batchNorm(seen, channelMoments(seen), gain: weights("g", [8]), bias: weights("b", [8]))
    let pooled = maxPool(relu(normed), size: (2, 2), stride: 2)
    let words = matmul(reshape(pooled, [batch, 18, 16]), weights("embed", [16, width]))
    let attended = attention(
      queries: matmul(words, weights("q", [width, width])),
      keys: matmul(words, weights("k", [width, width])),
      values: words, heads: 2, isCausal: true)
    let mixed = gelu(layerNorm(words + attended, gain: nil, bias: nil))
    let states = lstm(
      mixed, inputWeights: weights("wi", [width, 64]), stateWeights: weights("wh", [16, 64]),
      bias: weights("wb", [64]))
    let last = reshape(slice(states, axis: 1, 17..<18), [batch, 16])
    let logits = matmul(last + tanh(last) * sine(last), weights("out", [16, 10]))
    loss = mean(crossEntropy(logits, labels, smoothing: 0.1)) + 1e-3 * squaredNorm(graph.parameters)
    plan = Plan<Float>(graph, outputs: [loss], gradient: graph.gradient(of: loss, with: graph.parameters))
    var stream = RandomStream(seed: 8, role: "test", purpose: "model")
    parameters = FloatBuffer((0..<graph.parameterCount).map { _ in Float(0.3 * stream.normal()) })
    pixels = (0..<batch * 144).map { _ in Float(stream.normal()) }
  }

  func step() {
    plan.fill(images, pixels)
    let places = plan.buffer(labels)
    for i in places.indices { places[i] = Int32(i * 7 % 10) }
    plan.run(parameters: parameters.base)
    for i in 0..<parameters.count { parameters.base[i] -= 0.01 * plan.gradient[i] }
  }

  /// The parameters after `steps` steps, folded into one number.
  static func bits(steps: Int) -> UInt64 {
    let model = SmallModel()
    for _ in 0..<steps { model.step() }
    return model.parameters.values.reduce(0) { ($0 &* 31) &+ UInt64($1.bitPattern) }
  }
}
