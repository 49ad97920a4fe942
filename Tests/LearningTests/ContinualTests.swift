import Experiments
import Parts
import Randomness
import Tensors
import Testing

import Learning

/// Blobs of classes that a small network tells apart, as sessions of two.
private struct Blobs {
  static let columns = 8
  let sessions: [Session]
  let tests: [StreamRows]

  init(sessions count: Int = 3) {
    func rows(_ classes: Range<Int>, _ index: Int) -> StreamRows {
      var stream = RandomStream(seed: 5, role: "test", purpose: "blobs", index: index)
      var labels: [Int32] = []
      var values: [Float] = []
      for label in classes {
        for _ in 0..<40 {
          labels.append(Int32(label))
          values += (0..<Self.columns).map { Float(stream.normal() * 0.5 + ($0 == label ? 3 : 0)) }
        }
      }
      return StreamRows(features: FloatBuffer(values), labels: labels, columns: Self.columns)
    }
    sessions = (0..<count).map {
      Session(index: $0, rows: rows(2 * $0..<2 * $0 + 2, $0), old: 2 * $0, seen: 2 * $0 + 2)
    }
    tests = (0..<count).map { rows(2 * $0..<2 * $0 + 2, 100 + $0) }
  }
}

private func context(epochs: Int = 15, classes: Int = 6, learningRate: Double = 0.01) -> LearnerContext {
  LearnerContext(
    extractor: MLP(
      Settings([
        "width": .integer(16), "depth": .integer(1), "activation": .text("relu"), "dropout": .number(0),
      ])),
    width: 12, columns: Blobs.columns, classes: classes,
    plan: TrainingPlan(
      epochs: epochs, batchSize: 16,
      descent: DescentPlan(
        optimizer: SGD(Settings()), schedule: Constant(Settings()), learningRate: learningRate * 5)),
    stream: { RandomStream(seed: 9, role: "test", purpose: $0, index: $1) })
}

private func learner(_ name: String, _ given: [String: Setting] = [:]) -> any ContinualLearner {
  let type = continualLearnerRegistry[name]!
  var settings = Settings(given)
  for one in type.hyperparameters where settings[one.name] == nil { settings[one.name] = one.defaultValue }
  return type.init(settings)
}

private func scores(_ name: String, _ given: [String: Setting] = [:]) -> StreamScores {
  let blobs = Blobs()
  let learning = learner(name, given).start(context())
  var scores = StreamScores(rows: blobs.tests.map(\.count))
  for session in blobs.sessions {
    #expect(learning.learn(session) == .finished)
    scores.add(
      right: blobs.tests[...session.index].map { rows in
        zip(learning.classes(of: rows.features), rows.labels).count { $0 == $1 }
      })
  }
  #expect(learning.cost.flops > 0 && learning.parameterCount > 0)
  return scores
}

@Suite struct ContinualTests {
  @Test(arguments: continualLearnerRegistry.names) func learnsTheFirstSessionAndRepeats(_ name: String) {
    let (once, again) = (scores(name), scores(name))
    #expect(once.accuracies == again.accuracies)
    #expect(once.accuracies[0] > 0.95)
    #expect(once.accuracies.allSatisfy { (0...1).contains($0) })
  }

  /// On classes this easy a memory is nearly all that is needed, and without one the old classes are lost.
  @Test(arguments: ["replay", "icarl", "wa", "dark-replay", "expandable", "prune-after-expand"])
  func memoryHoldsWhatFineTuningLoses(_ name: String) {
    let (plain, kept) = (scores("fine-tune"), scores(name))
    #expect(plain.forgetting > 0.8)
    #expect(kept.final > plain.final + 0.2, "\(name): \(kept.accuracies)")
    #expect(kept.forgetting < plain.forgetting)
  }

  @Test(arguments: ["ewc", "si"]) func penaltyOfZeroIsFineTuning(_ name: String) {
    #expect(scores(name, ["penalty": .number(0)]).accuracies == scores("fine-tune").accuracies)
  }

  @Test(arguments: ["ewc", "si"]) func largePenaltyHoldsTheParameters(_ name: String) {
    let blobs = Blobs(sessions: 2)
    func moved(_ penalty: Double) -> Double {
      // A rate at which the pull does not overshoot.
      let learning = learner(name, ["penalty": .number(penalty)]).start(
        context(classes: 4, learningRate: 0.001))
      guard let shared = learning as? any SharedNetworkLearning else { return .nan }
      _ = learning.learn(blobs.sessions[0])
      let before = shared.network.parameters!.values
      _ = learning.learn(blobs.sessions[1])
      return zip(before, shared.network.parameters!.values).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
    }
    #expect(moved(100) < 0.9 * moved(0))
  }

  /// The classes of the nearest means need no logit of their own: the plain network is worse on old classes.
  @Test func distillationWithoutMemoryForgetsLess() {
    #expect(scores("lwf", ["distillation": .number(3)]).forgetting < scores("fine-tune").forgetting)
  }

  @Test func networksThatPruneKeepTheirSize() {
    let blobs = Blobs()
    func counts(_ name: String) -> [Int] {
      let learning = learner(name).start(context(epochs: 1))
      return blobs.sessions.map { session in
        _ = learning.learn(session)
        return learning.parameterCount
      }
    }
    #expect(Set(counts("prune-after-expand")).count == 1)
    let growing = counts("expandable")
    // Each further extractor brings its own parameters and as many rows of the head as it has features.
    let extractor = (8 * 16 + 16) + (16 * 12 + 12)
    #expect(growing == (1...3).map { $0 * (extractor + 12 * 6) + 6 })
  }

  @Test func alignedWeightsHaveEqualMeanNorms() throws {
    let blobs = Blobs(sessions: 2)
    let learning = learner("wa").start(context(classes: 4))
    for session in blobs.sessions { _ = learning.learn(session) }
    let network = try #require(learning as? any SharedNetworkLearning).network
    let slot = try #require(network.layout?.slots.first { $0.name == "head.weight" })
    func meanNorm(_ places: Range<Int>) -> Float {
      places.reduce(Float(0)) { sum, place in
        sum
          + (0..<slot.shape[0]).reduce(Float(0)) {
            let w = network.parameters!.base[slot.offset + $1 * slot.shape[1] + place]
            return $0 + w * w
          }.squareRoot()
      } / Float(places.count)
    }
    #expect(abs(meanNorm(0..<2) - meanNorm(2..<4)) < 1e-4)
  }

  @Test func divergenceEndsASession() {
    let learning = learner("replay").start(context(learningRate: 1e20))
    guard case .diverged = learning.learn(Blobs().sessions[0]) else {
      Issue.record("a rate of 5e20 did not diverge")
      return
    }
  }

  @Test func herdingTakesTheRowsThatKeepTheMean() {
    // Of four unit directions the two opposite pairs cancel; the class mean is that of the fifth and sixth.
    let features = FloatBuffer([1, 0, -1, 0, 0, 1, 0, 1, 0.6, 0.8, -0.6, 0.8])
    let rows = StreamRows(
      features: FloatBuffer((0..<6).map(Float.init)), labels: [0, 0, 0, 0, 0, 0], columns: 1)
    var memory = ExemplarMemory(perClass: 3)
    memory.add(Session(index: 0, rows: rows, old: 0, seen: 1), features: features, width: 2)
    // By hand: the mean is (0, 0.6); (±0.6, 0.8) are nearest, at √0.40, as near as (0, 1) at 0.4.
    #expect(memory.rows?.features.values.first == 2)
    #expect(memory.rows?.count == 3)
  }

  @Test func scoresAreAsDefined() {
    var scores = StreamScores(rows: [10, 20, 10])
    scores.add(right: [9])
    scores.add(right: [5, 20])
    scores.add(right: [6, 10, 8])
    #expect(scores.accuracies == [0.9, 25.0 / 30, 24.0 / 40])
    #expect(abs(scores.average - (0.9 + 25.0 / 30 + 0.6) / 3) < 1e-15)
    #expect(scores.final == 0.6)
    // The first session fell from 0.9 to 0.6, the second from 1 to 0.5.
    #expect(abs(scores.forgetting - 0.4) < 1e-15)
  }

  @Test func streamsDrawEachClassOnce() {
    var draws = RandomStream(seed: 1, role: "test", purpose: "order")
    let stream = ClassStream(drawnFrom: Array(10..<20), sessions: 3, classesPerSession: 2, &draws)
    #expect(stream.order.count == 6 && Set(stream.order).count == 6)
    #expect(stream.order.allSatisfy { (10..<20).contains($0) })
    #expect(stream.places(2) == 4..<6)
    #expect(stream.places(classes: 26)[Int(stream.order[4])] == 4)
  }
}
