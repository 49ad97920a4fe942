/// Turns numbers into points whose areas are in proportion to them.
struct SizeScale {
  /// The largest number.
  private let largest: Double
  /// Radius of the largest point over that of an ordinary one.
  static let most = 2.4

  /// Nil where there is nothing to size.
  ///
  /// - Parameter values: positive.
  init?(_ values: [Double]) {
    guard let largest = values.max() else { return nil }
    self.largest = largest
  }

  /// A point's extent over the ordinary one's; nil for NaN, zero and less.
  func factor(_ value: Double) -> Double? {
    guard value.isDrawable, value > 0 else { return nil }
    return max((value / largest).squareRoot() * Self.most, 0.2)
  }

  /// Round numbers for the legend, with their labels.
  var examples: [(value: Double, label: String)] {
    let ticks = NiceTicks(0, largest, atMost: 6)
    let all = zip(ticks.values, ticks.labels).filter { $0.0 > 0 }.map { (value: $0, label: $1) }
    let chosen = Set([0, (all.count - 1) / 2, all.count - 1])
    return all.indices.filter(chosen.contains).map { all[$0] }
  }
}
