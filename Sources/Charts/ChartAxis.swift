/// A position channel: what it shows and on which scale.
package struct ChartAxis: Sendable {
  /// What the numbers are, with their unit; empty for none.
  package var title: String
  package var scale: ChartScale

  package init(_ title: String = "", _ scale: ChartScale = .linear()) {
    self.title = title
    self.scale = scale
  }
}

/// How values become positions.
///
/// A domain without extent, or on a log scale one that is not positive, is ignored: the data's extent is used.
package enum ChartScale: Sendable {
  case linear(domain: ClosedRange<Double>? = nil)
  case log(domain: ClosedRange<Double>? = nil)
  /// The categories named come first, others follow as the rows first name them.
  case category(order: [String] = [])

  var isCategory: Bool {
    if case .category = self { true } else { false }
  }
}
