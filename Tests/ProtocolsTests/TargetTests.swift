import Experiments
import Protocols
import Testing

/// When a run has reached its target, and how late.
@Suite struct TargetTests {
  private func outcome(_ values: [Double], status: Outcome.Status = .finished) -> Outcome {
    var cost = CountedCost()
    cost.examples = 400
    cost.flops = 8000
    return Outcome(
      status: status, measures: [:],
      curves: [Curve(name: "score", steps: (1...values.count).map { 2 * $0 }, values: values)], cost: cost)
  }

  private func target(_ value: Double, isLarger: Bool = true, _ unit: Target.Unit = .steps) -> Target {
    Target(column: "score", isLarger: isLarger, value: value, unit: unit)
  }

  @Test func theFirstHitCounts() {
    #expect(target(0.8).time(outcome([0.5, 0.8, 0.7, 0.9])) == 4)
    #expect(target(0.6, isLarger: false).time(outcome([0.9, 0.7, 0.6, 0.2])) == 6)
  }

  @Test func costIsCountedUpToTheHit() {
    #expect(target(0.8, .examples).time(outcome([0.5, 0.8, 0.7, 0.9])) == 200)
    #expect(target(0.9, .flops).time(outcome([0.5, 0.8, 0.7, 0.9])) == 8000)
  }

  @Test func missesAndDivergedRunsTakeForEver() {
    #expect(target(0.95).time(outcome([0.5, 0.8])) == .infinity)
    #expect(target(0.1).time(outcome([0.5], status: .diverged("test"))) == .infinity)
    #expect(target(0.1).time(outcome([.nan, .nan])) == .infinity)
    #expect(Target(column: "other", isLarger: true, value: 0, unit: .steps).time(outcome([1])) == .infinity)
  }

  @Test func theWorstSeedCanBeSelectedBy() {
    let largest = Selection(direction: .max, statistic: .worst, column: "score")
    let smallest = Selection(direction: .min, statistic: .worst, column: "score")
    #expect(largest.score([0.9, 0.4, 0.7]) == 0.4 && smallest.score([0.9, 0.4, 0.7]) == 0.9)
  }
}
