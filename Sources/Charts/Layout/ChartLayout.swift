/// Where the parts of a chart lie, in SVG units: what overlap and clipping are judged by.
package struct ChartLayout: Hashable, Sendable {
  /// As the chart asks.
  package var width: Double
  /// As the parts need.
  package var height: Double
  /// All words drawn.
  package var texts: [PlacedText]
  /// The frames data are drawn in, one a panel.
  package var plots: [Box]
  /// Nil where lines carry their names or there is nothing to tell apart.
  package var legend: Box?
}
