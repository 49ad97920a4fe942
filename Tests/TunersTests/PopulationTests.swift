import Experiments
import Parts
import Randomness
import Testing
import Tuners

struct PopulationTests {
  private func settings(_ type: any Tuner.Type, _ given: [String: Setting] = [:]) -> Settings {
    let defaults = Dictionary(uniqueKeysWithValues: type.hyperparameters.map { ($0.name, $0.defaultValue!) })
    return Settings(defaults.merging(given) { $1 })
  }

  private func space(_ dimensions: Int) -> Space {
    Space(
      (0..<dimensions).map {
        Dimension(name: "x\($0)", path: ["x"], domain: .number(from: 0, to: 1, logarithmic: false))
      })
  }

  /// Generations of CMA-ES until a quadratic with these curvatures falls below 1e-10 of its start.
  private func generations(_ curvatures: [Double], rotated: Bool) -> Int {
    let n = curvatures.count
    var strategy = CovarianceAdaptation(
      mean: [Double](repeating: 1, count: n), step: 0.5, population: 4 + Int(3 * naturalLogarithm(Double(n))))
    func value(_ x: [Double]) -> Double {
      var y = x
      if rotated {
        // A Householder reflection is a rotation but for a sign.
        let sum = 2 * x.reduce(0, +) / Double(n)
        y = x.map { $0 - sum }
      }
      return zip(curvatures, y).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }
    let target = 1e-10 * value(strategy.mean)
    for generation in 0..<5000 {
      var random = stream("generation", generation)
      let points = strategy.sample(&random) { _ in true }
      strategy.update(points, losses: points.map(value))
      if value(strategy.mean) < target { return generation }
    }
    return 5000
  }

  /// Hansen's tutorial and the benchmarks of the strategy: on the sphere of 10 dimensions a factor of 10¹⁰ takes about
  /// 150 generations, on the ellipsoid of condition 10⁶ about 450, turned or not.
  @Test func covarianceAdaptationConvergesAtItsRates() {
    let sphere = generations([Double](repeating: 1, count: 10), rotated: false)
    #expect((80...220).contains(sphere), "\(sphere)")
    let curvatures = (0..<10).map { i in power(1e6, Double(i) / 9) }
    let (straight, turned) = (generations(curvatures, rotated: false), generations(curvatures, rotated: true))
    #expect((250...750).contains(straight), "\(straight)")
    #expect((250...750).contains(turned), "\(turned)")
  }

  @Test func mutantsAndCrossoverAreTheFormulas() {
    var random = stream("mutant", 0)
    let mutant = differentialMutant([0.5, 0.2], [0.6, 0.1], [0.2, 0.5], weight: 0.5, &random)
    #expect(abs(mutant[0] - 0.7) < 1e-15 && abs(mutant[1] - 0) < 1e-15)
    let outside = differentialMutant([0.9], [0.9], [0.1], weight: 1, &random)
    #expect(outside[0] >= 0 && outside[0] < 1)
    var counts = [0, 0, 0, 0]
    for i in 0..<4000 {
      var random = stream("crossover", i)
      let child = binomialCrossover([0, 0, 0, 0], [1, 1, 1, 1], rate: 0.25, &random)
      #expect(child.contains(1))
      for j in 0..<4 where child[j] == 1 { counts[j] += 1 }
    }
    // One certain coordinate of four, else a quarter: 1/4 + 3/4 · 1/4 = 0.4375; five standard errors are 157.
    for count in counts { #expect(abs(count - 1750) < 157) }
  }

  private func best(_ tuner: any Tuner, _ dimensions: Int, trials: Int) -> Double {
    var search = tuner.search(space(dimensions), budget: SearchBudget(trials: trials), stream: stream)
    var best = Double.infinity
    while true {
      let batch = search.ask()
      if batch.isEmpty { return best }
      let losses = batch.map {
        $0.configuration.pairs.reduce(0) { $0 + ($1.value.number! - 0.37) * ($1.value.number! - 0.37) }
      }
      best = min(best, losses.min()!)
      search.tell(losses.map { -$0 })
    }
  }

  @Test func evolutionApproachesTheOptimum() {
    #expect(best(CMAES(settings(CMAES.self)), 5, trials: 600) < 1e-6)
    #expect(best(DifferentialEvolution(settings(DifferentialEvolution.self)), 5, trials: 2000) < 1e-4)
    #expect(best(Genetic(settings(Genetic.self)), 5, trials: 2000) < 1e-3)
  }

  /// The toy problem of Jaderberg et al. (2017, figure 2): Q = 1.2 − θ₀² − θ₁² is seen through Q̂ = 1.2 − h₀θ₀² − h₁θ₁².
  private func toy(_ tuner: any Tuner, seed: UInt64) -> Double {
    let space = Space(
      ["h0", "h1"].map {
        Dimension(name: $0, path: [$0], domain: .number(from: 0, to: 1, logarithmic: false))
      })
    let budget = SearchBudget(trials: 2, units: 40)
    var search = tuner.search(space, budget: budget) {
      RandomStream(seed: seed, role: "tuner", purpose: $0, index: $1)
    }
    var states: [(Double, Double)] = []
    var budgets: [Int] = []
    var best = -Double.infinity
    while true {
      let batch = search.ask()
      if batch.isEmpty { return best }
      var scores: [Double] = []
      for suggestion in batch {
        var (a, b) = suggestion.continues.map { states[$0] } ?? (0.9, 0.9)
        let units = suggestion.budget - (suggestion.continues.map { budgets[$0] } ?? 0)
        let (h0, h1) = (suggestion.configuration.number("h0"), suggestion.configuration.number("h1"))
        for _ in 0..<5 * units { (a, b) = (a - 0.02 * h0 * a, b - 0.02 * h1 * b) }
        states.append((a, b))
        budgets.append(suggestion.budget)
        scores.append(1.2 - a * a - b * b)
      }
      best = max(best, scores.max()!)
      search.tell(scores)
    }
  }

  @Test func followingAndExploringBeatsTrainingAlone() {
    var wins = 0
    for seed in 0..<20 as Range<UInt64> {
      func pbt(_ given: [String: Setting]) -> any Tuner {
        PBT(
          settings(
            PBT.self,
            given.merging(["intervals": .integer(40), "redraw": .number(0), "share": .number(0.5)]) {
              given, _ in given
            }))
      }
      let both = toy(pbt(["explore": .text("shift")]), seed: seed)
      let neither = toy(pbt(["exploit": .text("none"), "explore": .text("none")]), seed: seed)
      if both > neither { wins += 1 }
    }
    #expect(wins >= 18)
  }

  @Test func aFollowerGoesOnFromItsLeader() {
    for name in ["pbt", "pb2"] {
      let type = tunerRegistry[name]!
      var search = type.init(settings(type)).search(
        space(2), budget: SearchBudget(trials: 8, units: 20), stream: stream)
      var scores: [Double?] = []
      var rounds = 0
      while true {
        let batch = search.ask()
        if batch.isEmpty { break }
        #expect(batch.count == 8)
        if rounds > 0 {
          let before = (rounds - 1) * 8
          // Member 5 diverged, member 0 was worst: both follow one of the two best.
          for place in [0, 5] {
            #expect([before + 6, before + 7].contains(batch[place].continues!), "\(name)")
          }
          for place in [2, 3, 6, 7] { #expect(batch[place].continues == before + place, "\(name)") }
        }
        scores = batch.indices.map { $0 == 5 ? nil : Double($0) }
        search.tell(scores)
        rounds += 1
      }
      #expect(rounds == 10)
    }
  }
}
