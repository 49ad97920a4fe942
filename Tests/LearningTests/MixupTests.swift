import Foundation
import Learning
import Randomness
import Tensors
import Testing

/// Rows mixed in pairs while training (Zhang et al., ICLR 2018).
struct MixupTests {
  private static let features: [Float] = [1, 2, -1, 0.5, 3, -2, 0, 1]
  private static let labels: [Int32] = [0, 1, 2, 1]

  private func streams(_ purpose: String, _ index: Int) -> RandomStream {
    RandomStream(seed: 4, role: "test", purpose: purpose, index: index)
  }

  private func training(mixup: Double, epochs: Int = 1) -> Training {
    let set = TrainingSet(features: FloatBuffer(Self.features), targets: .classes(Self.labels))
    let plan = TrainingPlan(
      epochs: epochs, batchSize: 4,
      descent: DescentPlan(
        optimizer: optimizer("momentum"), schedule: schedule("constant"), learningRate: 0.1, weightDecay: 0))
    return Training(
      SupervisedLoss(model("logistic"), on: set, outputs: 3, .crossEntropy(labelSmoothing: 0, mixup: mixup)),
      plan,
      stream: streams)
  }

  /// Jöhnk's method, written out with the library's functions.
  private func share(_ alpha: Double, _ stream: inout RandomStream) -> Double {
    while true {
      let (x, y) = (pow(1 - stream.uniform(), 1 / alpha), pow(1 - stream.uniform(), 1 / alpha))
      if x + y <= 1 { return x / (x + y) }
    }
  }

  @Test func theLossIsThatOfMixedRows() {
    let training = training(mixup: 0.5)
    let weights = training.parameters.values.map { Double($0) }
    var found = 0.0
    _ = training.run { found = $1 }
    var order = streams("batch-order", 1)
    let rows = order.permutation(4).map { Int($0) }
    var noise = streams("noise", 0).indexed(0)
    var expected = 0.0
    for place in 0..<4 {
      let (a, b) = (rows[place], rows[3 - place])
      let share = share(0.5, &noise)
      let x = (0..<2).map {
        share * Double(Self.features[2 * a + $0]) + (1 - share) * Double(Self.features[2 * b + $0])
      }
      // A logistic model has its weights first, a row a feature, then the biases.
      let logits = (0..<3).map { x[0] * weights[$0] + x[1] * weights[3 + $0] + weights[6 + $0] }
      let total = log(logits.reduce(0) { $0 + exp($1) })
      func loss(_ row: Int) -> Double { total - logits[Int(Self.labels[row])] }
      expected += (share * loss(a) + (1 - share) * loss(b)) / 4
    }
    #expect(abs(found - expected) < 1e-5)
  }

  @Test func mixingChangesWhatIsLearned() {
    let weights = [0, 0.3].map { mixup in
      let training = training(mixup: mixup, epochs: 5)
      _ = training.run { _, _ in }
      return training.parameters.values
    }
    #expect(weights[0] != weights[1])
  }

  /// The method as it is written out here gives shares of the mean and the variance of Beta(α, α).
  @Test(arguments: [0.1, 0.4, 1.0]) func theWrittenOutMethodIsRight(alpha: Double) {
    var stream = streams("noise", 9)
    let shares = (0..<20_000).map { _ in share(alpha, &stream) }
    let mean = shares.reduce(0, +) / 20_000
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean - 0.5) < 0.01 && abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.005)
  }
}
