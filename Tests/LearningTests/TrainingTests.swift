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

private func streams(_ purpose: String, _ index: Int) -> RandomStream {
  RandomStream(seed: 1, role: "test", purpose: purpose, index: index)
}

private func plan(
  epochs: Int = 5, batchSize: Int = 32, learningRate: Double = 0.05, weightDecay: Double = 0,
  _ optimizer: any Optimizer = optimizer("momentum"), schedule: any Schedule = schedule("constant")
) -> TrainingPlan {
  TrainingPlan(
    epochs: epochs, batchSize: batchSize,
    descent: DescentPlan(
      optimizer: optimizer, schedule: schedule, learningRate: learningRate, weightDecay: weightDecay))
}

private func training(
  _ network: any NetworkModel = model("logistic"), on set: TrainingSet = clouds(), outputs: Int = 2,
  validation: TrainingSet? = nil, _ plan: TrainingPlan = plan()
) -> Training {
  func loss(_ set: TrainingSet) -> SupervisedLoss {
    switch set.targets {
    case .classes:
      SupervisedLoss(network, on: set, outputs: outputs, .crossEntropy(labelSmoothing: 0))
    case .numbers: SupervisedLoss(network, on: set, outputs: outputs, .squaredError)
    }
  }
  return Training(loss(set), validation: validation.map(loss), plan, stream: streams)
}

@Suite struct TrainingTests {
  @Test func separableCloudsAreLearned() {
    let set = clouds()
    let training = training(on: set)
    var losses: [Double] = []
    #expect(training.run { losses.append($1) } == .finished)
    #expect(losses.count == 5 && losses[4] < losses[0] && losses[4] < 0.05)
    let scoring = Scoring(model("logistic"), training.parameters, on: set.features, columns: 2, outputs: 2)
    scoring.refresh()
    guard case .classes(let labels) = set.targets else { return }
    #expect(scoring.accuracy(labels) > 0.98)
  }

  @Test func equalSeedsGiveEqualBits() {
    func run(_ epochs: Int) -> [Float] {
      let training = training(model("mlp", ["dropout": .number(0.5)]), plan(epochs: epochs, weightDecay: 0.1))
      _ = training.run { _, _ in }
      return training.parameters.values
    }
    #expect(run(5) == run(5))
    #expect(run(5) != run(0))
  }

  @Test func costIsCountedExactly() {
    let small = training(on: clouds(rows: 70), plan(epochs: 3))
    _ = small.run { _, _ in }
    #expect(small.cost.examples == 210)
    let twice = training(on: clouds(rows: 70), plan(epochs: 6))
    _ = twice.run { _, _ in }
    #expect(twice.cost.flops == 2 * small.cost.flops)
    // The products x·W and xᵀ·δ, each 2 · rows · 2 · 2, and a few elementwise operations on 2 outputs a row.
    let products = 3 * 2 * (2 * 70 * 4)
    #expect(small.cost.flops > products && small.cost.flops < 4 * products)
    let sharp = training(on: clouds(rows: 70), plan(epochs: 3, optimizer("sam")))
    _ = sharp.run { _, _ in }
    #expect(sharp.cost == CountedCost(examples: 210, flops: 2 * small.cost.flops))
  }

  @Test func divergenceIsNoticedInItsEpoch() {
    var heard = 0
    let training = training(model("logistic"), plan(epochs: 50, learningRate: 1e38))
    let end = training.run { _, _ in heard += 1 }
    guard case .diverged(let epoch) = end else {
      Issue.record("training with an absurd learning rate finished")
      return
    }
    #expect(epoch == heard + 1)
    #expect(training.cost.examples == 200 * epoch)
  }

  /// With a gradient of zero (one class), decay alone moves the weights, and never the biases.
  @Test func weightDecaySparesBiases() {
    let set = TrainingSet(features: FloatBuffer([1, 2, 3, 4]), targets: .classes([0, 0]))
    let training = training(
      on: set, outputs: 1, plan(epochs: 1, learningRate: 0.5, weightDecay: 0.1, optimizer("adamw")))
    training.parameters.base[2] = 7
    let before = training.parameters.values
    _ = training.run { _, _ in }
    let factor = Float(1 - 0.5 * 0.1)
    #expect(training.parameters.values == [before[0] * factor, before[1] * factor, 7])
  }

  /// A batch larger than the data is the data.
  @Test func oversizedBatchTakesAllRows() {
    func run(_ size: Int) -> [Float] {
      let training = training(on: clouds(rows: 40), plan(batchSize: size))
      _ = training.run { _, _ in }
      return training.parameters.values
    }
    #expect(run(40) == run(65_536))
    #expect(run(40) != run(39))
  }

  /// Full-batch descent on a noiseless line finds it.
  @Test func linearRegressionFindsTheLine() {
    let x: [Float] = [-2, -1, 0, 1, 2]
    let set = TrainingSet(features: FloatBuffer(x), targets: .numbers(x.map { 3 * $0 - 1 }))
    let training = training(
      model("linear"), on: set, outputs: 1, plan(epochs: 300, learningRate: 0.1, optimizer("sgd")))
    #expect(training.run { _, _ in } == .finished)
    #expect(abs(training.parameters.base[0] - 3) < 1e-4 && abs(training.parameters.base[1] + 1) < 1e-4)
  }

  /// Stopped in the middle of an epoch, saved, and gone on with elsewhere: the same bits, losses and cost.
  @Test(arguments: ["adam", "sam", "soap"], ["plateau", "hypergradient"])
  func resumedTrainingEndsAtTheSameBits(optimizerName: String, scheduleName: String) throws {
    func start() -> Training {
      training(
        model("mlp", ["dropout": .number(0.3), "width": .integer(8)]), on: clouds(rows: 70),
        validation: clouds(rows: 20), plan(optimizer(optimizerName), schedule: schedule(scheduleName)))
    }
    let whole = start()
    var losses: [Double] = []
    #expect(whole.run { losses.append($1) } == .finished)
    let first = start()
    for _ in 0..<4 { _ = first.step() }
    let saved = StateArchive()
    try first.exchange(saved)
    let second = start()
    try second.exchange(StateArchive(restoring: saved.bytes))
    var rest: [Double] = []
    #expect(second.run { rest.append($1) } == .finished)
    #expect(second.parameters.values == whole.parameters.values && second.cost == whole.cost)
    #expect(rest == Array(losses.suffix(rest.count)) && rest.count == 4)
  }

  @Test func plateauHearsTheHeldOutLoss() {
    // Held-out labels are the wrong way round, so their loss only rises and every second epoch cuts the rate.
    let set = clouds()
    guard case .classes(let labels) = set.targets else { return }
    let wrong = TrainingSet(features: set.features, targets: .classes(labels.map { 1 - $0 }))
    let cutting = schedule("plateau", ["patience": .integer(0), "factor": .number(0)])
    let stopped = training(validation: wrong, plan(epochs: 9, schedule: cutting))
    _ = stopped.run { _, _ in }
    let short = training(model("logistic"), plan(epochs: 2))
    _ = short.run { _, _ in }
    #expect(stopped.parameters.values == short.parameters.values)
    let right = training(validation: set, plan(epochs: 9, schedule: cutting))
    _ = right.run { _, _ in }
    #expect(right.parameters.values != short.parameters.values)
  }

  @Test func dropoutConcernsTrainingOnly() {
    let network = model("mlp", ["dropout": .number(0.5)])
    let plain = training(model("mlp"), plan(epochs: 1))
    let dropped = training(network, plan(epochs: 1))
    #expect(plain.parameters.values == dropped.parameters.values)
    func outputs(_ network: any NetworkModel) -> [Float] {
      let scoring = Scoring(network, plain.parameters, on: clouds().features, columns: 2, outputs: 2)
      scoring.refresh()
      return Array(scoring.outputs)
    }
    #expect(outputs(network) == outputs(model("mlp")))
    _ = plain.run { _, _ in }
    _ = dropped.run { _, _ in }
    #expect(plain.parameters.values != dropped.parameters.values)
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
    #expect(abs(scale.original(Double(scale.standardised(30))) - 30) < 1e-5)
    let constant = TargetScale(of: [0.1, 0.1, 0.1])
    #expect(abs(constant.original(Double(constant.standardised(0.1))) - 0.1) < 1e-12)
    #expect(abs(constant.original(1) - 1.1) < 1e-12)
  }
}
