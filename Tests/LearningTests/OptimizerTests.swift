import Experiments
import Foundation
import Learning
import Parts
import Tensors
import Testing

/// The end points `References/optimizer_steps.py` recorded, by label.
private let recorded: [String: [Double]] = {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("References/optimizer-steps.txt")
  var vectors: [String: [Double]] = [:]
  for line in try! String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
    let words = line.split(separator: " ")
    vectors[String(words[0])] = words.dropFirst().map { Double($0)! }
  }
  return vectors
}()

/// The script's problem: gradient c · (w − t) from the same start.
private func endPoint(_ optimizer: any Optimizer, rate: Double, steps: Int = 50) -> [Float] {
  let curvature: [Float] = [1, 10, 0.1, 3]
  let target: [Float] = [0.5, -1, 2, 0]
  let parameters = FloatBuffer([1, 1, -1, 0.25])
  let gradient = FloatBuffer(zeros: 4)
  let optimization = optimizer.start(count: 4)
  for _ in 0..<steps {
    for i in 0..<4 { gradient.base[i] = curvature[i] * (parameters.base[i] - target[i]) }
    optimization.step(parameters.base, gradient: gradient.base, learningRate: rate)
  }
  return parameters.values
}

private func adam(_ beta1: Double, _ beta2: Double, _ epsilon: Double) -> Adam {
  Adam(Settings(["beta1": .number(beta1), "beta2": .number(beta2), "epsilon": .number(epsilon)]))
}

private func sgd(_ momentum: Double) -> SGD { SGD(Settings(["momentum": .number(momentum)])) }

@Suite struct OptimizerTests {
  private func check(_ label: String, _ values: [Float]) throws {
    let expected = try #require(recorded[label])
    for (value, reference) in zip(values, expected) {
      #expect(abs(Double(value) - reference) < 3e-6, "\(label): \(value) against \(reference)")
    }
  }

  @Test func stepsFollowTheReference() throws {
    try check("sgd-0", endPoint(sgd(0), rate: 0.02))
    try check("sgd-0.9", endPoint(sgd(0.9), rate: 0.01))
    try check("adam-default", endPoint(adam(0.9, 0.999, 1e-8), rate: 0.05))
    try check("adam-first-step", endPoint(adam(0.9, 0.999, 1e-8), rate: 0.05, steps: 1))
    try check("adam-large-epsilon", endPoint(adam(0.8, 0.99, 0.5), rate: 0.05))
  }
}
