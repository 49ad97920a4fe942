import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// Two Gaussian clouds on the plane, far apart, 100 rows each.
private func clouds(rows: Int = 200) -> TrainingSet {
  var stream = RandomStream(seed: 2, role: "test", purpose: "clouds")
  var features: [Float] = []
  var labels: [Int32] = []
  for i in 0..<rows {
    let label = Int32(i % 2)
    features += [Float(stream.normal() + (label == 0 ? -3 : 3)), Float(stream.normal())]
    labels.append(label)
  }
  return TrainingSet(features: FloatBuffer(features), targets: .classes(labels))
}

private func network(_ outputs: Int = 2) -> Network {
  let network = Network(Logistic(Settings()).layers(inputs: 2, outputs: outputs))
  network.initialise(from: RandomStream(seed: 1, role: "test", purpose: "initial-weights"))
  return network
}

private func batchOrder(_ epoch: Int) -> RandomStream {
  RandomStream(seed: 1, role: "test", purpose: "batch-order", index: epoch)
}

private let momentum = optimizer("momentum")

private func plan(
  epochs: Int = 5, batchSize: Int = 32, learningRate: Double = 0.05, weightDecay: Double = 0,
  _ optimizer: any Optimizer = momentum
) -> TrainingPlan {
  TrainingPlan(
    epochs: epochs, batchSize: batchSize,
    descent: DescentPlan(
      optimizer: optimizer, schedule: schedule("constant"), learningRate: learningRate,
      weightDecay: weightDecay))
}

@Suite struct TrainingTests {
  @Test func separableCloudsAreLearned() {
    let set = clouds()
    let net = network()
    var losses: [Double] = []
    var training = Training(net, on: set, plan())
    #expect(training.run(batchOrder: batchOrder) { losses.append($1) } == .finished)
    #expect(losses.count == 5 && losses[4] < losses[0] && losses[4] < 0.05)
    let scoring = Scoring(net, on: set.features)
    scoring.refresh()
    guard case .classes(let labels) = set.targets else { return }
    #expect(scoring.accuracy(labels) > 0.98)
  }

  @Test func equalSeedsGiveEqualBits() {
    func run() -> [Float] {
      let net = network()
      var training = Training(net, on: clouds(), plan(weightDecay: 0.1))
      _ = training.run(batchOrder: batchOrder) { _, _ in }
      return net.parameters.values
    }
    #expect(run() == run())
    #expect(run() != network().parameters.values)
  }

  @Test func costIsCountedExactly() {
    var training = Training(network(), on: clouds(rows: 70), plan(epochs: 3))
    _ = training.run(batchOrder: batchOrder) { _, _ in }
    #expect(training.cost.examples == 210)
    // One layer: forward x·W and backward xᵀ·δ, each 2 · rows · 2 · 2.
    #expect(training.cost.flops == 3 * 2 * (2 * 70 * 4))
    let deep = Network(
      MLP(Settings(["width": .integer(3), "depth": .integer(1), "activation": .text("relu")]))
        .layers(inputs: 2, outputs: 4))
    #expect(deep.forwardFlops(rows: 5) == 2 * 5 * (6 + 12))
    #expect(deep.backwardFlops(rows: 5) == 2 * 5 * (6 + 12 + 12))
  }

  @Test func divergenceIsNoticedInItsEpoch() {
    var heard = 0
    var training = Training(network(), on: clouds(), plan(epochs: 50, learningRate: 1e38))
    let end = training.run(batchOrder: batchOrder) { _, _ in heard += 1 }
    guard case .diverged(let epoch) = end else {
      Issue.record("training with an absurd learning rate finished")
      return
    }
    #expect(epoch == heard + 1)
    #expect(training.cost.examples == 200 * epoch)
  }

  /// With a gradient of zero (one class), decay alone moves the weights, and never the biases.
  @Test func weightDecayIsDecoupledAndSparesBiases() {
    let set = TrainingSet(features: FloatBuffer([1, 2, 3, 4]), targets: .classes([0, 0]))
    let net = network(1)
    net.parameters.base[2] = 7
    let before = net.parameters.values
    var training = Training(
      net, on: set, plan(epochs: 1, learningRate: 0.5, weightDecay: 0.1, optimizer("adamw")))
    _ = training.run(batchOrder: batchOrder) { _, _ in }
    let factor = Float(1 - 0.5 * 0.1)
    #expect(net.parameters.values == [before[0] * factor, before[1] * factor, 7])
  }

  /// A batch larger than the data is the data.
  @Test func oversizedBatchTakesAllRows() {
    func run(_ size: Int) -> [Float] {
      let net = network()
      var training = Training(net, on: clouds(rows: 40), plan(batchSize: size))
      _ = training.run(batchOrder: batchOrder) { _, _ in }
      return net.parameters.values
    }
    #expect(run(40) == run(65_536))
    #expect(run(40) != run(39))
  }

  /// Full-batch descent on a noiseless line finds it.
  @Test func linearRegressionFindsTheLine() {
    let x: [Float] = [-2, -1, 0, 1, 2]
    let set = TrainingSet(features: FloatBuffer(x), targets: .numbers(x.map { 3 * $0 - 1 }))
    let net = Network(Linear(Settings()).layers(inputs: 1, outputs: 1))
    var training = Training(
      net, on: set, plan(epochs: 300, learningRate: 0.1, optimizer("sgd")))
    #expect(training.run(batchOrder: batchOrder) { _, _ in } == .finished)
    #expect(abs(net.parameters.base[0] - 3) < 1e-4 && abs(net.parameters.base[1] + 1) < 1e-4)
  }
}

@Suite struct StandardisationTests {
  private let rows = RowSet(
    dataset: Dataset(
      kind: .classification, features: [1, 5, 3, 5, 100, 6], columns: 2, labels: [0, 1, 0],
      classes: ["a", "b"]),
    rows: [0, 1])

  @Test func fitRowsDecideTheMap() {
    let map = Standardisation(of: rows)
    #expect(features(of: rows, standardisedBy: map).values == [-1, 0, 1, 0])
    let other = RowSet(dataset: rows.dataset, rows: [2])
    // The second column was constant, so it tells nothing of other rows either.
    #expect(features(of: other, standardisedBy: map).values == [98, 0])
    #expect(features(of: other, standardisedBy: nil).values == [100, 6])
  }

  @Test func targetsComeBackOnTheirScale() {
    let scale = TargetScale(of: [10, 20, 30])
    #expect(scale.standardised(20) == 0)
    #expect(abs(scale.original(scale.standardised(30)) - 30) < 1e-5)
    let constant = TargetScale(of: [0.1, 0.1, 0.1])
    #expect(abs(constant.original(constant.standardised(0.1)) - 0.1) < 1e-12)
    #expect(abs(constant.original(1) - 1.1) < 1e-12)
  }
}
