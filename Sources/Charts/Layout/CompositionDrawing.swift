/// Drawing what the composition has measured.
extension Composition {
  /// Where everything lies.
  func layout() -> ChartLayout { draw().layout }

  /// The whole element.
  func svg() -> String {
    let (canvas, layout) = draw()
    let (width, height) = (PathText.number(layout.width), PathText.number(layout.height))
    let patterns = canvas.hatches.sorted().map { Hatching.element($0, id: id) }.joined()
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(id)\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" fill=\"none\">\n"
      + "<title id=\"\(id)-title\">\(Canvas.escaped(chart.title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(Canvas.escaped(chart.description))</desc>\n"
      + "<style>\n" + StyleSheet.text(id: id, seriesCount: max(data.series.count, 1)) + "\n</style>\n"
      + (patterns.isEmpty ? "" : "<defs>\(patterns)</defs>\n") + canvas.elements + "\n</svg>\n"
  }

  private func draw() -> (canvas: Canvas, layout: ChartLayout) {
    var canvas = Canvas(id: id)
    let origin = Point(x: Self.margin, y: Self.margin)
    legend?.draw(from: origin, on: &canvas) { index, box, canvas in symbol(index, in: box, on: &canvas) }
    let top = Self.margin + legendHeight + yTitleHeight
    if !yTitle.isEmpty {
      canvas.text(
        PlacedText(
          yTitle, whole: chart.y.title, at: Point(x: Self.margin, y: top - 13), anchor: .start, edge: .bottom,
          role: .title))
    }
    for index in data.facets.indices { drawPanel(index, on: &canvas) }
    endLabels?.draw(beside: panel(0, obstacles: []), on: &canvas)
    var bottom = frame(data.facets.count - 1).maxY + labelHeight
    if !xTitle.isEmpty {
      let middle = (left + chart.width - right) / 2
      let half = PlacedText.width(xTitle) / 2
      let x = min(max(middle, Self.margin + half), chart.width - Self.margin - half)
      canvas.text(
        PlacedText(
          xTitle, whole: chart.x.title, at: Point(x: x, y: bottom + 4), anchor: .middle, edge: .top,
          role: .title))
      bottom += 4 + Double(xTitle.count) * PlacedText.lineHeight
    }
    let legendBox = legend.map {
      Box(x: origin.x, y: origin.y, width: chart.width - 2 * Self.margin, height: $0.height)
    }
    let layout = ChartLayout(
      width: chart.width, height: (bottom + Self.margin).rounded(.up), texts: canvas.texts,
      plots: data.facets.indices.map(frame), legend: legendBox)
    return (canvas, layout)
  }

  private func drawPanel(_ index: Int, on canvas: inout Canvas) {
    let layers = data.layers.map { ($0.mark, $0.groups(facet: index)) }
    var panel = panel(index, obstacles: [])
    if layers.contains(where: { $1.contains { $0.rows.contains { !$0.label.isEmpty } } }) {
      let obstacles = layers.flatMap { mark, groups in
        groups.flatMap { mark.obstacles($0.rows.filter(\.isDrawn), in: panel) }
      }
      panel = self.panel(index, obstacles: obstacles)
    }
    if let header = data.facets[index] {
      let title = TextFitting.clean(chart.facet.title)
      let level = TextFitting.clean(header)
      let whole = (title.isEmpty ? "" : title + ": ") + level
      // The level tells panels apart; the factor's name goes first where there is no room for both.
      let fits = TextFitting.fitted(whole, width: panel.frame.width, size: PlacedText.size) == whole
      let shown = TextFitting.fitted(fits ? whole : level, width: panel.frame.width, size: PlacedText.size)
      canvas.text(
        PlacedText(
          [shown], whole: whole, at: Point(x: panel.frame.x, y: panel.frame.y - 4), anchor: .start,
          edge: .bottom, role: .label))
    }
    let hasNoneBelow = index + columns >= data.facets.count
    AxisDrawing(
      panel: panel, xScale: data.xScale, yScale: data.yScale, xLabels: xLabels, yLabels: yLabels,
      showsXLabels: hasNoneBelow, showsYLabels: index % columns == 0, isEmpty: data.isEmpty
    ).draw(on: &canvas)
    for (mark, groups) in layers {
      for (series, rows) in groups {
        // Data without series wear the first colour; reference lines stay neutral.
        let isPlain = data.series.isEmpty && mark.channels != .either
        let style = SeriesStyle(index: isPlain ? 0 : series)
        canvas.group(style.className) { mark.draw(rows, in: panel, style: style, on: &$0) }
      }
    }
  }

  private func symbol(_ index: Int, in box: Box, on canvas: inout Canvas) {
    let style = SeriesStyle(index: index)
    canvas.group(style.className) { canvas in
      let marks = data.layers.filter { $0.rows.contains { $0.series == index } }.map(\.mark)
      // A bar says it alone; what stands on it would stick out.
      let bars = marks.filter(\.startsAtZero)
      for mark in bars.isEmpty ? marks : bars { mark.drawSymbol(in: box, style: style, on: &canvas) }
    }
  }
}
