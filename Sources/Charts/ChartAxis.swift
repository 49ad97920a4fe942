/// A position channel: what it shows and on which scale.
package struct ChartAxis: Sendable {
  /// What the numbers are, with their unit; empty for none.
  package var title: String
  /// How its values become positions.
  package var scale: ChartScale

  /// `ChartAxis("tuning trials", .log())`.
  package init(_ title: String = "", _ scale: ChartScale = .linear()) {
    self.title = title
    self.scale = scale
  }
}

/// How values become positions.
///
/// A domain without extent, or on a log scale one that is not positive, is ignored: the data's extent is
/// used.
package enum ChartScale: Sendable {
  /// Equal steps for equal differences; the axis is widened to round numbers where it shows values.
  case linear(domain: ClosedRange<Double>? = nil)
  /// Equal steps for equal ratios; values of zero or less are left out. The title says `(log scale)`.
  case log(domain: ClosedRange<Double>? = nil)
  /// The categories named come first, others follow as the rows first name them.
  case category(order: [String] = [])

  /// Bands rather than a continuum.
  var isCategory: Bool {
    if case .category = self { true } else { false }
  }
}
