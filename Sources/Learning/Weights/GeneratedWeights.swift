import Tensors

/// A hypernetwork (Ha, Dai & Le, ICLR 2017, §3.1): weights are the output of one small network shared by all of them,
/// which is told by a learned vector which piece of which weight to make.
///
/// Each piece of `chunk` numbers is tanh(e·U + a)·V + b with its own vector e, scaled so that a weight starts with the
/// variance 2/(first dimensions' product). It concerns weights with two dimensions or more; the others come from `rest`.
package struct GeneratedWeights: WeightSource {
  private let embedding: Int
  private let width: Int
  private let chunk: Int
  private let rest: any WeightSource

  /// - Parameters:
  ///   - embedding: the length of a piece's vector.
  ///   - width: of the hidden layer.
  ///   - chunk: numbers in a piece.
  package init(embedding: Int, width: Int, chunk: Int, rest: any WeightSource = PlainWeights()) {
    self.embedding = embedding
    self.width = width
    self.chunk = chunk
    self.rest = rest
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    guard wanted.shape.count > 1 else { return rest.weight(wanted, declarations) }
    let count = (wanted.count + chunk - 1) / chunk
    let e = declarations.parameter(
      wanted.name + ".vectors", [count, embedding], .normal(deviation: 1), wanted.group)
    func shared(_ name: String, _ shape: [Int]) -> Tensor {
      declarations.parameter(
        "hypernetwork." + name, shape,
        shape.count == 1 ? .zeros : .normal(deviation: 1 / Double(shape[0]).squareRoot()),
        ParameterGroup(decays: shape.count > 1))
    }
    let (u, a) = (shared("hidden.weight", [embedding, width]), shared("hidden.bias", [width]))
    let (v, b) = (shared("output.weight", [width, chunk]), shared("output.bias", [chunk]))
    let pieces = matmul(tanh(matmul(e, u, plus: a)), v, plus: b)
    let scale = (2 / Double(wanted.shape.dropLast().reduce(1, *))).squareRoot()
    return scale * reshape(slice(reshape(pieces, [pieces.count]), axis: 0, 0..<wanted.count), wanted.shape)
  }
}
