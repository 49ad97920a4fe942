import Tensors

/// Weights mixed from trained models (Wortsman et al., ICML 2022): W = Σ softmax(a)ₖ·Wₖ with the models fixed and only
/// the shares a trained, from equal ones. Running means of normalisation are not mixed.
package struct CheckpointMixture: WeightSource {
  private let checkpoints: [[Float]]

  /// - Parameter checkpoints: blocks of the same model with plain weights, at least one.
  package init(_ checkpoints: [[Float]]) {
    precondition(!checkpoints.isEmpty && Set(checkpoints.map(\.count)).count == 1, "blocks of one model")
    self.checkpoints = checkpoints
  }

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    let shares = softmax(
      declarations.parameter("shares", [checkpoints.count], .zeros, ParameterGroup(decays: false)))
    let start = declarations.wantedCount
    let values = checkpoints.flatMap { $0[start..<start + wanted.count].map { Double($0) } }
    let table = declarations.graph.constant(values, [checkpoints.count, wanted.count])
    return reshape(matmul(reshape(shares, [1, checkpoints.count]), table), wanted.shape)
  }
}
