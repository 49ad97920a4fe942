import AllocationCounter
import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

@Suite struct AllocationTests {
  /// The counter sees what Swift allocates, so that a count of zero means something.
  @Test func theCounterCounts() {
    let before = assay_allocation_count()
    let block = FloatBuffer(zeros: 100)
    #expect(assay_allocation_count() > before)
    #expect(block.count == 100)
  }

  /// A training step asks nothing of the heap, whatever the model and the optimizer.
  @Test(arguments: ["mlp", "cnn", "transformer", "lstm"], optimizerRegistry.names)
  func stepsAllocateNothing(name: String, optimizerName: String) {
    var given: [String: Setting] = [:]
    if name == "mlp" || name == "transformer" { given["dropout"] = .number(0.2) }
    var stream = RandomStream(seed: 1, role: "test", purpose: "rows")
    let set = TrainingSet(
      features: FloatBuffer((0..<200 * 64).map { _ in Float(stream.normal()) }),
      targets: .classes((0..<200).map { Int32($0 % 3) }))
    let plan = TrainingPlan(
      epochs: 2, batchSize: 16,
      descent: DescentPlan(
        optimizer: optimizer(optimizerName), schedule: schedule("hypergradient"), learningRate: 0.01,
        weightDecay: 0.1, hooks: [GradientClipping(limit: 1)]))
    let training = Training(
      SupervisedLoss(model(name, given), on: set, outputs: 3, .crossEntropy(labelSmoothing: 0.1)), plan
    ) { RandomStream(seed: 1, role: "test", purpose: $0, index: $1) }
    _ = training.step()
    let before = assay_allocation_count()
    for _ in 0..<10 { _ = training.step() }
    #expect(assay_allocation_count() == before, "\(name) with \(optimizerName)")
  }
}
