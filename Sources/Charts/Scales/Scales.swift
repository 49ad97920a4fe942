/// Fits scales to data.
enum Scales {
  /// - Parameters:
  ///   - values: what must find room; those that cannot be drawn are passed over.
  ///   - isValue: the axis shows values: it may be widened to round numbers, and its categories run upwards.
  ///   - includesZero: bars start there.
  static func scale(
    _ scale: ChartScale, _ values: [ChartValue], isValue: Bool, includesZero: Bool
  ) -> any PositionScale {
    func numbers() -> [Double] {
      values.compactMap { value in
        if case .number(let number) = value, number.isDrawable { number } else { nil }
      }
    }
    switch scale {
    case .linear(let domain):
      return LinearScale(
        numbers(), domain: domain, includesZero: includesZero, niceTicks: isValue ? 6 : nil)
    case .log(let domain): return LogScale(numbers(), domain: domain, marksValues: !isValue)
    case .symlog(let domain): return SymlogScale(numbers(), domain: domain)
    case .time(let domain): return TimeScale(numbers(), domain: domain)
    case .category(let order): return CategoryScale(values, order: order, isReversed: isValue)
    case .places(let order): return CategoryScale(values, order: order, isReversed: isValue, arePlaces: true)
    }
  }
}
