import Experiments
import Learning
import Parts
import Randomness

/// A network trained by Adam with a learning rate of 0.001, and how its time is told.
struct NetworkTask {
  let data: String
  let rows: Int
  let model: String
  let settings: [String: Setting]
  let batchSize: Int
  let epochs: Int
  /// Whether a unit is an epoch rather than a step.
  let tellsEpochs: Bool

  static let all: [String: NetworkTask] = [
    "mlp-epoch": NetworkTask(
      data: "digits", rows: 1438, model: "mlp", settings: ["width": .integer(128)], batchSize: 64, epochs: 40,
      tellsEpochs: true),
    "cnn-step": NetworkTask(
      data: "mnist-test", rows: 1984, model: "cnn", settings: [:], batchSize: 32, epochs: 4,
      tellsEpochs: false),
    "transformer-step": NetworkTask(
      data: "digits", rows: 1424, model: "transformer", settings: ["token-width": .integer(1)], batchSize: 16,
      epochs: 2, tellsEpochs: false),
    "lstm-step": NetworkTask(
      data: "digits", rows: 1408, model: "lstm", settings: ["token-width": .integer(1)], batchSize: 32,
      epochs: 4,
      tellsEpochs: false),
  ]

  func run(folder: String, profile: Bool) throws -> Measurement {
    let data = try LabelledRows(data, rows: rows, tested: 1000, folder: folder)
    let network = complete(modelRegistry[model]!, settings) as! any NetworkModel
    let start = processorMilliseconds()
    let plan = TrainingPlan(
      epochs: epochs, batchSize: batchSize,
      descent: DescentPlan(
        optimizer: complete(optimizerRegistry["adam"]!, [:]) as! any Optimizer,
        schedule: Constant(Settings()), learningRate: 0.001))
    let training = Training(
      SupervisedLoss(network, on: data.training, outputs: data.classes, .crossEntropy(labelSmoothing: 0)),
      plan
    ) { RandomStream(seed: 0, role: "benchmark", purpose: $0, index: $1) }
    func unit() {
      if tellsEpochs { while training.step() == nil {} } else { _ = training.step() }
    }
    let units = tellsEpochs ? epochs : epochs * (rows / batchSize)
    unit()
    let first = processorMilliseconds()
    for _ in 1..<units { unit() }
    let end = processorMilliseconds()
    let scoring = Scoring(
      network, training.parameters, on: data.test, columns: data.training.columns, outputs: data.classes)
    scoring.refresh()
    let measured = Measurement(
      firstMilliseconds: first - start, milliseconds: (end - first) / Double(units - 1),
      score: scoring.accuracy(data.testLabels))
    if profile { tell(training, measured) }
    return measured
  }

  /// Where a step's operations are, and how fast they go.
  private func tell(_ training: Training, _ measured: Measurement) {
    let steps = tellsEpochs ? Double((rows + batchSize - 1) / batchSize) : 1
    let total = training.flopsByKind.reduce(0) { $0 + $1.flops }
    print(
      "\(total) operations a step, \(fixed(Double(total) * steps / measured.milliseconds / 1e6)) billion a second"
    )
    for (kind, flops) in training.flopsByKind.sorted(by: { $0.flops > $1.flops }) where flops > 0 {
      print("  \(fixed(100 * Double(flops) / Double(total))) % \(kind)")
    }
  }

  private func fixed(_ number: Double) -> String { String(Double(Int(number * 100)) / 100) }
}

/// A part with its defaults where `given` is silent.
func complete<Contract>(_ type: Contract, _ given: [String: Setting]) -> any Part {
  let part = type as! any Part.Type
  var settings = Settings(given)
  for hyperparameter in part.hyperparameters where settings[hyperparameter.name] == nil {
    settings[hyperparameter.name] = hyperparameter.defaultValue
  }
  return part.init(settings)
}
