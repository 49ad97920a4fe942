/// Drawing what the composition has measured.
extension Composition {
  /// The whole element around what was drawn.
  func svg(_ canvas: Canvas, _ layout: ChartLayout) -> String {
    let (width, height) = (PathText.number(layout.width), PathText.number(layout.height))
    let patterns = canvas.hatches.sorted().map { Hatching.element($0, id: id) }.joined()
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(id)\" class=\"chart\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" fill=\"none\">\n"
      + "<title id=\"\(id)-title\">\(Canvas.escaped(chart.title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(Canvas.escaped(chart.description))</desc>\n"
      + "<style>\n" + StyleSheet.text + "\n</style>\n"
      + (patterns.isEmpty ? "" : "<defs>\(patterns)</defs>\n") + canvas.elements
      + "\n</svg>\n"
  }

  /// Draws everything, and says where it lies.
  func draw() -> (canvas: Canvas, layout: ChartLayout) {
    var canvas = Canvas(id: id)
    let origin = Point(x: Self.margin, y: Self.margin)
    legends.draw(from: origin, on: &canvas)
    let top = Self.margin + legendHeight + yTitleHeight
    if !yTitle.isEmpty {
      canvas.text(
        PlacedText(
          yTitle, whole: chart.y.title, at: Point(x: Self.margin, y: top - 13), anchor: .start, edge: .bottom,
          role: .title))
    }
    for index in data.panels.indices { drawPanel(index, on: &canvas) }
    endLabels?.draw(beside: panel(0), on: &canvas)
    canvas.thinning.labels += lostNames(data.xScale, xLabels) + lostNames(data.yScale, yLabels)
    var bottom = frame(data.panels.count - 1).maxY + labelHeight
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
    drawNotes(on: &canvas, below: &bottom)
    let legendBox =
      legends.isEmpty
      ? nil : Box(x: origin.x, y: origin.y, width: chart.width - 2 * Self.margin, height: legends.height)
    let layout = ChartLayout(
      width: chart.width, height: (bottom + Self.margin).rounded(.up), texts: canvas.texts,
      plots: data.panels.indices.map(frame), legend: legendBox)
    return (canvas, layout)
  }

  /// How many names of categories found no room; numbers that are left out follow from those that stand.
  private func lostNames(_ scale: any PositionScale, _ axis: AxisLabels) -> Int {
    guard let scale = scale as? CategoryScale, !axis.labels.isEmpty,
      scale.categories.contains(where: { Double($0) == nil })
    else { return 0 }
    return scale.categories.count - axis.labels.count
  }

  /// What is thinned is said in the picture itself: it may travel without its page.
  private func drawNotes(on canvas: inout Canvas, below bottom: inout Double) {
    for note in canvas.notes {
      let lines =
        TextFitting.wrapped(
          note, width: chart.width - 2 * Self.margin, size: PlacedText.size, maximum: 4, shortensWords: true)
        ?? []
      canvas.text(
        PlacedText(
          lines, whole: note, at: Point(x: Self.margin, y: bottom + 6), anchor: .start, edge: .top,
          role: .tick))
      bottom += 6 + Double(lines.count) * PlacedText.lineHeight
    }
  }

  private func drawPanel(_ index: Int, on canvas: inout Canvas) {
    let layers = data.layers.map { ($0.mark, $0.groups(in: data.panels[index])) }
    var panel = panel(index)
    if layers.contains(where: { $1.contains { $0.rows.contains { !$0.label.isEmpty } } }) {
      panel.obstacles = layers.flatMap { [panel] mark, groups in
        groups.flatMap { mark.obstacles($0.rows.filter(\.isDrawn), in: panel) }
      }
    }
    drawHeader(data.panels[index].names, over: panel.frame, on: &canvas)
    let hasNoneBelow = index + columns >= data.panels.count
    AxisDrawing(
      panel: panel, xScale: data.xScale, yScale: data.yScale, xLabels: xLabels, yLabels: yLabels,
      showsXLabels: hasNoneBelow, showsYLabels: index % columns == 0, isEmpty: data.isEmpty,
      hidesX: chart.x.isHidden, hidesY: chart.y.isHidden
    ).draw(on: &canvas)
    for (mark, groups) in layers {
      for group in groups {
        // Data without series wear the first colour; reference lines stay neutral.
        let isPlain = data.series.isEmpty && mark.channels != .either
        let style = SeriesStyle(index: isPlain ? 0 : group.series, shape: group.shape)
        canvas.group(style.className) { mark.draw(group.rows, in: panel, style: style, on: &$0) }
      }
    }
  }

  private func drawHeader(
    _ names: [(title: String, name: String)], over frame: Box, on canvas: inout Canvas
  ) {
    guard !names.isEmpty else { return }
    let whole = Self.header(names, hasTitles: true)
    // The levels tell panels apart; the factors' names go first where any panel has no room for both.
    let fits = data.panels.allSatisfy { panel in
      PlacedText.width(Self.header(panel.names, hasTitles: true)) <= frame.width
    }
    let shown = TextFitting.fitted(
      Self.header(names, hasTitles: fits), width: frame.width, size: PlacedText.size)
    canvas.text(
      PlacedText(
        [shown], whole: whole, at: Point(x: frame.x, y: frame.y - 4), anchor: .start, edge: .bottom,
        role: .label))
  }

  private static func header(_ names: [(title: String, name: String)], hasTitles: Bool) -> String {
    names.map { title, name in
      let title = TextFitting.clean(title)
      return (hasTitles && !title.isEmpty ? title + ": " : "") + TextFitting.clean(name)
    }.joined(separator: ", ")
  }
}
