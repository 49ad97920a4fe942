/// A picture of numbers in Vega-Lite's words: rows, drawn by marks in layers over shared scales, in one panel
/// or a wrapped grid of small multiples.
///
/// ```swift
/// let chart = Chart(
///   title: "Optimism by number of trials", description: "It grows with the trials, least for replay.",
///   layers: [ChartLayer(.line, rows), ChartLayer(.errorBar, rows), ChartLayer(.point, rows)],
///   x: ChartAxis("tuning trials", .log()), y: ChartAxis("optimism"))
/// let svg = chart.svg(id: "chart-optimism")
/// ```
///
/// - What is drawn: `layers`, `x`, `y`, `series`, `facet`.
/// - What could not be drawn: `omitted`.
/// - The picture: `svg(id:)`; where its parts lie: `layout()`.
///
/// The same value gives the same bytes on every machine.
package struct Chart: Sendable {
  /// The accessible name, `<title>`; it is not drawn, since the page has its own caption.
  package var title: String
  /// What the picture shows, for those who cannot see it: `<desc>`.
  package var description: String
  /// Drawn in this order, the first lowest.
  package var layers: [ChartLayer]
  /// Positions, unless y alone is of categories: then values.
  package var x: ChartAxis
  /// Values, unless it alone is of categories: then positions, from the top.
  package var y: ChartAxis
  /// Colour, marker shape, dash and hatching.
  package var series: ChartGrouping
  /// One panel a value.
  package var facet: ChartGrouping
  /// Width of the whole picture in SVG units, which are CSS pixels where the page has room; at least 240.
  package var width: Double
  /// Height of the plot of a single panel in SVG units; panels of a facet are lower, titles and legend come
  /// on top.
  package var height: Double

  /// Sizes below the least are raised to it.
  package init(
    title: String, description: String, layers: [ChartLayer], x: ChartAxis = ChartAxis(),
    y: ChartAxis = ChartAxis(), series: ChartGrouping = ChartGrouping(),
    facet: ChartGrouping = ChartGrouping(), width: Double = 640, height: Double = 300
  ) {
    self.title = title
    self.description = description
    self.layers = layers
    self.x = x
    self.y = y
    self.series = series
    self.facet = facet
    self.width = max(width, 240)
    self.height = max(height, 60)
  }

  /// What is not in the picture, for a note beside it.
  package var omitted: OmittedData { ResolvedChart(self).omitted }

  /// Where everything lies in the picture.
  package func layout() -> ChartLayout { Composition(self, id: "chart").layout() }

  /// One complete `<svg>` element, to stand in a page or as a file of its own.
  ///
  /// - Parameter id: the element's id and the prefix of all ids within it; unique on the page.
  package func svg(id: String) -> String { Composition(self, id: id).svg() }
}

/// Rows and the mark that draws them.
package struct ChartLayer: Sendable {
  /// Draws the rows.
  package var mark: any Mark
  /// May be empty; a row without facet is drawn in every panel.
  package var rows: [ChartRow]

  /// `ChartLayer(.line, rows)`.
  package init(_ mark: any Mark, _ rows: [ChartRow]) {
    self.mark = mark
    self.rows = rows
  }
}

/// What a grouping of rows is called, and the order of its groups.
package struct ChartGrouping: Sendable {
  /// What the groups are, such as `method`; empty for none.
  package var title: String
  /// Groups that come first, in this order; others follow as the rows first name them.
  package var order: [String]

  /// `ChartGrouping("method", order: ["replay"])`.
  package init(_ title: String = "", order: [String] = []) {
    self.title = title
    self.order = order
  }
}
