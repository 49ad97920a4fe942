/// A position channel: what it shows and on which scale.
package struct ChartAxis: Sendable {
  /// What the numbers are, with their unit; empty for none.
  package var title: String
  /// How its values become positions.
  package var scale: ChartScale
  /// Neither line nor ticks nor labels.
  package var isHidden = false

  /// `ChartAxis("tuning trials", .log())`.
  package init(_ title: String = "", _ scale: ChartScale = .linear(), isHidden: Bool = false) {
    self.title = title
    self.scale = scale
    self.isHidden = isHidden
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
  /// Linear around zero and logarithmic beyond, for values of both signs. The title says so.
  case symlog(domain: ClosedRange<Double>? = nil)
  /// Seconds since the start of 1970, UTC; ticks at whole years, months, days, hours, minutes.
  case time(domain: ClosedRange<Double>? = nil)
  /// The categories named come first, others follow as the rows first name them; each has a band.
  case category(order: [String] = [])
  /// Categories as places rather than bands: the first at the axis's start, the last at its end.
  case places(order: [String] = [])

  /// Categories rather than a continuum.
  package var isCategory: Bool {
    switch self {
    case .category, .places: true
    default: false
    }
  }

  /// Equal ratios have equal lengths.
  package var isLogarithmic: Bool { if case .log = self { true } else { false } }

  /// Words behind an axis's title.
  var remark: String {
    switch self {
    case .log: " (log scale)"
    case .symlog: " (symmetric log scale)"
    default: ""
    }
  }
}
