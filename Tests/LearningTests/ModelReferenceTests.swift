import Experiments
import Foundation
import Learning
import Parts
import Tensors
import Testing

/// Losses and gradients `References/models.py` recorded.
private let recorded = recordedVectors("models.txt")

@Suite struct ModelReferenceTests {
  @Test(
    arguments: [
      ("mlp", "mlp", 12, ["width": .integer(5), "depth": .integer(2), "activation": .text("tanh")]),
      ("cnn", "cnn", 49, ["channels": .integer(2)]),
      ("residual", "cnn", 36, ["channels": .integer(2), "kind": .text("residual")]),
      ("residual-prediction", "cnn", 36, ["channels": .integer(2), "kind": .text("residual")]),
      (
        "transformer", "transformer", 12,
        ["width": .integer(6), "heads": .integer(2), "token-width": .integer(4)]
      ),
      ("lstm", "lstm", 12, ["width": .integer(5), "token-width": .integer(4)]),
    ] as [(String, String, Int, [String: Setting])])
  func lossAndGradientArePyTorchs(label: String, name: String, columns: Int, given: [String: Setting]) throws
  {
    let reference = try #require(recorded[label])
    let isTraining = label != "residual-prediction"
    let declarations = Declarations(Graph(), isTraining: isTraining, source: PlainWeights())
    let graph = declarations.graph
    let x = graph.input("features", [6, columns])
    let labels = graph.indexInput("labels", [6])
    let y = model(name, given).outputs(x, count: 3, weights: Weights(declarations))
    let loss = mean(crossEntropy(y, labels, smoothing: 0.1))
    let plan = Plan<Double>(graph, outputs: [loss], gradient: declarations.gradient(of: loss))
    plan.fill(
      x,
      (0..<6 * columns).map { place in
        let (i, j) = (Double(place / columns), Double(place % columns))
        return sin(0.9 * i + 0.37 * j * j + 0.1 * i * j)
      })
    plan.fill(labels, (0..<6).map { Int32($0 % 3) })
    var parameters = (0..<graph.parameterCount).map { 0.4 * cos(1.1 * Double($0) + 0.3) }
    for slot in declarations.layout.slots where slot.name.hasSuffix("variance") {
      for i in slot.offset..<slot.offset + slot.count { parameters[i] = abs(parameters[i]) }
    }
    plan.run(parameters: parameters)
    #expect(reference.count == 1 + graph.parameterCount)
    #expect(abs(plan[loss] - reference[0]) < 1e-12)
    for (value, expected) in zip(plan.gradient, reference.dropFirst()) {
      #expect(abs(value - expected) < 1e-10 * max(1, abs(expected)), "\(label)")
    }
  }
}
