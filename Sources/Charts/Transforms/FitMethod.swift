/// Finds a curve through points; statistics of any kind fit in, since this floor computes none.
///
/// Nil where the points determine no curve. The points are finite, in the order of the rows.
package typealias FitMethod = @Sendable (_ points: [(x: Double, y: Double)]) -> FittedCurve?

/// A curve that was fitted to points.
package struct FittedCurve: Sendable {
  /// Words for the curve, such as `y = 3.1 x^−0.34`; may be empty.
  package let label: String
  /// The curve.
  package let value: @Sendable (Double) -> Double
  /// Ends of an interval for the curve; nil where there is none.
  package let interval: (@Sendable (Double) -> (lower: Double, upper: Double))?

  package init(
    label: String = "", value: @escaping @Sendable (Double) -> Double,
    interval: (@Sendable (Double) -> (lower: Double, upper: Double))? = nil
  ) {
    self.label = label
    self.value = value
    self.interval = interval
  }

  /// The curve at places evenly spread over an axis, as rows like the prototype.
  func rows(
    from lower: Double, to upper: Double, on scale: ChartScale, like prototype: ChartRow, count: Int = 64
  ) -> [ChartRow] {
    let measure = AxisMeasure(scale)
    guard let low = measure.measure(lower), let high = measure.measure(upper) else { return [] }
    return (0..<count).map { index in
      let part = Double(index) / Double(max(count - 1, 1))
      // The ends exactly, so that neighbouring pieces meet.
      let x = index == 0 ? lower : index == count - 1 ? upper : measure.number(low + (high - low) * part)
      var row = prototype
      row.x = .number(x)
      row.y = .number(value(x))
      if let interval { (row.lower, row.upper) = interval(x) }
      return row
    }
  }
}
