// Intervals of shares of successes. Each gives (NaN, NaN) without trials.

/// Wilson's score interval of a share (Wilson 1927): close to its nominal coverage also for few trials.
package func wilsonInterval(successes: Int, trials: Int, level: Double = 0.95) -> (
  lower: Double, upper: Double
) {
  guard trials > 0, successes >= 0, successes <= trials else { return (.nan, .nan) }
  let n = Double(trials)
  let share = Double(successes) / n
  let z = NormalDistribution.quantile(0.5 + level / 2)
  let middle = share + z * z / (2 * n)
  let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return (
    successes == 0 ? 0 : max(0, (middle - half) / scale),
    successes == trials ? 1 : min(1, (middle + half) / scale)
  )
}

/// Clopper & Pearson's exact interval of a share (1934): never covers less than its level, often more.
package func clopperPearsonInterval(successes: Int, trials: Int, level: Double = 0.95) -> (
  lower: Double, upper: Double
) {
  guard trials > 0, successes >= 0, successes <= trials else { return (.nan, .nan) }
  let tail = (1 - level) / 2
  let (k, n) = (Double(successes), Double(trials))
  return (
    successes == 0 ? 0 : inverseIncompleteBeta(k, n - k + 1, tail),
    successes == trials ? 1 : 1 - inverseIncompleteBeta(n - k, k + 1, tail)
  )
}

/// The difference of two independent shares by combining their Wilson intervals (Newcombe 1998, method 10).
package func newcombeInterval(
  successes: (Int, Int), trials: (Int, Int), level: Double = 0.95
) -> (lower: Double, upper: Double) {
  let first = wilsonInterval(successes: successes.0, trials: trials.0, level: level)
  let second = wilsonInterval(successes: successes.1, trials: trials.1, level: level)
  let (p, q) = (Double(successes.0) / Double(trials.0), Double(successes.1) / Double(trials.1))
  func distance(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
  return (
    p - q - distance(p - first.lower, second.upper - q), p - q + distance(first.upper - p, q - second.lower)
  )
}

/// Whether two independent shares differ: their difference over its error under one pooled share, as a standard
/// normal. For at least about five expected successes and failures on each side.
package func twoProportionTest(successes: (Int, Int), trials: (Int, Int)) -> TestResult {
  guard trials.0 > 0, trials.1 > 0 else { return TestResult(obstacle: "no trials") }
  let (n, m) = (Double(trials.0), Double(trials.1))
  let pooled = Double(successes.0 + successes.1) / (n + m)
  guard pooled > 0, pooled < 1 else { return TestResult(obstacle: "no variation") }
  let difference = Double(successes.0) / n - Double(successes.1) / m
  return TestResult(normal: difference / (pooled * (1 - pooled) * (1 / n + 1 / m)).squareRoot())
}
