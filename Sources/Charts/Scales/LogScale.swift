/// Equal steps for equal ratios.
package struct LogScale: PositionScale {
  /// Decimal logarithms of the domain's ends.
  let lower: Double
  let upper: Double
  /// The few distinct values of the data, ticks of their own: budgets such as 4, 16, 64 rather than 5, 10,
  /// 20.
  private let dataTicks: [Double]

  /// Smaller numbers count as zero: their powers of ten are no longer exact.
  static let smallest = 1e-300

  /// - Parameters:
  ///   - values: the finite data; those not positive are passed over.
  ///   - domain: fixed by the author; nothing is added to it.
  ///   - marksValues: put ticks at the data where they are few.
  package init(_ values: [Double], domain: ClosedRange<Double>?, marksValues: Bool) {
    let values = values.filter { $0 >= Self.smallest }
    let distinct = marksValues ? Self.few(values) : []
    dataTicks = distinct.allSatisfy(TickText.isShort) ? distinct : []
    if let domain, domain.isDrawable, domain.lowerBound >= Self.smallest {
      lower = DecimalLogarithm.log10(domain.lowerBound)
      upper = DecimalLogarithm.log10(domain.upperBound)
      return
    }
    var low = DecimalLogarithm.log10(values.min() ?? 1)
    var high = DecimalLogarithm.log10(values.max() ?? 10)
    if high - low < 1e-6 { (low, high) = (low - 0.5, high + 0.5) }
    let room = (high - low) * 0.04
    (lower, upper) = marksValues ? (low, high) : (low - room, high + room)
  }

  var baseline: Double { 0 }

  func place(_ value: ChartValue) -> Placement {
    guard case .number(let number) = value, number.isDrawable else { return .notFinite }
    guard number >= Self.smallest else { return .notPositive }
    let fraction = fraction(number)
    return fraction >= -1e-9 && fraction <= 1 + 1e-9 ? .at(fraction) : .outside
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? {
    guard !bound.isNaN else { return nil }
    guard bound >= Self.smallest else { return (0, true) }
    guard bound.isDrawable else { return (1, true) }
    let fraction = fraction(bound)
    return (min(max(fraction, 0), 1), fraction < -1e-9 || fraction > 1 + 1e-9)
  }

  /// The data's own few values; else all of 1, 2, 5 times powers of ten; else powers, every second, third …;
  /// within less than a decade, round numbers at equal steps.
  package func ticks(atMost count: Int) -> [Tick] {
    let inside = dataTicks.filter { (-1e-9...(1 + 1e-9)).contains(fraction($0)) }
    if inside.count > 1, inside.count <= count { return labelled(inside) }
    for mantissas in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      let values = multiples(mantissas)
      if values.count >= 2, values.count <= count, mantissas.count == 1 || upper - lower < 3 {
        return labelled(values)
      }
    }
    if upper - lower < 1 { return narrow(atMost: count) }
    var stride = 1
    var powers = multiples([1])
    while powers.count > max(count, 1) {
      stride += 1
      let first = Int((lower - 1e-9).rounded(.up))
      let last = Int((upper + 1e-9).rounded(.down))
      powers = (first...last).filter { $0 % stride == 0 }.map(DecimalLogarithm.power)
    }
    return labelled(powers)
  }

  /// 2 … 9 times each power of ten where there are few enough decades to see them.
  var minorTicks: [Double] {
    guard upper - lower <= 6.5, upper - lower >= 0.8 else { return [] }
    return multiples([2, 3, 4, 5, 6, 7, 8, 9]).map(fraction)
  }

  private static func few(_ values: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in values where !distinct.contains(value) {
      distinct.append(value)
      if distinct.count > 6 { return [] }
    }
    return distinct.sorted()
  }

  private func narrow(atMost count: Int) -> [Tick] {
    let low = DecimalLogarithm.exponential(lower)
    let steps = NiceTicks(low, DecimalLogarithm.exponential(upper), atMost: count)
    return zip(steps.values, steps.labels).filter { $0.0 > 0 }
      .map { Tick(fraction: fraction($0), label: $1) }
  }

  private func multiples(_ mantissas: [Double]) -> [Double] {
    let first = Int(lower.rounded(.down)) - 1
    let last = Int(upper.rounded(.up))
    return (first...last).flatMap { exponent in
      mantissas.map { $0 * DecimalLogarithm.power(exponent) }
    }.filter { (-1e-9...(1 + 1e-9)).contains(fraction($0)) }
  }

  private func labelled(_ values: [Double]) -> [Tick] {
    zip(values, TickText.logLabels(values)).map { Tick(fraction: fraction($0), label: $1) }
  }

  private func fraction(_ value: Double) -> Double {
    (DecimalLogarithm.log10(value) - lower) / (upper - lower)
  }
}
