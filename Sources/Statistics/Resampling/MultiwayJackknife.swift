/// The multiway jackknife: how far a statistic would move with other levels of its units.
struct MultiwayJackknife {
  let design: ResamplingDesign

  /// Standard error √Σᵤ (nᵤ − 1)/nᵤ · Σₗ wₗ (θ₍₋ₗ₎ − θ)² of a statistic under the weights loaded, each draw
  /// left out once.
  ///
  /// Summed over the units that are not nested in another: their parents' levels carry those. The sum counts
  /// what two crossed units share twice; it is the multiway cluster variance of Cameron, Gelbach & Miller
  /// 2011 without the subtracted intersection, hence on the safe side. NaN where a value left out is
  /// undefined, or nothing varies.
  func standardError(of statistic: any ResampledStatistic, at weights: [[Double]], value: Double) -> Double {
    var variance = 0.0
    var varies = false
    visitVariances(of: statistic, at: weights, value: value) { part, _ in
      varies = true
      variance += part
    }
    return varies ? variance.squareRoot() : .nan
  }

  /// The degrees of freedom of the summed variance (Satterthwaite 1946): (Σ Vᵤ)² / Σ Vᵤ²/(nᵤ − 1), rounded down, at
  /// least 1. A unit of few levels counts as much as it contributes.
  func degreesOfFreedom(of statistic: any ResampledStatistic, at weights: [[Double]], value: Double) -> Int {
    var sum = 0.0
    var squares = 0.0
    visitVariances(of: statistic, at: weights, value: value) { part, levels in
      sum += part
      squares += part * part / Double(levels - 1)
    }
    let degrees = (sum * sum / squares + 1e-9).rounded(.down)
    // Variances beyond the range of numbers say nothing: the widest interval is the safe one.
    return degrees < 1e9 ? max(1, Int(degrees)) : 1
  }

  /// BCa's acceleration Σ dₗ³ / (6·(Σ dₗ²)^(3/2)) over all levels that are left out, dₗ being the mean of θ₍₋ₗ₎ in
  /// its pool less θ₍₋ₗ₎ and scaled so that Σ dₗ² is the variance of the pool (Efron & Tibshirani 1993, 14.15).
  func acceleration(of statistic: any ResampledStatistic, at weights: [[Double]]) -> Double {
    var (squares, cubes) = (0.0, 0.0)
    for (u, unit) in design.units.enumerated() where !unit.isNested {
      for pool in unit.pools where pool.count > 1 {
        let values = pool.map { statistic.value(without: $0, of: u) }
        let mean = values.reduce(0, +) / Double(pool.count)
        for value in values {
          squares += (mean - value) * (mean - value)
          cubes += (mean - value) * (mean - value) * (mean - value)
        }
      }
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The variance that the levels of one unit contribute.
  func variance(of statistic: any ResampledStatistic, at weights: [[Double]], value: Double, unit: Int)
    -> Double
  {
    var variance = 0.0
    visitVariances(of: statistic, at: weights, value: value, unit: unit) { part, _ in variance += part }
    return variance
  }

  /// What the levels of one unit contribute, with Satterthwaite's degrees of freedom over its pools.
  func contribution(
    of statistic: any ResampledStatistic, at weights: [[Double]], value: Double, unit: Int
  ) -> (variance: Double, degreesOfFreedom: Double) {
    var (sum, squares) = (0.0, 0.0)
    visitVariances(of: statistic, at: weights, value: value, unit: unit) { part, levels in
      sum += part
      squares += part * part / Double(levels - 1)
    }
    return (sum, sum * sum / squares)
  }

  /// Calls `body` with the variance that each pool of levels contributes, and how many levels it has.
  private func visitVariances(
    of statistic: any ResampledStatistic, at weights: [[Double]], value: Double,
    _ body: (_ variance: Double, _ levels: Int) -> Void
  ) {
    for (unit, description) in design.units.enumerated() where !description.isNested {
      visitVariances(of: statistic, at: weights, value: value, unit: unit, body)
    }
  }

  /// The same of one unit.
  private func visitVariances(
    of statistic: any ResampledStatistic, at weights: [[Double]], value: Double, unit: Int,
    _ body: (_ variance: Double, _ levels: Int) -> Void
  ) {
    for pool in design.units[unit].pools where pool.count > 1 {
      var sum = 0.0
      for level in pool where weights[unit][level] > 0 {
        let distance = statistic.value(without: level, of: unit) - value
        sum += weights[unit][level] * distance * distance
      }
      body(sum * Double(pool.count - 1) / Double(pool.count), pool.count)
    }
  }
}
