import Randomness
import Tensors

/// The parameters of one model in one trial, with its forward and backward pass over a batch.
///
/// All parameters lie in one block: first every layer's weights (inputs × outputs each), then every layer's
/// bias. The gradient has the same order. Weight decay thus concerns the first `weightCount` numbers.
package final class Network {
  package let layers: [DenseLayer]
  package let parameters: FloatBuffer
  package let gradient: FloatBuffer
  package let weightCount: Int
  private let weightOffsets: [Int]
  private let biasOffsets: [Int]

  /// A network with all parameters zero.
  package init(_ layers: [DenseLayer]) {
    precondition(!layers.isEmpty, "a network needs a layer")
    self.layers = layers
    var offset = 0
    var weights: [Int] = []
    var biases: [Int] = []
    for layer in layers {
      weights.append(offset)
      offset += layer.inputs * layer.outputs
    }
    weightCount = offset
    for layer in layers {
      biases.append(offset)
      offset += layer.outputs
    }
    weightOffsets = weights
    biasOffsets = biases
    parameters = FloatBuffer(zeros: offset)
    gradient = FloatBuffer(zeros: offset)
  }

  /// Where each weight and bias lies; biases do not decay.
  package var layout: ParameterLayout {
    ParameterLayout(
      zip(layers, weightOffsets).enumerated().map { l, place in
        ParameterSlot("layer\(l).weight", [place.0.inputs, place.0.outputs], offset: place.1)
      }
        + zip(layers, biasOffsets).enumerated().map { l, place in
          ParameterSlot(
            "layer\(l).bias", [place.0.outputs], offset: place.1, group: ParameterGroup(decays: false))
        })
  }

  package var inputs: Int { layers[0].inputs }
  package var outputs: Int { layers[layers.count - 1].outputs }

  /// Draws the weights, layer by layer from one stream.
  package func initialise(from stream: RandomStream) {
    var stream = stream
    for (layer, offset) in zip(layers, weightOffsets) {
      layer.drawWeights(into: parameters.base + offset, from: &stream)
    }
  }

  /// Computes every layer's outputs for a batch; the last layer's are at `activations.last`.
  ///
  /// - Parameter batch: rows × inputs, with rows at most `activations.capacity`.
  package func forward(_ batch: UnsafePointer<Float>, rows: Int, _ activations: Activations) {
    var input = batch
    for (l, layer) in layers.enumerated() {
      let output = activations.outputs[l]
      multiply(
        input, parameters.base + weightOffsets[l], into: output, rows: rows, inner: layer.inputs,
        columns: layer.outputs)
      layer.activation.addBiasAndApply(
        output, bias: parameters.base + biasOffsets[l], rows: rows, columns: layer.outputs)
      input = UnsafePointer(output)
    }
  }

  /// Computes the gradient of all parameters from the loss's derivative with respect to the last layer's
  /// outputs, which the caller has written over `activations.last`; destroys the activations.
  ///
  /// dW = inputᵀ·δ, db = Σ rows of δ, and δ of the layer below = (δ·Wᵀ) ⊙ f′.
  package func backward(_ batch: UnsafePointer<Float>, rows: Int, _ activations: Activations) {
    var delta = activations.last
    var l = layers.count - 1
    while l >= 0 {
      let layer = layers[l]
      let input = l == 0 ? batch : UnsafePointer(activations.outputs[l - 1])
      multiply(
        transposed: input, delta, into: gradient.base + weightOffsets[l], rows: layer.inputs, inner: rows,
        columns: layer.outputs)
      sumColumns(delta, rows: rows, columns: layer.outputs, into: gradient.base + biasOffsets[l])
      if l > 0 {
        let below = activations.spare(besides: delta)
        multiply(
          delta, transposed: parameters.base + weightOffsets[l], into: below, rows: rows,
          inner: layer.outputs,
          columns: layer.inputs)
        layers[l - 1].activation.backward(below, output: input, count: rows * layer.inputs)
        delta = below
      }
      l -= 1
    }
  }

  /// Floating-point operations of the matrix products of one forward pass over `rows` rows.
  package func forwardFlops(rows: Int) -> Int { 2 * rows * weightCount }

  /// The same for one backward pass: two products a layer, but one for the first, whose inputs are data.
  package func backwardFlops(rows: Int) -> Int {
    2 * rows * (2 * weightCount - layers[0].inputs * layers[0].outputs)
  }
}

/// The memory of a forward and backward pass over batches of up to `capacity` rows.
package final class Activations {
  package let capacity: Int
  /// Each layer's outputs, rows × outputs.
  let outputs: [UnsafeMutablePointer<Float>]
  private let storage: FloatBuffer
  private let deltas: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)

  package init(for network: Network, capacity: Int) {
    self.capacity = capacity
    // Every array starts on a multiple of 16 numbers, a cache line.
    let sizes = network.layers.map { (capacity * $0.outputs + 15) & ~15 }
    let widest = sizes.max()!
    storage = FloatBuffer(zeros: sizes.reduce(2 * widest, +))
    var next = storage.base
    var outputs: [UnsafeMutablePointer<Float>] = []
    for size in sizes {
      outputs.append(next)
      next += size
    }
    self.outputs = outputs
    deltas = (next, next + widest)
  }

  /// The last layer's outputs, rows × outputs.
  package var last: UnsafeMutablePointer<Float> { outputs[outputs.count - 1] }

  /// Room for the gradient of a layer's outputs that is not the room `delta` lies in.
  func spare(besides delta: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    delta == deltas.0 ? deltas.1 : deltas.0
  }
}
