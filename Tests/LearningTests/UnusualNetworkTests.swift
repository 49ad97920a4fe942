import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// An mlp with its weights in low-rank form, started from another training's.
private func adapted(_ plain: Training, _ loss: SupervisedLoss, _ plan: TrainingPlan) -> Training {
  let training = Training(loss, plan, source: LowRank(rank: 2), stream: streams)
  for slot in plain.layout.slots {
    let place = training.layout.slots.first { $0.name == slot.name }!
    (training.parameters.base + place.offset)
      .update(from: plain.parameters.base + slot.offset, count: slot.count)
  }
  return training
}

/// What a perceptron with one hidden layer can give for any input in a box.
private func bounds(_ box: Interval, width: Int, outputs: Int, _ weights: Weights) -> Interval {
  func affine(_ x: Interval, _ outputs: Int, _ weights: Weights) -> Interval {
    let inputs = x.center.shape[1]
    return x.affine(
      weights.parameter("weight", [inputs, outputs], .glorot(inputs: inputs, outputs: outputs)),
      weights.parameter("bias", [outputs], .zeros))
  }
  let hidden = affine(box, width, weights["hidden1"]).mapMonotone(relu)
  return affine(hidden, outputs, weights["output"])
}

/// How much each row would move the model, as the squared length of its gradient.
private func gradientNorms(
  _ model: any NetworkModel, _ x: Tensor, _ labels: IndexTensor, classes: Int, _ weights: Weights
) -> Tensor {
  let losses = crossEntropy(model.outputs(x, count: classes, weights: weights), labels)
  return perExampleSquaredNorms(of: losses, with: weights.graph.parameters)
}

private func streams(_ purpose: String, _ index: Int) -> RandomStream {
  RandomStream(seed: 6, role: "test", purpose: purpose, index: index)
}

private func normals(_ count: Int, _ purpose: String) -> [Float] {
  var stream = streams(purpose, 0)
  return (0..<count).map { _ in Float(stream.normal()) }
}

/// The networks the manual shows beside the registered models.
@Suite struct UnusualNetworkTests {
  private let small = model("mlp", ["width": .integer(8)])

  @Test func adaptersMoveAndWhatTheyAdaptStays() {
    let set = TrainingSet(
      features: FloatBuffer(normals(64 * 4, "rows")), targets: .classes((0..<64).map { Int32($0 % 3) }))
    let loss = SupervisedLoss(small, on: set, outputs: 3, .crossEntropy(labelSmoothing: 0))
    let plan = TrainingPlan(
      epochs: 3, batchSize: 16,
      descent: DescentPlan(optimizer: optimizer("adam"), schedule: schedule("constant"), learningRate: 0.01))
    let plain = Training(loss, plan, stream: streams)
    _ = plain.run { _, _ in }
    let training = adapted(plain, loss, plan)
    var losses: [Double] = []
    _ = training.run { losses.append($1) }
    #expect(losses[2] < losses[0])
    for slot in plain.layout.slots {
      let place = training.layout.slots.first { $0.name == slot.name }!
      for i in 0..<slot.count {
        #expect(training.parameters.base[place.offset + i] == plain.parameters.base[slot.offset + i])
      }
    }
  }

  @Test func boundsHoldWhatTheModelGives() {
    let declarations = Declarations(Graph(), isTraining: false, source: PlainWeights())
    let (graph, weights) = (declarations.graph, Weights(declarations))
    let x = graph.input("features", [5, 4])
    let box = bounds(
      Interval(center: x, radius: graph.constant(0.1, x.shape)), width: 8, outputs: 3, weights)
    let shift = graph.input("shift", x.shape)
    let moved = small.outputs(x + shift, count: 3, weights: weights)
    let parameters = declarations.initialBlock { streams("initial-weights", $0) }
    let (lower, upper) = (box.lower, box.upper)
    let plan = Plan<Float>(graph, outputs: [lower, upper, moved])
    plan.fill(x, normals(20, "centers"))
    defer { withExtendedLifetime(parameters) {} }
    for turn in 0..<20 {
      var stream = streams("shift", turn)
      plan.fill(shift, (0..<20).map { _ in Float(0.2 * stream.uniform() - 0.1) })
      plan.run(parameters: parameters.base)
      let (least, most, given) = (plan.values(lower), plan.values(upper), plan.values(moved))
      for i in given.indices { #expect(least[i] < given[i] && given[i] < most[i]) }
    }
  }

  @Test func normsAreThoseOfRowsAlone() {
    func norms(_ rows: Int, _ features: [Float], _ classes: [Int32]) -> [Float] {
      let declarations = Declarations(Graph(), isTraining: false, source: PlainWeights())
      let x = declarations.graph.input("features", [rows, 4])
      let labels = declarations.graph.indexInput("labels", [rows])
      let norms = gradientNorms(small, x, labels, classes: 3, Weights(declarations))
      let plan = Plan<Float>(declarations.graph, outputs: [norms])
      plan.fill(x, features)
      plan.fill(labels, classes)
      let parameters = declarations.initialBlock { streams("initial-weights", $0) }
      return withExtendedLifetime(parameters) {
        plan.run(parameters: parameters.base)
        return plan.values(norms)
      }
    }
    let (features, classes) = (normals(24, "rows"), [0, 2, 1, 1, 0, 2] as [Int32])
    let together = norms(6, features, classes)
    for i in 0..<6 {
      let alone = norms(1, Array(features[i * 4..<i * 4 + 4]), [classes[i]])[0]
      #expect(abs(together[i] - alone) < 1e-5 * alone && alone > 0)
    }
  }
}
