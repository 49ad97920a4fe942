/// Equal steps for equal differences.
struct LinearScale: PositionScale {
  /// Ends of the domain, apart from each other.
  let lower: Double
  let upper: Double
  /// All data are whole numbers: half a session needs no tick.
  let isWhole: Bool

  /// - Parameters:
  ///   - values: the finite data; may be empty.
  ///   - domain: fixed by the author; nothing is added to it.
  ///   - includesZero: bars start there.
  ///   - niceTicks: extend the domain to the ends of that many ticks; nil keeps the data's extent.
  init(_ values: [Double], domain: ClosedRange<Double>?, includesZero: Bool, niceTicks: Int?) {
    isWhole = values.allSatisfy { $0.rounded() == $0 && $0.magnitude < 1e15 }
    if let domain, domain.isDrawable {
      lower = domain.lowerBound
      upper = domain.upperBound
      return
    }
    var (low, high) = (values.min() ?? 0, values.max() ?? 1)
    if includesZero { (low, high) = (min(low, 0), max(high, 0)) }
    let size = max(low.magnitude, high.magnitude)
    if high - low <= size * 1e-9 || high - low < 1e-290 {
      let room = size < 1e-280 ? 1 : size * 0.1
      (low, high) = (includesZero && low >= 0 ? low : low - room, high + room)
    }
    if let niceTicks {
      (low, high) = NiceTicks.extended(low, high, atMost: niceTicks, minimumStep: isWhole ? 1 : 0)
    }
    (lower, upper) = (low, high)
  }

  var baseline: Double { min(max(fraction(0), 0), 1) }

  func place(_ value: ChartValue) -> Placement {
    guard case .number(let number) = value, number.isDrawable else { return .notFinite }
    let slack = (upper - lower) * 1e-9
    guard number >= lower - slack, number <= upper + slack else { return .outside }
    return .at(fraction(number))
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? {
    guard !bound.isNaN else { return nil }
    let cut = min(max(bound, lower), upper)
    return (fraction(cut), (bound - cut).magnitude > (upper - lower) * 1e-9)
  }

  func ticks(atMost count: Int) -> [Tick] {
    let steps = NiceTicks(lower, upper, atMost: count, minimumStep: isWhole ? 1 : 0)
    return zip(steps.values, steps.labels).map { Tick(fraction: fraction($0), label: $1) }
  }

  private func fraction(_ value: Double) -> Double { (value - lower) / (upper - lower) }
}

extension ClosedRange<Double> {
  /// Finite ends, and something between them that a `Double` can tell apart.
  var isDrawable: Bool {
    lowerBound.isDrawable && upperBound.isDrawable
      && upperBound - lowerBound > Swift.max(lowerBound.magnitude, upperBound.magnitude) * 1e-9
      && upperBound - lowerBound >= 1e-290
  }
}

extension Double {
  /// Finite, and far enough from overflow to subtract.
  var isDrawable: Bool { isFinite && magnitude <= 1e300 }
}
