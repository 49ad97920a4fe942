import Randomness
import Tensors

/// The loss of one batch size, compiled: with the gradient for training, without for validation.
final class Pass {
  let rows: Int
  let declarations: Declarations
  let plan: Plan<Float>
  private let loss: Tensor
  private let fill: BatchGraph.Fill
  private let layout: ParameterLayout
  /// Each running mean with the memory of this batch's value.
  private let runningMeans: [(slot: ParameterSlot, batch: UnsafeMutableBufferPointer<Float>, keep: Float)]
  private let noises: [(kind: NoiseKind, buffer: UnsafeMutableBufferPointer<Float>)]

  init(_ batchLoss: any BatchLoss, rows: Int, isTraining: Bool, source: any WeightSource) {
    self.rows = rows
    let graph = Graph()
    let declarations = Declarations(graph, isTraining: isTraining, source: source)
    let batch = batchLoss.build(rows: rows, weights: Weights(declarations))
    let means = declarations.runningMeans
    let plan = Plan<Float>(
      graph, outputs: [batch.loss] + means.map(\.batch),
      gradient: isTraining ? declarations.gradient(of: batch.loss) : [])
    let layout = declarations.layout
    runningMeans = means.map { (layout.slots[$0.parameter], plan.buffer($0.batch), Float($0.keep)) }
    noises = declarations.noises.filter { plan.uses($0.tensor) }.map { ($0.kind, plan.buffer($0.tensor)) }
    loss = batch.loss
    fill = batch.bind(plan)
    self.declarations = declarations
    self.plan = plan
    self.layout = layout
  }

  /// Takes in the examples, and noise from the streams `noise(k)`, for every evaluation until the next call.
  func prepare(_ examples: UnsafeBufferPointer<Int32>, noise: (Int) -> RandomStream) {
    fill(examples)
    for k in 0..<noises.count { noises[k].kind.write(noises[k].buffer, from: noise(k)) }
  }

  /// Computes the mean loss and, when training, its gradient in `plan.gradient`.
  func evaluate(_ parameters: UnsafePointer<Float>) -> Double {
    plan.run(parameters: parameters)
    return Double(plan[loss])
  }

  /// Moves the running means towards the values of the evaluation just done.
  func updateRunningMeans(_ parameters: UnsafeMutablePointer<Float>) {
    for k in 0..<runningMeans.count {
      let (slot, batch, keep) = runningMeans[k]
      let target = parameters + slot.offset
      for i in 0..<slot.count { target[i] = keep * target[i] + (1 - keep) * batch[i] }
    }
  }

  /// How many streams a step's noise takes.
  var noiseCount: Int { noises.count }
}
