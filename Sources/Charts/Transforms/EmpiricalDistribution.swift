/// The share of numbers up to, or from, each number on.
struct EmpiricalDistribution {
  /// A step: from this place on the share holds.
  struct Step {
    let place: Double
    let share: Double
  }

  /// Ascending in place.
  let steps: [Step]
  /// Half the width of a band that holds the whole true curve in 95 of 100 samples of independent numbers:
  /// √(ln(2/0.05) / 2n) (Dvoretzky, Kiefer, Wolfowitz, 1956; the constant by Massart, 1990).
  let margin: Double
  /// The steps are fewer than the numbers.
  let isThinned: Bool

  /// More numbers than this are shown at this many ranks.
  private static let most = 1500

  /// - Parameters:
  ///   - numbers: finite; nil comes back where there are none.
  ///   - ends: from where to where the curve is drawn.
  ///   - isComplement: the share from the number on instead of up to it.
  init?(_ numbers: [Double], ends: (low: Double, high: Double), isComplement: Bool) {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    let count = sorted.count
    isThinned = count > Self.most
    margin = (3.6888794541139363 / (2 * Double(count))).squareRoot()
    func share(_ below: Int) -> Double {
      let part = Double(below) / Double(count)
      return isComplement ? 1 - part : part
    }
    var steps = [Step(place: ends.low, share: share(0))]
    let ranks =
      isThinned ? (1...Self.most).map { $0 * count / Self.most } : Array(1...count)
    for rank in ranks {
      let place = sorted[rank - 1]
      if steps.count > 1, steps[steps.count - 1].place == place { steps.removeLast() }
      steps.append(Step(place: place, share: share(rank)))
    }
    if let last = steps.last, last.place < ends.high {
      steps.append(Step(place: ends.high, share: last.share))
    }
    self.steps = steps
  }
}
