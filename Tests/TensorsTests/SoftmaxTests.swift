import Foundation
import Tensors
import Testing

@Suite struct SoftmaxTests {
  @Test func extremeLogitsStayFinite() {
    let logits: [Float] = [1e30, -1e30, 0, -3e38, 3e38, 0]
    var probabilities = [Double](repeating: .nan, count: 6)
    softmax(logits, rows: 2, classes: 3, into: &probabilities)
    #expect(probabilities == [1, 0, 0, 0, 1, 0])
  }

  @Test func probabilitiesFollowTheDefinition() {
    let logits: [Float] = [0.5, -1.25, 2, 0]
    var probabilities = [Double](repeating: 0, count: 4)
    softmax(logits, rows: 1, classes: 4, into: &probabilities)
    let total = logits.reduce(0) { $0 + exp(Double($1)) }
    for j in 0..<4 { #expect(abs(probabilities[j] - exp(Double(logits[j])) / total) < 1e-15) }
  }
}
