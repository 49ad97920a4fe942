/// One value on an axis.
package enum ChartValue: Hashable, Sendable {
  /// For continuous scales; on a category scale its text is the category.
  case number(Double)
  /// For category scales.
  case category(String)

  /// The number, or nil for a category.
  package var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension ChartValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// A row of any values, each optional.
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  package init(stringLiteral value: String) { self = .category(value) }
}

/// One row of a layer's data, in the units of the axes.
///
/// Numbers may be NaN or infinite: such a row is left out and counted (`Chart.omitted`).
package struct ChartRow: Sendable {
  /// Nil only for a horizontal rule.
  package var x: ChartValue?
  /// Nil for a vertical rule, and for intervals without a middle.
  package var y: ChartValue?
  /// The interval's ends along the axis of values: y, or x where y alone is of categories. NaN: no interval.
  package var lower: Double
  /// See `lower`.
  package var upper: Double
  /// The row's extent along the axis of positions, such as a bin's; NaN: none.
  package var start = Double.nan
  /// See `start`.
  package var end = Double.nan
  /// Decides the shade; NaN: the colour is the series'.
  package var shade = Double.nan
  /// The area of its point is in proportion; NaN: the ordinary size.
  package var size = Double.nan
  /// Decides colour, shape and dash; empty where rows are not grouped.
  package var series: String
  /// Decides shape and dash instead of the series, where not empty.
  package var shape = ""
  /// Tells lines of one series apart.
  package var detail = ""
  /// The panel; nil draws the row in every panel.
  package var facet: String?
  /// The row of panels; nil draws the row in every one.
  package var row: String?
  /// Words beside the mark, where the mark writes any.
  package var label: String

  package init(
    x: ChartValue? = nil, y: ChartValue? = nil, lower: Double = .nan, upper: Double = .nan,
    series: String = "", facet: String? = nil, label: String = ""
  ) {
    self.x = x
    self.y = y
    self.lower = lower
    self.upper = upper
    self.series = series
    self.facet = facet
    self.label = label
  }

  /// A row of two numbers.
  package init(
    _ x: Double, _ y: Double, lower: Double = .nan, upper: Double = .nan, series: String = "",
    facet: String? = nil
  ) {
    self.init(
      x: .number(x), y: .number(y), lower: lower, upper: upper, series: series, facet: facet)
  }

  /// A row of a category and a number.
  package init(
    _ x: String, _ y: Double, lower: Double = .nan, upper: Double = .nan, series: String = "",
    facet: String? = nil
  ) {
    self.init(
      x: .category(x), y: .number(y), lower: lower, upper: upper, series: series, facet: facet)
  }
}
