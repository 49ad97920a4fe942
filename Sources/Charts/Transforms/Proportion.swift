/// An interval for a proportion.
enum Proportion {
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
