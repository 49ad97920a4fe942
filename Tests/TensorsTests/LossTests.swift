import Foundation
import Tensors
import Testing

@Suite struct LossTests {
  @Test func extremeLogitsStayFinite() {
    let logits: [Float] = [1e30, -1e30, 0, -3e38, 3e38, 0]
    var probabilities = [Double](repeating: .nan, count: 6)
    softmax(logits, rows: 2, classes: 3, into: &probabilities)
    #expect(probabilities == [1, 0, 0, 0, 1, 0])
    let gradient = FloatBuffer(logits)
    let loss = crossEntropyGradient(gradient.base, labels: [1, 1], rows: 2, classes: 3)
    #expect(abs(loss / 2e30 - 1) < 1e-6)
    #expect(areFinite(gradient.base, count: 6))
    #expect(gradient.base[0] == 0.5 && gradient.base[1] == -0.5)
  }

  @Test func nonFiniteLogitsGiveNaN() {
    let gradient = FloatBuffer([.infinity, 0, 1])
    #expect(crossEntropyGradient(gradient.base, labels: [1], rows: 1, classes: 3).isNaN)
    let other = FloatBuffer([0, .nan, 1])
    #expect(crossEntropyGradient(other.base, labels: [0], rows: 1, classes: 3).isNaN)
  }

  @Test func probabilitiesFollowTheDefinition() {
    let logits: [Float] = [0.5, -1.25, 2, 0]
    var probabilities = [Double](repeating: 0, count: 4)
    softmax(logits, rows: 1, classes: 4, into: &probabilities)
    let total = logits.reduce(0) { $0 + exp(Double($1)) }
    for j in 0..<4 { #expect(abs(probabilities[j] - exp(Double(logits[j])) / total) < 1e-15) }
  }

  /// Loss and gradient against double precision: gradient = (p − one-hot) / rows.
  @Test func crossEntropyFollowsTheDefinition() {
    let logits: [Float] = [0.5, -1.25, 2, 0, 3, 3, -7, 0.125, 1, 1, 1, 1]
    let labels: [Int32] = [2, 1, 0]
    let gradient = FloatBuffer(logits)
    let loss = crossEntropyGradient(gradient.base, labels: labels, rows: 3, classes: 4)
    var exact = 0.0
    for i in 0..<3 {
      let row = logits[i * 4..<i * 4 + 4].map { exp(Double($0)) }
      let total = row.reduce(0, +)
      exact -= log(row[Int(labels[i])] / total)
      for j in 0..<4 {
        let expected = (row[j] / total - (j == Int(labels[i]) ? 1 : 0)) / 3
        #expect(abs(Double(gradient.base[i * 4 + j]) - expected) < 1e-7)
      }
    }
    #expect(abs(loss - exact) < 1e-6)
  }

  @Test func oneClassHasNoLossAndNoGradient() {
    let gradient = FloatBuffer([42])
    #expect(crossEntropyGradient(gradient.base, labels: [0], rows: 1, classes: 1) == 0)
    #expect(gradient.base[0] == 0)
  }

  @Test func squaredErrorFollowsTheDefinition() {
    let gradient = FloatBuffer([1, 5])
    #expect(squaredErrorGradient(gradient.base, targets: [3, 4], rows: 2) == 5)
    #expect(gradient.values == [-2, 1])
  }
}
