import Learning
import Randomness
import Tensors
import Testing

/// A loss that uses batch normalisation of what it is given: mean of (norm(x) − 1)².
private struct NormalisedLoss: BatchLoss {
  let values: [Float]
  var examples: Int { values.count }

  func build(rows: Int, weights: Weights) -> BatchGraph {
    let x = weights.graph.input("x", [rows, 1])
    let values = values
    return BatchGraph(loss: mean(square(batchNorm(x, weights["norm"]) - 1))) { plan in
      let target = plan.buffer(x)
      return { order in for i in order.indices { target[i] = values[Int(order[i])] } }
    }
  }
}

@Suite struct RunningMeanTests {
  /// Whole batches of known moments: after n steps the running ones are 0.9ⁿ of their start and the rest of the
  /// batch's, whatever the optimizer does to the other parameters.
  @Test(arguments: ["adamw", "sam"])
  func runningMomentsFollowTheBatches(name: String) {
    let plan = TrainingPlan(
      epochs: 3, batchSize: 4,
      descent: DescentPlan(
        optimizer: optimizer(name), schedule: schedule("constant"), learningRate: 0.1, weightDecay: 0.1))
    let training = Training(NormalisedLoss(values: [1, 3, 5, 7]), plan) {
      RandomStream(seed: 1, role: "test", purpose: $0, index: $1)
    }
    _ = training.run { _, _ in }
    func value(_ name: String) -> Float {
      training.parameters.base[training.layout.slots.first { $0.name == name }!.offset]
    }
    let kept: Float = 0.9 * 0.9 * 0.9
    #expect(abs(value("norm.mean") - (1 - kept) * 4) < 1e-5)
    #expect(abs(value("norm.variance") - (kept + (1 - kept) * 5)) < 1e-5)
    #expect(value("norm.gain") != 1 && value("norm.bias") != 0)
  }
}
