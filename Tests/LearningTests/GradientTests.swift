import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// A model with its defaults where `given` is silent.
func model(_ name: String, _ given: [String: Setting] = [:]) -> any NetworkModel {
  let type = modelRegistry[name]!
  var settings = Settings(given)
  for hyperparameter in type.hyperparameters where settings[hyperparameter.name] == nil {
    settings[hyperparameter.name] = hyperparameter.defaultValue
  }
  return type.init(settings) as! any NetworkModel
}

/// A model's loss in double precision, with random parameters and rows.
struct ExactLoss {
  let declarations: Declarations
  let plan: Plan<Double>
  let loss: Tensor
  var parameters: [Double]

  /// - Parameter outputs: 1 asks for a regression.
  init(
    _ model: any NetworkModel, rows: Int = 5, columns: Int, outputs: Int, isTraining: Bool = true,
    source: any WeightSource = PlainWeights()
  ) {
    var stream = RandomStream(seed: 3, role: "test", purpose: "gradient")
    let declarations = Declarations(Graph(), isTraining: isTraining, source: source)
    let graph = declarations.graph
    let x = graph.input("features", [rows, columns])
    let labels = graph.indexInput("labels", [rows])
    let targets = graph.input("targets", [rows, 1])
    let y = model.outputs(x, count: outputs, weights: Weights(declarations))
    precondition(y.shape == [rows, outputs])
    loss = mean(outputs == 1 ? squaredError(y, targets: targets) : crossEntropy(y, labels))
    plan = Plan<Double>(graph, outputs: [loss], gradient: declarations.gradient(of: loss))
    plan.fill(x, (0..<rows * columns).map { _ in stream.normal() })
    plan.fill(labels, (0..<rows).map { _ in Int32(stream.below(outputs)) })
    plan.fill(targets, (0..<rows).map { _ in stream.normal() })
    let block = declarations.initialBlock {
      RandomStream(seed: 4, role: "test", purpose: "initial-weights", index: $0)
    }
    // Everything away from what it starts from, so that a forgotten bias or scale shows.
    parameters = block.values.map { Double($0) + 0.2 * stream.normal() }
    self.declarations = declarations
  }

  func value() -> Double {
    plan.run(parameters: parameters)
    return plan[loss]
  }

  /// The largest error of a component of the gradient against central differences, relative where it is above 1.
  mutating func largestError(every stride: Int = 1) -> (error: Double, slot: String) {
    _ = value()
    let gradient = Array(plan.gradient)
    var worst = (error: 0.0, slot: "none")
    for slot in declarations.layout.slots {
      for i in Swift.stride(from: slot.offset, to: slot.offset + slot.count, by: stride) {
        let middle = parameters[i]
        parameters[i] = middle + 1e-5
        let high = value()
        parameters[i] = middle - 1e-5
        let low = value()
        parameters[i] = middle
        let difference = slot.group.rate == 0 ? 0 : (high - low) / 2e-5
        let error = abs(gradient[i] - difference) / max(1, abs(difference))
        if !(error <= worst.error) { worst = (error, slot.name) }
      }
    }
    return worst
  }
}

@Suite struct GradientTests {
  /// Every component of every model's gradient against central differences in double precision.
  @Test(
    arguments: [
      ("logistic", 3, 5, [:]), ("linear", 1, 5, [:]),
      ("mlp", 3, 5, ["width": .integer(7)]),
      ("mlp", 4, 5, ["width": .integer(5), "depth": .integer(3), "activation": .text("tanh")]),
      ("mlp", 1, 5, ["width": .integer(6), "depth": .integer(2), "activation": .text("gelu")]),
      ("mlp", 3, 5, ["width": .integer(6), "activation": .text("silu")]),
      ("cnn", 3, 49, ["channels": .integer(3)]),
      ("cnn", 3, 36, ["channels": .integer(2), "kind": .text("residual")]),
      ("cnn", 3, 36, ["channels": .integer(3), "kind": .text("separable")]),
      ("cnn", 3, 36, ["channels": .integer(3), "kind": .text("multi-branch")]),
      ("transformer", 3, 10, ["width": .integer(8), "heads": .integer(2), "token-width": .integer(4)]),
      (
        "transformer", 1, 12,
        [
          "width": .integer(8), "heads": .integer(2), "token-width": .integer(4),
          "positions": .text("rotary"),
          "norm": .text("rms"), "activation": .text("silu"),
        ]
      ),
      ("lstm", 3, 10, ["width": .integer(5), "token-width": .integer(4)]),
    ] as [(String, Int, Int, [String: Setting])])
  func gradientMatchesDifferences(name: String, outputs: Int, columns: Int, given: [String: Setting]) {
    var exact = ExactLoss(model(name, given), columns: columns, outputs: outputs)
    let (error, slot) = exact.largestError()
    #expect(error < 1e-8, "\(name) \(given): \(slot)")
  }

  @Test func initialWeightsHaveTheStatedSpread() {
    let declarations = Declarations(Graph(), isTraining: true, source: PlainWeights())
    let x = declarations.graph.input("features", [1, 32])
    _ = model("mlp", ["depth": .integer(2)]).outputs(x, count: 10, weights: Weights(declarations))
    let block = declarations.initialBlock {
      RandomStream(seed: 1, role: "test", purpose: "initial-weights", index: $0)
    }
    func values(_ name: String) -> ArraySlice<Float> {
      let slot = declarations.layout.slots.first { $0.name == name }!
      return block.values[slot.offset..<slot.offset + slot.count]
    }
    func variance(_ values: ArraySlice<Float>) -> Double {
      values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
    }
    // He: 2 / inputs before ReLU; Glorot: 2 / (inputs + outputs) before the outputs.
    #expect(abs(variance(values("hidden1.weight")) / (2.0 / 32) - 1) < 0.08)
    #expect(abs(variance(values("hidden2.weight")) / (2.0 / 64) - 1) < 0.06)
    #expect(abs(variance(values("output.weight")) / (2.0 / 74) - 1) < 0.12)
    #expect(values("hidden2.bias").allSatisfy { $0 == 0 })
    #expect(values("hidden1.weight").allSatisfy { abs(Double($0)) <= (6.0 / 32).squareRoot() })
  }
}
