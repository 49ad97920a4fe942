import Experiments
import Parts
import Randomness
import Testing
import Tuners

struct ModelTests {
  @Test func aParzenMixtureIsADensity() {
    let mixture = ParzenMixture(
      [[0.1, 0.9], [0.5, .nan], [1, 0.2]], weights: [1, 0.5, 2, 1], options: [0, 0],
      widths: [[0.2, 0.1, 0.3], [0.15, 1, 0.2]],
      mixing: 0.1)
    let steps = 200
    var sum = 0.0
    for i in 0..<steps {
      let row = (0..<steps).map { [(Double(i) + 0.5) / Double(steps), (Double($0) + 0.5) / Double(steps)] }
      sum += mixture.densities(row).reduce(0, +)
    }
    #expect(abs(sum / Double(steps * steps) - 1) < 1e-4)
    // Where the second dimension does not exist, the first alone is distributed.
    let line = (0..<1000).map { [(Double($0) + 0.5) / 1000, Double.nan] }
    #expect(abs(mixture.densities(line).reduce(0, +) / 1000 - 1) < 1e-5)
  }

  @Test func choicesMixTheirOptionsWithAllOthers() {
    let mixture = ParzenMixture(
      [[0.1], [0.5], [.nan]], weights: [2, 1, 1, 0], options: [3], widths: [[1, 1, 1]], mixing: 0.3)
    // Option 0 of three: 2/4 · (0.7 + 0.1) + 1/4 · 0.1 + 1/4 · 1/3.
    let found = mixture.densities([[1.0 / 6], [0.5], [5.0 / 6]])
    #expect(abs(found[0] - (0.4 + 0.025 + 1.0 / 12)) < 1e-15)
    #expect(abs(found.reduce(0, +) - 1) < 1e-15)
  }

  @Test func drawsFollowTheDensity() {
    let mixture = ParzenMixture(
      [[0.05], [0.6]], weights: [1, 2, 1], options: [0], widths: [[0.2, 0.1]], mixing: 0)
    var counts = [Double](repeating: 0, count: 10)
    for i in 0..<20_000 {
      var random = stream("draw", i)
      let component = mixture.component(&random)
      counts[min(9, Int(mixture.position(0, of: component, &random) * 10))] += 1
    }
    for cell in 0..<10 {
      let points = (0..<100).map { [(Double(cell) + (Double($0) + 0.5) / 100) / 10] }
      let share = mixture.densities(points).reduce(0, +) / 1000
      #expect(abs(counts[cell] / 20_000 - share) < 5 * (share / 20_000).squareRoot())
    }
  }

  /// ln(deviation · (φ(z) + z·Φ(z))) by mpmath (References/improvement.py).
  @Test(arguments: [
    (0.0, 1.0, 0.5, -0.35982768374506382), (2.0, 0.5, 0.0, -12.542208758110608),
    (0.3, 1.0, -20.0, -212.99239940223222), (0.3, 1.0, -30.0, -466.78948924286654),
  ]) func expectedImprovement(_ mean: Double, _ deviation: Double, _ best: Double, _ expected: Double) {
    let acquisition = Acquisition.expectedImprovement(best: best)
    #expect(abs(acquisition.value(mean: mean, deviation: deviation).value / expected - 1) < 1e-9)
  }

  @Test func acquisitionsHaveTheirDerivatives() {
    for acquisition in [Acquisition.expectedImprovement(best: 0.2), .confidenceBound(weight: 2)] {
      for (mean, deviation) in [(0.1, 0.3), (1.0, 0.2), (4.0, 0.2), (9.0, 0.2), (-2.0, 0.1)] {
        let (_, byMean, byDeviation) = acquisition.value(mean: mean, deviation: deviation)
        func value(_ m: Double, _ d: Double) -> Double { acquisition.value(mean: m, deviation: d).value }
        let h = 1e-6
        let slope = (value(mean + h, deviation) - value(mean - h, deviation)) / (2 * h)
        let other = (value(mean, deviation + h) - value(mean, deviation - h)) / (2 * h)
        #expect(abs(slope - byMean) < 1e-4 * max(1, abs(byMean)))
        #expect(abs(other - byDeviation) < 1e-4 * max(1, abs(byDeviation)))
      }
    }
  }

  private func settings(_ type: any Tuner.Type) -> Settings {
    Settings(Dictionary(uniqueKeysWithValues: type.hyperparameters.map { ($0.name, $0.defaultValue!) }))
  }

  /// A branch with a better optimum, which takes both its own numbers to be found.
  private let branches = Space([
    Dimension(name: "model", path: ["model"], domain: .choice([.text("a"), .text("b")])),
    Dimension(
      name: "depth", path: ["depth"], domain: .integer(from: 1, to: 20, logarithmic: false),
      activation: .init(parent: "model", options: [.text("a")])),
    Dimension(
      name: "rate", path: ["rate"], domain: .number(from: 1e-4, to: 1, logarithmic: true),
      activation: .init(parent: "model", options: [.text("b")])),
    Dimension(
      name: "decay", path: ["decay"], domain: .number(from: 1e-4, to: 1, logarithmic: true),
      activation: .init(parent: "model", options: [.text("b")])),
  ])

  private func branchLoss(_ c: Settings) -> Double {
    if c.text("model") == "a" { return 0.3 + 0.01 * Double(c.integer("depth")) }
    let rate = naturalLogarithm(c.number("rate")) + 4
    let decay = naturalLogarithm(c.number("decay")) + 6
    return 0.05 * (rate * rate + decay * decay + rate * decay)
  }

  @Test(arguments: ["bayesian", "smac", "tpe"]) func modelsBeatDrawsOnBranches(_ name: String) {
    func median(_ name: String) -> Double {
      let type = tunerRegistry[name]!
      let best = (0..<9 as Range<UInt64>).map { seed in
        var search = type.init(settings(type)).search(branches, budget: SearchBudget(trials: 40)) {
          RandomStream(seed: seed, role: "tuner", purpose: $0, index: $1)
        }
        var best = Double.infinity
        while true {
          let batch = search.ask()
          if batch.isEmpty { return best }
          #expect(batch.allSatisfy { branches.contains($0.configuration) })
          let losses = batch.map { branchLoss($0.configuration) }
          best = min(best, losses.min()!)
          search.tell(losses.map { -$0 })
        }
      }
      return best.sorted()[4]
    }
    #expect(median(name) < 0.5 * median("random"))
  }

  /// Far from all rows a Gaussian process promises most in the corners: there are 64 here, and a bump inside.
  @Test func aGaussianProcessDoesNotSpendItselfOnCorners() {
    let space = Space(
      (0..<6).map {
        Dimension(name: "x\($0)", path: ["x\($0)"], domain: .number(from: 0, to: 1, logarithmic: false))
      })
    let type = tunerRegistry["bayesian"]!
    var search = type.init(settings(type)).search(space, budget: SearchBudget(trials: 70), stream: stream)
    var (corners, best) = (0, 0.0)
    while true {
      let batch = search.ask()
      if batch.isEmpty { break }
      let points = batch.map { space.point($0.configuration) }
      corners += points.count { point in point.allSatisfy { $0 < 1e-9 || $0 > 1 - 1e-9 } }
      let scores = points.map { 1 / (1 + 20 * $0.reduce(0) { $0 + ($1 - 0.6) * ($1 - 0.6) }) }
      best = max(best, scores.max()!)
      search.tell(scores)
    }
    #expect(corners < 5)
    #expect(best > 0.95)
  }

  /// Told before the next is asked for, a batch is one more step of the search, whatever its size.
  @Test(arguments: ["bayesian", "smac", "tpe"]) func batchesHoldDifferentConfigurations(_ name: String) {
    let type = tunerRegistry[name]!
    var given = settings(type)
    given["batch"] = .integer(4)
    var search = type.init(given).search(branches, budget: SearchBudget(trials: 30), stream: stream)
    var sizes: [Int] = []
    var seen: Set<Settings> = []
    while true {
      let batch = search.ask()
      if batch.isEmpty { break }
      sizes.append(batch.count)
      for suggestion in batch { #expect(seen.insert(suggestion.configuration).inserted) }
      search.tell(batch.map { -branchLoss($0.configuration) })
    }
    #expect(sizes == [10, 4, 4, 4, 4, 4])
  }
}
