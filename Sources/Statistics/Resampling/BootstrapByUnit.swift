extension MultiwayBootstrap {
  /// Deviations of resamples whose units are studentised each by itself, for crossed units; NaN where undefined.
  ///
  /// Let sᵤ² be what unit u adds to the jackknife variance, s² = Σ sᵤ², with fᵤ degrees of freedom; θ*ᵤ the value where
  /// that unit alone is resampled, and s*ᵤ its jackknife error then. Resample b gives
  ///
  ///     d = Σᵤ (sᵤ/s) · (θ*ᵤ − θ) / √(s*ᵤ² + 2·sᵤ²/fᵤ),   the second term left out of one unit, k
  ///
  /// where k takes each unit u in a share sᵤ²/s² of the resamples, and s*ᵤ is at least `leastError` · sᵤ. For one unit this
  /// is the studentised bootstrap.
  ///
  /// The value's error is a sum over units, each with a variance of its own that is estimated from few levels: the
  /// problem of Behrens and Fisher. Studentising the sum as a whole (or Student's t with Satterthwaite's degrees of
  /// freedom) errs far out in the tails where one unit has five levels and another thirty: the whole error stays away
  /// from 0 when the error of the five levels is by chance too small. Each unit over its own error keeps the tail of
  /// its own levels, but adding these up, as in Fisher's fiducial solution, covers too much. Under normality, the prior
  /// that matches frequentist coverage to second order, Π sᵤ⁻⁴ · Σ sᵤ² (Ghosh & Kim 2001, "The Behrens–Fisher problem
  /// revisited: a Bayes–frequentist synthesis", restated for variances of means), is a mixture over k: unit k keeps
  /// its fᵤ degrees of freedom, all others have two more. Here the resamples' own deviations, which know of skewness,
  /// take the place of the normal ones, and the two degrees more are their mean, 2·sᵤ²/fᵤ: an approximation of this
  /// project, judged by simulation (`studies/benchmarks/verdicts.md`).
  package func replicatesByUnit(
    of statistic: any ResampledStatistic, around value: Double, in range: Range<Int>, seed: UInt64
  ) -> [Double] {
    let jackknife = MultiwayJackknife(design: design)
    let ones = design.ones
    let rounding = rounding(statistic, value)
    statistic.load(ones)
    let units = design.varyingUnits.compactMap { unit -> VaryingUnit? in
      let part = jackknife.contribution(of: statistic, at: ones, value: value, unit: unit)
      guard part.variance > rounding * rounding else { return nil }
      return VaryingUnit(place: unit, variance: part.variance, degreesOfFreedom: part.degreesOfFreedom)
    }
    let total = units.reduce(0) { $0 + $1.variance }
    return draws(in: range, seed: seed) { draw, weights in
      let kept = Self.kept(units, share: (Double(draw) + 0.5) / Double(self.draws), of: total)
      var deviation = 0.0
      for (place, unit) in units.enumerated() {
        var alone = ones
        alone[unit.place] = weights[unit.place]
        statistic.load(alone, varying: unit.place)
        let drawn = statistic.value()
        guard drawn.isFinite else { return .nan }
        let variance = jackknife.variance(of: statistic, at: alone, value: drawn, unit: unit.place)
        // Without any error it says nothing of the far tails, where families of hypotheses are judged: it counts
        // against every conclusion.
        guard variance.isFinite, place != kept || variance > rounding * rounding else { return .nan }
        let least = Self.leastError * Self.leastError * unit.variance
        let error = (max(variance, least) + (place == kept ? 0 : 2 * unit.variance / unit.degreesOfFreedom))
          .squareRoot()
        deviation += (unit.variance / total).squareRoot() * (drawn - value) / error
      }
      return units.isEmpty ? .nan : deviation
    }
  }

  /// A unit whose levels move the value, with what they add to its variance.
  private struct VaryingUnit {
    let place: Int
    let variance: Double
    let degreesOfFreedom: Double
  }

  /// The unit in whose part of the total variance a share of it lies.
  private static func kept(_ units: [VaryingUnit], share: Double, of total: Double) -> Int {
    var sum = 0.0
    for (place, unit) in units.enumerated() {
      sum += unit.variance
      if share * total < sum { return place }
    }
    return units.count - 1
  }
}
