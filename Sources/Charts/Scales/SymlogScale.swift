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
      return
    }
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

  /// Zero and powers of ten on both sides, every one, second, third ….
  func ticks(atMost count: Int) -> [Tick] {
    let first = DecimalLogarithm.floor(constant)
    for stride in 1...700 {
      let powers = Swift.stride(from: first, through: 300, by: stride).map(DecimalLogarithm.power)
        .prefix { $0 <= constant * 1e15 }
      let values = (powers.reversed().map { -$0 } + [0] + powers).filter {
        (-1e-9...(1 + 1e-9)).contains(fraction($0))
      }
      if values.count <= max(count, 1) || stride > 20 {
        return zip(values, TickText.symmetricLabels(values)).map { Tick(fraction: fraction($0), label: $1) }
      }
    }
    return []
  }

  private func fraction(_ value: Double) -> Double {
    (Self.transformed(value, constant) - lower) / (upper - lower)
  }

  private static func transformed(_ value: Double, _ constant: Double) -> Double {
    let ratio = value.magnitude / constant
    let size = DecimalLogarithm.log10(1 + min(ratio, 1e300))
    return value < 0 ? -size : size
  }
}
