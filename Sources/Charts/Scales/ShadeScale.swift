/// Turns numbers into classes of shade between round boundaries: a reader can tell nine shades apart, not a
/// continuum.
struct ShadeScale {
  /// Ascending; class i lies between boundaries i and i + 1.
  let boundaries: [Double]
  /// As they stand in the legend.
  let labels: [String]
  private let isLogarithmic: Bool
  private let isForLines: Bool

  /// Shades in the palette, from faint to strong.
  static let levels = 9

  /// Nil where there is nothing to shade.
  ///
  /// - Parameter isForLines: leave out the faintest shades, which only show as areas.
  init?(_ values: [Double], isLogarithmic: Bool, isForLines: Bool) {
    let usable = isLogarithmic ? values.filter { $0 >= LogScale.smallest } : values
    guard var low = usable.min(), var high = usable.max() else { return nil }
    self.isLogarithmic = isLogarithmic
    self.isForLines = isForLines
    let most = isForLines ? 5 : 8
    if isLogarithmic {
      boundaries = Self.ratios(low, high, atMost: most)
      labels = TickText.logLabels(boundaries)
      return
    }
    if high - low <= max(high.magnitude, low.magnitude) * 1e-9 {
      let room = max(high.magnitude * 0.1, 1e-280)
      (low, high) = (low - room, high + room)
    }
    (low, high) = NiceTicks.extended(low, high, atMost: most + 1, minimumStep: 0)
    let ticks = NiceTicks.finer(low, high, atMost: most + 1)
    (boundaries, labels) = (ticks.values, ticks.labels)
  }

  /// How many classes there are.
  var count: Int { max(boundaries.count - 1, 1) }

  /// The class of a number; nil for NaN and what the scale cannot show.
  func place(_ value: Double) -> Int? {
    guard value.isDrawable, !isLogarithmic || value >= LogScale.smallest else { return nil }
    let above = boundaries.dropFirst().dropLast().firstIndex { value < $0 }
    return above.map { $0 - 1 } ?? count - 1
  }

  /// The shade of a number, 0 … 8.
  func level(_ value: Double) -> Int? { place(value).map(level(ofClass:)) }

  /// The shade of a class: classes are spread over the palette.
  func level(ofClass place: Int) -> Int {
    let first = isForLines ? 4 : 0
    let last = Self.levels - 1
    guard count > 1 else { return (first + last + 1) / 2 }
    return first + (place * (last - first) + (count - 1) / 2) / (count - 1)
  }

  /// Boundaries at 1, 2, 5 or at powers of ten around two positive numbers.
  private static func ratios(_ low: Double, _ high: Double, atMost count: Int) -> [Double] {
    let first = DecimalLogarithm.floor(low)
    let last = DecimalLogarithm.floor(high) + 1
    for mantissas in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      let all = (first...last).flatMap { exponent in mantissas.map { $0 * DecimalLogarithm.power(exponent) } }
      let start = all.lastIndex { $0 <= low } ?? 0
      let end = all.firstIndex { $0 >= high } ?? all.count - 1
      if end - start <= count, end > start { return Array(all[start...end]) }
      if end == start { return [all[start], all[min(start + 1, all.count - 1)]] }
    }
    let step = (last - first + count - 1) / count
    return (0...((last - first + step - 1) / step)).map { DecimalLogarithm.power(first + $0 * step) }
  }
}
