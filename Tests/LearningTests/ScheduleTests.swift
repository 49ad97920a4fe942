import Experiments
import Foundation
import Learning
import Parts
import Tensors
import Testing

/// A schedule with its defaults where `given` is silent.
func schedule(_ name: String, _ given: [String: Setting] = [:]) -> any Schedule {
  let type = scheduleRegistry[name]!
  var settings = Settings(given)
  for hyperparameter in type.hyperparameters where settings[hyperparameter.name] == nil {
    settings[hyperparameter.name] = hyperparameter.defaultValue
  }
  return type.init(settings)
}

private func part(_ name: String, _ given: [String: Setting] = [:]) -> Setting {
  var settings = Settings(given)
  for hyperparameter in scheduleRegistry[name]!.hyperparameters where settings[hyperparameter.name] == nil {
    settings[hyperparameter.name] = hyperparameter.defaultValue
  }
  return .part(name, settings)
}

/// All factors of a training of 20 steps in 4 epochs.
private func factors(_ name: String, _ given: [String: Setting] = [:], learningRate: Double = 0.1) -> [Double]
{
  let course = schedule(name, given).start(
    TrainingSpan(steps: 20, stepsPerEpoch: 5, batchSize: 16, learningRate: learningRate))
  return (0..<20).map { course.factor(at: $0) }
}

private func agree(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-14) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}

@Suite struct ScheduleTests {
  @Test func formulasOfTheStep() {
    #expect(factors("constant") == Array(repeating: 1, count: 20))
    #expect(agree(factors("cosine"), (0..<20).map { (1 + cos(Double.pi * Double($0) / 20)) / 2 }))
    #expect(
      agree(
        factors("cosine", ["floor": .number(0.1)]),
        (0..<20).map { 0.1 + 0.9 * (1 + cos(Double.pi * Double($0) / 20)) / 2 }))
    #expect(
      factors("step", ["every": .integer(2), "factor": .number(0.5)]) == (0..<20).map { $0 < 10 ? 1 : 0.5 })
  }

  @Test func warmUpRisesAndHandsOver() {
    let rising = factors("warm-up", ["share": .number(0.2), "then": part("cosine")])
    #expect(rising[..<4] == [0.25, 0.5, 0.75, 1])
    #expect(agree(Array(rising[4...]), (0..<16).map { (1 + cos(Double.pi * Double($0) / 16)) / 2 }))
    #expect(factors("warm-up", ["share": .number(0)]) == factors("constant"))
    #expect(factors("warm-up", ["share": .number(1)]).last == 1)
  }

  @Test func warmUpStableDecayHasThreeParts() {
    let linear = factors("wsd", ["warm-up-share": .number(0.2), "decay-share": .number(0.25)])
    #expect(agree(linear, [0.25, 0.5, 0.75, 1] + Array(repeating: 1, count: 13) + [0.75, 0.5, 0.25]))
    let root = factors(
      "wsd", ["warm-up-share": .number(0), "decay-share": .number(0.2), "shape": .text("square-root")])
    #expect(
      agree(Array(root[16...]), [1, 1 - 0.25.squareRoot(), 1 - 0.5.squareRoot(), 1 - 0.75.squareRoot()]))
  }

  @Test func powerFollowsTheExamplesAndIsCappedByTheRate() {
    let given: [String: Setting] = [
      "amplitude": .number(0.02), "exponent": .number(-0.5), "decay-share": .number(0.1),
    ]
    let values = factors("power", given, learningRate: 0.05)
    for (step, value) in values.enumerated() {
      let rate = min(0.05, 16 * 0.02 * pow(Double(16 * (min(step, 18) + 1)), -0.5))
      #expect(abs(value * 0.05 - rate * (step == 19 ? 0.5 : 1)) < 1e-14)
    }
    #expect(values[0] == 1)
  }

  @Test func plateauCutsAfterPatienceIsOver() {
    let course = schedule("plateau", ["factor": .number(0.5), "patience": .integer(2)]).start(
      TrainingSpan(steps: 20, stepsPerEpoch: 1, batchSize: 16, learningRate: 0.1))
    let heard: [Double] = [3, 2, 2, 2, 2, 2, 1.9999, 1.9, 2, 2, .nan]
    let after = heard.map { loss in
      course.hear(validationLoss: loss)
      return course.factor(at: 0)
    }
    #expect(after == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25])
    #expect(schedule("plateau").validationShare == 0.1)
    #expect(schedule("warm-up", ["then": part("plateau")]).validationShare == 0.1)
  }

  /// Plain descent on ½·w²: each gradient is w, so the products are known.
  @Test func hypergradientFollowsInnerProducts() {
    func walk(_ rule: String, steps: Int) -> (rates: [Double], w: [Double]) {
      let span = TrainingSpan(steps: steps, stepsPerEpoch: 1, batchSize: 1, learningRate: 0.125)
      let course = schedule("hypergradient", ["rule": .text(rule), "rate": .number(0.01)]).start(span)
      let w = FloatBuffer([2])
      var rates: [Double] = []
      var places: [Double] = []
      for step in 0..<steps {
        course.hear(gradient: w.base, parameters: w.base, count: 1)
        rates.append(0.125 * course.factor(at: step))
        places.append(Double(w.base[0]))
        w.base[0] -= Float(rates[step]) * w.base[0]
      }
      return (rates, places)
    }
    let added = walk("additive", steps: 6)
    for t in 1..<6 {
      #expect(abs(added.rates[t] - added.rates[t - 1] - 0.01 * added.w[t] * added.w[t - 1]) < 1e-6)
    }
    let multiplied = walk("multiplicative", steps: 6)
    for t in 1..<6 { #expect(abs(multiplied.rates[t] / multiplied.rates[t - 1] - 1.01) < 1e-6) }
  }

  /// What a course has learned is saved with it.
  @Test(arguments: scheduleRegistry.names)
  func coursesResumeWithTheirMemory(name: String) throws {
    let span = TrainingSpan(steps: 20, stepsPerEpoch: 1, batchSize: 1, learningRate: 0.1)
    func told(_ course: any ScheduleCourse, _ steps: Range<Int>) -> [Double] {
      steps.map { step in
        let w: [Float] = [1 / Float(step + 1), Float(step % 3)]
        course.hear(gradient: w, parameters: w, count: 2)
        let factor = course.factor(at: step)
        course.hear(validationLoss: 1)
        return factor
      }
    }
    let whole = told(schedule(name).start(span), 0..<20)
    let first = schedule(name).start(span)
    _ = told(first, 0..<13)
    let archive = StateArchive()
    try first.exchange(archive)
    let second = schedule(name).start(span)
    try second.exchange(StateArchive(restoring: archive.bytes))
    #expect(told(second, 13..<20) == Array(whole[13...]))
  }
}
