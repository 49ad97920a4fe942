/// Moments at equal steps, with ticks where the calendar has round places.
struct TimeScale: PositionScale {
  /// Ends of the domain, as seconds since the start of 1970, UTC.
  let lower: Double
  let upper: Double

  /// - Parameters:
  ///   - values: the finite data; may be empty.
  ///   - domain: fixed by the author.
  init(_ values: [Double], domain: ClosedRange<Double>?) {
    if let domain, domain.isDrawable {
      (lower, upper) = (domain.lowerBound, domain.upperBound)
      return
    }
    let (low, high) = (values.min() ?? 0, values.max() ?? 86_400)
    let isPoint = high - low < 1e-3
    (lower, upper) = isPoint ? (low - 1800, high + 1800) : (low, high)
  }

  var baseline: Double { 0 }

  func place(_ value: ChartValue) -> Placement {
    guard case .number(let number) = value, number.isDrawable else { return .notFinite }
    let fraction = fraction(number)
    return fraction >= -1e-9 && fraction <= 1 + 1e-9 ? .at(fraction) : .outside
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? {
    guard !bound.isNaN else { return nil }
    let cut = min(max(bound, lower), upper)
    return (fraction(cut), cut != bound)
  }

  /// The first tick says all that places it in time, the others what changes.
  func ticks(atMost count: Int) -> [Tick] {
    for step in TimeStep.all {
      let moments = step.moments(lower, upper, atMost: max(count, 1))
      guard let moments else { continue }
      return moments.enumerated().map { index, moment in
        Tick(fraction: fraction(moment), label: step.label(moment, isFirst: index == 0))
      }
    }
    return []
  }

  private func fraction(_ value: Double) -> Double { (value - lower) / (upper - lower) }
}

/// A distance between ticks that the calendar knows.
enum TimeStep {
  case seconds(Int)
  case days(Int)
  case months(Int)
  case years(Int)

  /// In increasing order.
  static let all: [TimeStep] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map(seconds)
    + [1, 2, 5, 10].map(days) + [1, 2, 3, 6].map(months)
    + [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap { unit in [1, 2, 5].map { years($0 * unit) } }

  /// The round moments between two others, or nil where there are more than `count`.
  func moments(_ lower: Double, _ upper: Double, atMost count: Int) -> [Double]? {
    guard (upper - lower) / seconds <= Double(count) + 1 else { return nil }
    let (first, last) = (CivilTime(secondsSince1970: lower), CivilTime(secondsSince1970: upper))
    let candidates: [Double]
    switch self {
    case .seconds(let step):
      let start = Int((lower / Double(step)).rounded(.up))
      let end = Int((upper / Double(step)).rounded(.down))
      candidates = start <= end ? (start...end).map { Double($0 * step) } : []
    case .days(let step):
      candidates = (first.year * 12 + first.month...last.year * 12 + last.month).flatMap { month in
        // Months start anew; a last step would come too close to the next month's first.
        stride(from: 1, through: step == 1 ? 31 : 31 - step, by: step).compactMap { day -> Double? in
          let (year, number) = ((month - 1) / 12, (month - 1) % 12 + 1)
          let moment = CivilTime.seconds(year: year, month: number, day: day)
          return CivilTime(secondsSince1970: moment).month == number ? moment : nil
        }
      }
    case .months(let step):
      candidates = (first.year...last.year).flatMap { year in
        stride(from: 1, through: 12, by: step).map { CivilTime.seconds(year: year, month: $0, day: 1) }
      }
    case .years(let step):
      let start = Int((Double(first.year) / Double(step)).rounded(.down))
      let end = Int((Double(last.year) / Double(step)).rounded(.up))
      candidates = (start...end).map { CivilTime.seconds(year: $0 * step, month: 1, day: 1) }
    }
    let inside = candidates.filter { $0 >= lower && $0 <= upper }
    return inside.count <= count ? inside : nil
  }

  /// As it stands in the picture.
  func label(_ moment: Double, isFirst: Bool) -> String {
    let time = CivilTime(secondsSince1970: moment)
    switch self {
    case .seconds:
      if isFirst { return "\(time.dayText) \(time.year) \(time.clockText)" }
      return time.second == 0 ? time.dayText : time.clockText
    case .days:
      return isFirst || time.month == 1 && time.day == 1 ? "\(time.dayText) \(time.year)" : time.dayText
    case .months: return time.monthText
    case .years: return String(time.year)
    }
  }

  /// About how long it is.
  private var seconds: Double {
    switch self {
    case .seconds(let count): Double(count)
    case .days(let count): Double(count) * 86_400
    case .months(let count): Double(count) * 2_629_746
    case .years(let count): Double(count) * 31_556_952
    }
  }
}
