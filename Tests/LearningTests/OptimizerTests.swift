import Experiments
import Foundation
import Learning
import Parts
import Tensors
import Testing

/// The end points `References/optimizer_steps.py` recorded, by label.
private let recorded = recordedVectors("optimizer-steps.txt")

private let (rows, inputs, outputs) = (8, 4, 3)

/// The script's linear regression: weight 4 × 3, then bias 3.
private let layout = ParameterLayout([
  ParameterSlot("weight", [inputs, outputs], offset: 0),
  ParameterSlot("bias", [outputs], offset: inputs * outputs),
])

private func gradient(_ w: UnsafePointer<Float>) -> [Float] {
  var sums = [Double](repeating: 0, count: layout.count)
  for i in 0..<rows {
    let x = (0..<inputs).map {
      cos(1.3 * Double(i) + 2.1 * Double($0) + 0.4 * Double(i * $0)) * Double(1 + $0)
    }
    for k in 0..<outputs {
      let y = sin(0.7 * Double(i * (k + 1)) + 0.2 * Double(k))
      var error = Double(w[inputs * outputs + k]) - y
      for j in 0..<inputs { error += x[j] * Double(w[j * outputs + k]) }
      for j in 0..<inputs { sums[j * outputs + k] += x[j] * error / Double(rows) }
      sums[inputs * outputs + k] += error / Double(rows)
    }
  }
  return sums.map { Float($0) }
}

/// An optimizer with its defaults where `given` is silent.
func optimizer(_ name: String, _ given: [String: Setting] = [:]) -> any Optimizer {
  let type = optimizerRegistry[name]!
  var settings = Settings(given)
  for hyperparameter in type.hyperparameters where settings[hyperparameter.name] == nil {
    settings[hyperparameter.name] = hyperparameter.defaultValue
  }
  return type.init(settings)
}

/// One descent on the script's problem that can be stopped, saved and gone on with.
private final class Walk {
  let parameters = FloatBuffer(recorded["start"]!.map { Float($0) })
  let slope = FloatBuffer(zeros: layout.count)
  let descent: Descent
  var evaluations = 0

  init(
    _ optimizer: any Optimizer, rate: Double, decay: Double = 0, hooks: [any GradientHook] = [],
    layout: ParameterLayout = layout
  ) {
    let plan = DescentPlan(
      optimizer: optimizer, schedule: Constant(Settings()), learningRate: rate, weightDecay: decay,
      hooks: hooks)
    descent = Descent(plan, layout, steps: 25, stepsPerEpoch: 5, batchSize: rows)
  }

  func run(_ steps: Int = 25) -> [Float] {
    for _ in 0..<steps {
      descent.step(parameters.base, gradient: slope.base) {
        evaluations += 1
        for (i, value) in gradient(parameters.base).enumerated() { slope.base[i] = value }
      }
    }
    return parameters.values
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("parameters", parameters)
    try descent.exchange(archive)
  }
}

@Suite struct OptimizerTests {
  @Test(
    arguments: [
      ("sgd", "sgd", 0.02, 0, [:]),
      ("sgd-decay", "sgd", 0.02, 0.3, [:]),
      ("momentum", "momentum", 0.01, 0, [:]),
      ("momentum-decay", "momentum", 0.01, 0.3, [:]),
      ("nesterov", "nesterov", 0.01, 0, ["momentum": .number(0.8)]),
      ("adam", "adam", 0.05, 0, [:]),
      (
        "adam-large-epsilon", "adam", 0.05, 0,
        ["beta1": .number(0.8), "beta2": .number(0.99), "epsilon": .number(0.5)]
      ),
      ("adam-decay", "adam", 0.05, 0.3, [:]),
      ("adamw-decay", "adamw", 0.05, 0.3, [:]),
      ("nadam", "nadam", 0.05, 0, [:]),
      ("rmsprop", "rmsprop", 0.02, 0, [:]),
      ("adagrad", "adagrad", 0.1, 0, [:]),
      ("lion", "lion", 0.01, 0, [:]),
      ("sam", "sam", 0.01, 0, ["radius": .number(0.2)]),
      ("shampoo", "shampoo", 0.1, 0, [:]),
      ("shampoo-every-3", "shampoo", 0.1, 0, ["every": .integer(3)]),
      ("soap", "soap", 0.05, 0, ["every": .integer(1)]),
      ("soap-every-4", "soap", 0.05, 0, ["every": .integer(4)]),
    ] as [(String, String, Double, Double, [String: Setting])])
  func stepsFollowTheReference(
    label: String, name: String, rate: Double, decay: Double, given: [String: Setting]
  ) throws {
    let expected = try #require(recorded[label])
    let values = Walk(optimizer(name, given), rate: rate, decay: decay).run()
    for (value, reference) in zip(values, expected) {
      #expect(abs(Double(value) - reference) < 5e-6, "\(label): \(value) against \(reference)")
    }
  }

  @Test func theProblemIsTheScripts() throws {
    let slope = gradient(recorded["start"]!.map { Float($0) })
    for (value, reference) in zip(slope, recorded["gradient"]!) {
      #expect(abs(Double(value) - reference) < 1e-6)
    }
    let first = Walk(optimizer("adam"), rate: 0.05).run(1)
    for (value, reference) in zip(first, recorded["adam-first-step"]!) {
      #expect(abs(Double(value) - reference) < 1e-6)
    }
  }

  /// A run stopped, saved, restored into a fresh one and gone on with ends at the same bits.
  @Test(arguments: optimizerRegistry.names)
  func resumedRunsEndAtTheSameBits(name: String) throws {
    let whole = Walk(optimizer(name), rate: 0.01, decay: 0.1).run()
    let first = Walk(optimizer(name), rate: 0.01, decay: 0.1)
    #expect(first.run(10) != whole)
    let saved = StateArchive()
    try first.exchange(saved)
    let second = Walk(optimizer(name), rate: 0.01, decay: 0.1)
    try second.exchange(StateArchive(restoring: saved.bytes))
    #expect(second.run(15) == whole)
  }

  @Test(arguments: optimizerRegistry.names)
  func aGroupOfRateZeroStaysAndOthersFollowTheirRate(name: String) {
    func slots(_ rate: Double) -> ParameterLayout {
      ParameterLayout([
        ParameterSlot("weight", [inputs, outputs], offset: 0, group: ParameterGroup(rate: rate)),
        ParameterSlot("bias", [outputs], offset: 12, group: ParameterGroup(rate: 0, decays: false)),
      ])
    }
    let start = recorded["start"]!.map { Float($0) }
    let values = Walk(optimizer(name), rate: 0.01, decay: 0.1, layout: slots(0.5)).run(2)
    #expect(values[12...] == start[12...] && values[..<12] != start[..<12])
    #expect(Walk(optimizer(name), rate: 0.005, decay: 0.1, layout: slots(1)).run(2) == values)
  }

  /// A side without statistics is left as it is; without any, SOAP is Adam and Shampoo the diagonal rule.
  @Test func longSidesHaveNoStatistics() {
    // SOAP's first gradient starts its bases only, so it is a step behind.
    let soap: [String: Setting] = [
      "beta1": .number(0.9), "beta2": .number(0.999), "largest-side": .integer(1),
    ]
    let adam = Walk(optimizer("adam"), rate: 0.05).run(24)
    for (a, b) in zip(Walk(optimizer("soap", soap), rate: 0.05).run(), adam) { #expect(abs(a - b) < 1e-5) }
    let wide = Walk(optimizer("shampoo", ["largest-side": .integer(3)]), rate: 0.1).run()
    let narrow = Walk(optimizer("shampoo", ["largest-side": .integer(2)]), rate: 0.1).run()
    let both = Walk(optimizer("shampoo"), rate: 0.1).run()
    #expect(wide != narrow && wide != both)
    #expect((wide + narrow).allSatisfy { $0.isFinite })
  }

  @Test func samTakesTwoGradientsAStepAndOthersOne() {
    for name in optimizerRegistry.names {
      let walk = Walk(optimizer(name), rate: 0.01)
      _ = walk.run(3)
      #expect(walk.evaluations == (name == "sam" ? 6 : 3))
    }
  }

  /// With no gradient, decay alone moves weights: by both factors, or by the schedule's only.
  @Test func decayEntersAsTheOptimizerSays() {
    let nothing = GradientMask(FloatBuffer(zeros: layout.count))
    let start = recorded["start"]!.map { Float($0) }
    func moved(_ name: String, _ given: [String: Setting] = [:]) -> [Float] {
      Walk(optimizer(name, given), rate: 0.5, decay: 0.1, hooks: [nothing]).run(1)
    }
    #expect(moved("adamw") == start.map { $0 * Float(1 - 0.5 * 0.1) })
    #expect(moved("adamw", ["independent-decay": .flag(true)]) == start.map { $0 * Float(1 - 0.1) })
    #expect(moved("sgd") == start.map { $0 - 0.5 * (Float(0.1) * $0) })
  }

  @Test func hooksChangeTheGradientInOrder() {
    let start = recorded["start"]!.map { Float($0) }
    let slope = gradient(start)
    let length = slope.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let mask = FloatBuffer(zeros: layout.count)
    mask.base[3] = 1
    let hooks: [any GradientHook] = [
      GradientScaling(factor: 4), GradientClipping(limit: length), GradientMask(mask),
    ]
    let values = Walk(optimizer("sgd"), rate: 0.25, hooks: hooks).run(1)
    for i in values.indices where i != 3 { #expect(values[i] == start[i]) }
    #expect(abs(values[3] - (start[3] - 0.25 * slope[3])) < 1e-6)
    let generous = Walk(optimizer("sgd"), rate: 0.25, hooks: [GradientClipping(limit: 1e6)]).run(1)
    #expect(generous == Walk(optimizer("sgd"), rate: 0.25).run(1))
  }

  @Test func damagedAndForeignStatesAreRefused() throws {
    let saved = StateArchive()
    try Walk(optimizer("adam"), rate: 0.01).exchange(saved)
    var bytes = saved.bytes
    bytes[bytes.count / 2] ^= 1
    #expect(throws: StateArchiveError.damaged) { try StateArchive(restoring: bytes) }
    #expect(throws: StateArchiveError.damaged) { try StateArchive(restoring: []) }
    #expect(throws: StateArchiveError.unlike(entry: "optimizer.velocity")) {
      try Walk(optimizer("momentum"), rate: 0.01).exchange(StateArchive(restoring: saved.bytes))
    }
  }
}
