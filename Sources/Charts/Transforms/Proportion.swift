/// Intervals for a proportion.
enum Proportion {
  /// Between which shares of successes lie with 95 % probability, each success having a probability of its own: the
  /// 2.5 % and 97.5 % quantiles of the Poisson binomial distribution, by convolution up to 1,000 trials and by its
  /// normal limit beyond (Bröcker and Smith, "Increasing the reliability of reliability diagrams", 2007, resample
  /// instead).
  ///
  /// - Parameter probabilities: not empty, each within 0 … 1.
  static func consistency(_ probabilities: [Double]) -> (lower: Double, upper: Double) {
    let count = Double(probabilities.count)
    guard probabilities.count <= 1000 else {
      let mean = probabilities.reduce(0, +) / count
      let variance = probabilities.reduce(0) { $0 + $1 * (1 - $1) } / (count * count)
      let reach = 1.959963984540054 * variance.squareRoot()
      return (max(mean - reach, 0), min(mean + reach, 1))
    }
    var masses = [1.0]
    for probability in probabilities {
      masses.append(0)
      for place in masses.indices.reversed() {
        masses[place] = masses[place] * (1 - probability) + (place > 0 ? masses[place - 1] * probability : 0)
      }
    }
    var below = 0.0
    var (lower, upper) = (0, probabilities.count)
    var hasLower = false
    for (successes, mass) in masses.enumerated() {
      below += mass
      if !hasLower, below > 0.025 { (lower, hasLower) = (successes, true) }
      if below >= 0.975 {
        upper = successes
        break
      }
    }
    return (Double(lower) / count, Double(upper) / count)
  }

  /// Wilson's 95 % interval ("Probable inference, the law of succession, and statistical inference", 1927).
  static func interval(_ successes: Double, of count: Double) -> (lower: Double, upper: Double) {
    let z = 1.959963984540054
    let share = successes / count
    let centre = share + z * z / (2 * count)
    let reach = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let scale = 1 + z * z / count
    return (max((centre - reach) / scale, 0), min((centre + reach) / scale, 1))
  }
}
