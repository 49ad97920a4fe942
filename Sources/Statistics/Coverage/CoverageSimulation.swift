import Randomness

/// How often an interval holds the true value, and a test errs, over made-up data sets.
package struct CoverageSimulation: Sendable {
  package let experiment: SimulatedExperiment
  /// Nil for the one that claims use.
  package let method: MultiwayBootstrap.Method?
  package let estimand: SimulatedExperiment.Estimand
  private let truth: Double
  /// Resamples a data set.
  package let draws: Int
  package let level: Double

  package init(
    _ experiment: SimulatedExperiment, of estimand: SimulatedExperiment.Estimand = .mean,
    method: MultiwayBootstrap.Method?, draws: Int = 999, level: Double = 0.95
  ) {
    guard let truth = experiment.truth(estimand) else {
      preconditionFailure(
        "the true \(estimand) of \(experiment.layout.name) \(experiment.noise) is not known")
    }
    self.truth = truth
    self.estimand = estimand
    self.experiment = experiment
    self.method = method
    self.draws = draws
    self.level = level
  }

  /// What became of some data sets.
  package struct Batch: Hashable, Sendable {
    package var dataSets = 0
    /// Intervals that hold the true value.
    package var covered = 0
    /// Intervals that lie above the true value: as many claims that it is larger would have been wrong.
    package var above = 0
    package var below = 0
    /// Tests at (1 − level)/2 that found the value to lie above the true one, or below.
    package var falselyAbove = 0
    package var falselyBelow = 0
    /// Data sets without an interval, or with an infinite end; they count as covered.
    package var unbounded = 0
    /// Σ of the finite intervals' widths.
    package var width = 0.0

    package var coverage: Double { Double(covered) / Double(dataSets) }
    package var meanWidth: Double { width / Double(dataSets - unbounded) }
    /// Of the coverage, by Wilson's interval.
    package var interval: (lower: Double, upper: Double) {
      wilsonInterval(successes: covered, trials: dataSets)
    }

    package static func + (a: Batch, b: Batch) -> Batch {
      Batch(
        dataSets: a.dataSets + b.dataSets, covered: a.covered + b.covered, above: a.above + b.above,
        below: a.below + b.below, falselyAbove: a.falselyAbove + b.falselyAbove,
        falselyBelow: a.falselyBelow + b.falselyBelow, unbounded: a.unbounded + b.unbounded,
        width: a.width + b.width)
    }
  }

  /// The data sets of a seed with numbers in a range; batches add up, so that any division gives the same counts.
  package func batch(_ range: Range<Int>, seed: UInt64) -> Batch {
    var batch = Batch()
    let tail = (1 - level) / 2 + 1e-12
    for number in range {
      batch.dataSets += 1
      guard let distribution = distribution(number, seed: seed) else {
        batch.unbounded += 1
        batch.covered += 1
        continue
      }
      let (lower, upper) = distribution.interval(level)
      if lower > truth {
        batch.above += 1
      } else if upper < truth {
        batch.below += 1
      } else {
        batch.covered += 1
      }
      if distribution.pAbove(truth) <= tail { batch.falselyAbove += 1 }
      if distribution.pBelow(truth) <= tail { batch.falselyBelow += 1 }
      if lower.isFinite, upper.isFinite { batch.width += upper - lower } else { batch.unbounded += 1 }
    }
    return batch
  }

  /// How many of some families of true hypotheses lose at least one, Holm's adjustment made: each hypothesis has a data
  /// set of its own and is tested in both directions at (1 − level)/2.
  package func familyErrors(_ range: Range<Int>, size: Int, seed: UInt64) -> Int {
    let tail = (1 - level) / 2 + 1e-12
    return range.filter { family in
      let pValues = (0..<size).map { place -> Double in
        guard let found = distribution(family * size + place, seed: seed) else { return 1 }
        return min(found.pAbove(truth), found.pBelow(truth))
      }
      return holmAdjusted(pValues).contains { $0 <= tail }
    }.count
  }

  private func distribution(_ number: Int, seed: UInt64) -> SamplingDistribution? {
    var stream = RandomStream(seed: seed, role: "simulation", purpose: "coverage", index: number)
    let (values, levels) = experiment.rows(&stream)
    let design = experiment.design
    let statistic: any ResampledStatistic =
      estimand == .mean
      ? ResampledMean(values, levels: levels, design: design)
      : ResampledRows(values, levels: levels) { quantile($0, 0.5) }
    let bootstrap = MultiwayBootstrap(design: design, draws: draws)
    let drawSeed = stream.next()
    guard let method else {
      let regularity: StatisticalFunction.Regularity = estimand == .mean ? .smooth : .stepwise
      return bootstrap.distribution(of: statistic, regularity: regularity, seed: drawSeed)
    }
    return bootstrap.distribution(of: statistic, by: method, seed: drawSeed)
  }
}
