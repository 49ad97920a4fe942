/// A picture of numbers in Vega-Lite's words: rows, drawn by marks in layers over shared scales, in one panel,
/// a wrapped series of panels, or a grid of them.
///
/// ```swift
/// let chart = Chart(
///   title: "Optimism by number of trials", description: "It grows with the trials, least for replay.",
///   layers: [ChartLayer(.line, rows), ChartLayer(.errorBar, rows), ChartLayer(.point, rows)],
///   x: ChartAxis("tuning trials", .log()), y: ChartAxis("optimism"))
/// let svg = chart.svg(id: "chart-optimism")
/// ```
///
/// - What is drawn: `layers`, `x`, `y`, `series`, `shape`, `shade`, `size`, `facet`, `row`; by name: `ChartForm`.
/// - What could not be drawn: `omitted`; what a reader must know: `notes`.
/// - The picture: `picture(id:)`; where its parts lie: `layout()`.
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
  /// Colour; marker shape, dash and hatching too, where `shape` groups nothing.
  package var series: ChartGrouping
  /// Marker shape and dash.
  package var shape = ChartGrouping()
  /// What the shades of `ChartRow.shade` stand for.
  package var shade = ChartShading()
  /// What the sizes of `ChartRow.size` stand for; empty for no legend.
  package var sizeTitle = ""
  /// One panel a value; side by side where `row` groups too.
  package var facet: ChartGrouping
  /// One row of panels a value.
  package var row = ChartGrouping()
  /// Width of the whole picture in SVG units, which are CSS pixels where the page has room; at least 240.
  package var width: Double
  /// Height of the plot of a single panel in SVG units; panels of a facet are lower, titles and legend come
  /// on top.
  package var height: Double
  /// How many panels stand side by side, however narrow; nil: as many as are readable.
  package var panelColumns: Int?
  /// Sentences on how the rows were made, for below the picture.
  package var notes: [String] = []

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
  package func layout() -> ChartLayout { Composition(self, id: "chart").draw().layout }

  /// One complete `<svg>` element, to stand in a page or as a file of its own.
  ///
  /// - Parameter id: the element's id and the prefix of all ids within it; unique on the page.
  package func svg(id: String) -> String { picture(id: id).svg }

  /// The element with all that has to be said about it.
  package func picture(id: String) -> ChartPicture {
    let composition = Composition(self, id: id)
    let (canvas, layout) = composition.draw()
    return ChartPicture(
      svg: composition.svg(canvas, layout),
      notes: notes + [composition.data.omitted.note].compactMap { $0 } + canvas.notes)
  }
}

/// A drawn chart.
package struct ChartPicture: Sendable {
  /// One complete `<svg>` element.
  package let svg: String
  /// Sentences for below it: how rows were made, what is left out, what is thinned.
  package let notes: [String]
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

/// What shades stand for and how numbers become shades.
package struct ChartShading: Sendable {
  /// What the numbers are; empty for none.
  package var title: String
  /// Classes of equal ratios instead of equal differences.
  package var isLogarithmic: Bool

  /// `ChartShading("accuracy")`.
  package init(_ title: String = "", isLogarithmic: Bool = false) {
    self.title = title
    self.isLogarithmic = isLogarithmic
  }
}
