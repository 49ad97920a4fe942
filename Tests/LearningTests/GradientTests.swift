import Experiments
import Foundation
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// A network's mean loss in double precision, written from the definitions and independent of the kernels.
private struct ExactNetwork {
  let layers: [DenseLayer]
  var parameters: [Double]

  func outputs(_ row: [Double]) -> [Double] {
    var values = row
    var weight = 0
    var bias = layers.reduce(0) { $0 + $1.inputs * $1.outputs }
    for layer in layers {
      values = (0..<layer.outputs).map { j in
        var z = parameters[bias + j]
        for i in 0..<layer.inputs { z += values[i] * parameters[weight + i * layer.outputs + j] }
        switch layer.activation {
        case .identity: return z
        case .relu: return max(z, 0)
        case .tanh: return tanh(z)
        }
      }
      weight += layer.inputs * layer.outputs
      bias += layer.outputs
    }
    return values
  }

  func loss(_ rows: [[Double]], _ targets: TrainingSet.Targets) -> Double {
    var total = 0.0
    for (i, row) in rows.enumerated() {
      let y = outputs(row)
      switch targets {
      case .classes(let labels): total += log(y.reduce(0) { $0 + exp($1) }) - y[Int(labels[i])]
      case .numbers(let values): total += (y[0] - Double(values[i])) * (y[0] - Double(values[i]))
      }
    }
    return total / Double(rows.count)
  }
}

private func mlp(_ width: Int, _ depth: Int, _ activation: String) -> MLP {
  MLP(
    Settings(["width": .integer(width), "depth": .integer(depth), "activation": .text(activation)]))
}

@Suite struct GradientTests {
  /// Every component of every model's gradient against central differences in double precision. Single
  /// precision allows an error near 1e-6 for gradients of size 1; a wrong term is off by orders of magnitude
  /// more.
  @Test(arguments: [
    ("logistic", 3), ("linear", 1), ("mlp relu", 3), ("mlp tanh", 3), ("mlp tanh deep", 4),
    ("mlp relu deep", 1),
  ])
  func gradientMatchesDifferences(label: String, outputs: Int) {
    let model: any Model =
      switch label {
      case "logistic": Logistic(Settings())
      case "linear": Linear(Settings())
      case "mlp relu": mlp(7, 1, "relu")
      case "mlp tanh": mlp(7, 1, "tanh")
      case "mlp tanh deep": mlp(5, 3, "tanh")
      default: mlp(6, 2, "relu")
      }
    let (rows, inputs) = (9, 5)
    var stream = RandomStream(seed: 3, role: "test", purpose: "gradient")
    let features = (0..<rows * inputs).map { _ in Float(stream.normal()) }
    let targets: TrainingSet.Targets =
      outputs == 1
      ? .numbers((0..<rows).map { _ in Float(stream.normal()) })
      : .classes((0..<rows).map { _ in Int32(stream.below(outputs)) })
    let network = Network(model.layers(inputs: inputs, outputs: outputs))
    network.initialise(from: RandomStream(seed: 4, role: "test", purpose: "initial-weights"))
    // Biases away from zero, so that a forgotten bias shows.
    for i in network.weightCount..<network.parameters.count {
      network.parameters.base[i] = Float(stream.normal()) / 4
    }

    let activations = Activations(for: network, capacity: rows)
    network.forward(features, rows: rows, activations)
    let loss: Double =
      switch targets {
      case .classes(let labels):
        crossEntropyGradient(activations.last, labels: labels, rows: rows, classes: outputs)
      case .numbers(let values): squaredErrorGradient(activations.last, targets: values, rows: rows)
      }
    network.backward(features, rows: rows, activations)

    let exactRows = (0..<rows).map { i in (0..<inputs).map { Double(features[i * inputs + $0]) } }
    var exact = ExactNetwork(layers: network.layers, parameters: network.parameters.values.map { Double($0) })
    #expect(abs(loss / Double(rows) - exact.loss(exactRows, targets)) < 1e-5)
    let step = 1e-6
    for i in 0..<network.parameters.count {
      let value = exact.parameters[i]
      exact.parameters[i] = value + step
      let high = exact.loss(exactRows, targets)
      exact.parameters[i] = value - step
      let low = exact.loss(exactRows, targets)
      exact.parameters[i] = value
      let difference = (high - low) / (2 * step)
      #expect(
        abs(Double(network.gradient.base[i]) - difference) < 1e-5 * max(1, abs(difference)),
        "\(label), parameter \(i)")
    }
  }

  @Test func initialWeightsHaveTheStatedSpread() {
    let network = Network(mlp(64, 2, "relu").layers(inputs: 32, outputs: 10))
    network.initialise(from: RandomStream(seed: 1, role: "test", purpose: "initial-weights"))
    let weights = network.parameters.values
    func variance(_ values: ArraySlice<Float>) -> Double {
      values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
    }
    // He: 2 / inputs before ReLU; Glorot: 2 / (inputs + outputs) before the outputs.
    #expect(abs(variance(weights[0..<2048]) / (2.0 / 32) - 1) < 0.08)
    #expect(abs(variance(weights[2048..<6144]) / (2.0 / 64) - 1) < 0.06)
    #expect(abs(variance(weights[6144..<6784]) / (2.0 / 74) - 1) < 0.12)
    #expect(weights[6784...].allSatisfy { $0 == 0 })
    #expect(weights[0..<6784].allSatisfy { abs(Double($0)) <= (6.0 / 32).squareRoot() })
  }
}
