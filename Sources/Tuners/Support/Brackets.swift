import Experiments

/// Who runs how far: the numbers of successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification
/// and hyperparameter optimization", AISTATS 2016) and of Hyperband (Li et al., "Hyperband", JMLR 18, 2018).
package struct Bracket: Hashable {
  /// Units of each rung, ascending, the last a whole run.
  package let budgets: [Int]
  /// Configurations on each rung.
  package let counts: [Int]

  /// `count` configurations start `rungs` divisions by `eta` below a whole run; each rung keeps one in `eta`.
  package init(count: Int, rungs: Int, eta: Int, units: Int) {
    budgets = Self.budgets(rungs: rungs, eta: eta, units: units)
    var counts: [Int] = []
    var left = count
    for _ in 0...rungs {
      counts.append(left)
      left /= eta
    }
    self.counts = counts
  }

  /// What it costs where promoted configurations go on from where they stopped.
  package var cost: Int {
    var cost = 0
    var before = 0
    for (budget, count) in zip(budgets, counts) {
      cost += count * (budget - before)
      before = budget
    }
    return cost
  }

  /// Divisions of a whole run by `eta` until less than a unit would be left, at most four: Hyperband's published
  /// example goes from 81 units down to one, and units as small as a step of an environment tell nothing.
  package static func deepest(eta: Int, units: Int) -> Int {
    var (rungs, rest) = (0, units)
    while rest >= eta, rungs < 4 { (rungs, rest) = (rungs + 1, rest / eta) }
    return rungs
  }

  /// units / etaᵏ, rounded, for k from `rungs` down to 0.
  package static func budgets(rungs: Int, eta: Int, units: Int) -> [Int] {
    var divisor = 1
    var budgets: [Int] = []
    for _ in 0...rungs {
      budgets.append(max(1, (units + divisor / 2) / divisor))
      divisor *= eta
    }
    return budgets.reversed()
  }

  /// Hyperband's bracket s of the `deepest` + 1: ⌈(deepest + 1)/(s + 1) · etaˢ⌉ configurations on s + 1 rungs.
  package static func hyperband(_ s: Int, deepest: Int, eta: Int, units: Int) -> Bracket {
    var power = 1
    for _ in 0..<s { power *= eta }
    return Bracket(count: ((deepest + 1) * power + s) / (s + 1), rungs: s, eta: eta, units: units)
  }

  /// The bracket, or where it costs more than there is the largest on as many rungs as still end in a whole run; nil
  /// where not even one whole run is left.
  package func fitted(to budget: Int, eta: Int) -> Bracket? {
    if cost <= budget { return self }
    let units = budgets[budgets.count - 1]
    var rungs = budgets.count - 1
    while rungs >= 0 {
      var least = 1
      for _ in 0..<rungs { least *= eta }
      var (fits, exceeds) = (least - 1, max(least, counts[0]) + 1)
      while exceeds - fits > 1 {
        let middle = (fits + exceeds) / 2
        if Bracket(count: middle, rungs: rungs, eta: eta, units: units).cost <= budget {
          fits = middle
        } else {
          exceeds = middle
        }
      }
      if fits >= least { return Bracket(count: fits, rungs: rungs, eta: eta, units: units) }
      rungs -= 1
    }
    return nil
  }
}

extension Hyperparameter {
  /// Of tuners that give more units to fewer configurations.
  static let eta = Hyperparameter(
    "eta", .integer(2...1000), default: .integer(3), "one in so many goes on to so many times the units")
}
