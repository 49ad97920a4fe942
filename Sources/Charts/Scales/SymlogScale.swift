/// Linear around zero, logarithmic beyond: sign(x) · log₁₀(1 + |x| / c) (Webber, "A bi-symmetric log
/// transformation for wide-range data", 2013).
///
/// c is the power of ten below the smallest magnitude, but at most six decades below the largest: what is
/// smaller still is indistinguishable from zero at any size of a picture.
struct SymlogScale: PositionScale {
  /// Transformed ends of the domain.
  private let lower: Double
  private let upper: Double
  private let constant: Double
  /// The outermost numbers that are shown.
  private let ends: (low: Double, high: Double)

  /// - Parameters:
  ///   - values: the finite data; may be empty.
  ///   - domain: fixed by the author; nothing is added to it.
  init(_ values: [Double], domain: ClosedRange<Double>?) {
    let magnitudes = values.map(\.magnitude).filter { $0 >= LogScale.smallest }
    let largest = magnitudes.max() ?? 1
    let order = DecimalLogarithm.floor(magnitudes.min() ?? 1)
    let constant = DecimalLogarithm.power(max(order, DecimalLogarithm.floor(largest) - 6, -280))
    self.constant = constant
    func transformed(_ value: Double) -> Double { Self.transformed(value, constant) }
    if let domain, domain.isDrawable {
      (lower, upper) = (transformed(domain.lowerBound), transformed(domain.upperBound))
      ends = (domain.lowerBound, domain.upperBound)
      return
    }
    ends = (values.min() ?? -1, values.max() ?? 1)
    var (low, high) = (transformed(values.min() ?? -1), transformed(values.max() ?? 1))
    if high - low < 1e-6 { (low, high) = (low - 0.5, high + 0.5) }
    let room = (high - low) * 0.04
    (lower, upper) = (low - room, high + room)
  }

  var baseline: Double { min(max(fraction(0), 0), 1) }

  func place(_ value: ChartValue) -> Placement {
    guard case .number(let number) = value, number.isDrawable else { return .notFinite }
    let fraction = fraction(number)
    return fraction >= -1e-9 && fraction <= 1 + 1e-9 ? .at(fraction) : .outside
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? {
    guard !bound.isNaN else { return nil }
    let fraction = fraction(min(max(bound, -1e300), 1e300))
    return (min(max(fraction, 0), 1), fraction < -1e-9 || fraction > 1 + 1e-9)
  }

  /// Zero and powers of ten on both sides, the largest and every one, second, third … below it; where there
  /// are none, round numbers at equal steps.
  func ticks(atMost count: Int) -> [Tick] {
    let first = DecimalLogarithm.floor(constant)
    let last = DecimalLogarithm.floor(max(ends.low.magnitude, ends.high.magnitude, constant))
    for stride in 1...max(last - first, 1) {
      let powers = Swift.stride(from: last, through: first + stride, by: -stride).map(DecimalLogarithm.power)
      let values = (powers.map { -$0 } + [0] + powers.reversed()).filter(isInside)
      if values.count <= max(count, 1), values.count >= 3 || last - first >= 2 {
        return zip(values, TickText.symmetricLabels(values)).map { Tick(fraction: fraction($0), label: $1) }
      }
    }
    let steps = NiceTicks(ends.low, ends.high, atMost: count)
    return zip(steps.values, steps.labels).filter { isInside($0.0) }
      .map { Tick(fraction: fraction($0), label: $1) }
  }

  private func isInside(_ value: Double) -> Bool { (-1e-9...(1 + 1e-9)).contains(fraction(value)) }

  private func fraction(_ value: Double) -> Double {
    (Self.transformed(value, constant) - lower) / (upper - lower)
  }

  private static func transformed(_ value: Double, _ constant: Double) -> Double {
    let ratio = value.magnitude / constant
    let size = DecimalLogarithm.log10(1 + min(ratio, 1e300))
    return value < 0 ? -size : size
  }
}
