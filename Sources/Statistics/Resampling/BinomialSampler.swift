import Randomness

extension RandomStream {
  /// How many of n independent trials succeed, exactly distributed (to rounding): by inversion where few are expected,
  /// else by transformed rejection (Hörmann 1993, "The generation of binomial random variates", BTRS).
  mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    guard trials > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    if probability > 0.5 { return trials - binomial(trials, 1 - probability) }
    let (n, p, q) = (Double(trials), probability, 1 - probability)
    guard n * p >= 10 else { return fewSuccesses(n, p) }
    let spread = (n * p * q).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let middle = n * p + 0.5
    let quick = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let mode = ((n + 1) * p).rounded(.down)
    let top = logGamma(mode + 1) + logGamma(n - mode + 1)
    let odds = logarithm(p / q)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let edge = 0.5 - abs(u)
      let k = ((2 * a / edge + b) * u + middle).rounded(.down)
      if edge >= 0.07, v <= quick { return Int(k) }
      guard k >= 0, k <= n else { continue }
      let accepted = top - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * odds
      if logarithm(v * alpha / (a / (edge * edge) + b)) <= accepted { return Int(k) }
    }
  }

  private mutating func fewSuccesses(_ n: Double, _ p: Double) -> Int {
    var left = uniform()
    var mass = exponential(n * logarithmOfOnePlus(-p))
    var k = 0.0
    while left > mass, k < n {
      left -= mass
      mass *= (n - k) / (k + 1) * p / (1 - p)
      k += 1
    }
    return Int(k)
  }
}
