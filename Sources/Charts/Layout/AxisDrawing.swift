/// Grid, axis lines, ticks and their labels of one panel.
struct AxisDrawing {
  let panel: Panel
  let xScale: any PositionScale
  let yScale: any PositionScale
  /// Labels chosen for all panels alike.
  let xLabels: AxisLabels
  let yLabels: AxisLabels
  /// No panel below shows them.
  let showsXLabels: Bool
  /// No panel to the left shows them.
  let showsYLabels: Bool
  /// There is nothing to draw in the panel.
  let isEmpty: Bool
  /// An axis without line, ticks and labels.
  let hidesX: Bool
  let hidesY: Bool

  /// Draws what lies beneath the data.
  func draw(on canvas: inout Canvas) {
    let frame = panel.frame
    drawGrid(on: &canvas)
    var axis = PathText()
    let corner = Point(x: frame.x, y: frame.maxY)
    if !(panel.isHorizontal ? hidesY : hidesX) {
      axis.polyline([
        corner, panel.isHorizontal ? Point(x: frame.x, y: frame.y) : Point(x: frame.maxX, y: frame.maxY),
      ])
    }
    if panel.baseline > 1e-6, panel.baseline < 1 - 1e-6, !(panel.isHorizontal ? hidesX : hidesY) {
      axis.polyline(acrossPlot(panel.baseline))
    }
    if !(xScale is CategoryScale), !hidesX {
      for label in xLabels.labels { axis.polyline(tickBelow(label.tick.fraction, length: 5)) }
      for fraction in isEmpty ? [] : xScale.minorTicks { axis.polyline(tickBelow(fraction, length: 3)) }
    }
    for fraction in isEmpty || hidesY ? [] : yScale.minorTicks where showsYLabels {
      axis.polyline([Point(x: frame.x - 4, y: y(fraction)), Point(x: frame.x, y: y(fraction))])
    }
    canvas.path(axis, "class=\"axis\"")
    if isEmpty {
      canvas.text(
        PlacedText(
          ["no data"], at: Point(x: frame.midX, y: frame.midY), anchor: .middle, edge: .middle, role: .tick))
    }
    if showsYLabels { drawYLabels(on: &canvas) }
    if showsXLabels { drawXLabels(on: &canvas) }
  }

  /// Lines at the ticks of values, and at places.
  private func drawGrid(on canvas: inout Canvas) {
    var grid = PathText()
    let (values, hidesValues) = panel.isHorizontal ? (xScale, hidesX) : (yScale, hidesY)
    if !(values is CategoryScale), !hidesValues {
      for label in (panel.isHorizontal ? xLabels : yLabels).labels {
        grid.polyline(acrossPlot(label.tick.fraction))
      }
    }
    if let places = (panel.isHorizontal ? yScale : xScale) as? CategoryScale, places.arePlaces {
      for tick in places.ticks(atMost: places.categories.count) {
        grid.polyline([panel.point(tick.fraction, 0), panel.point(tick.fraction, 1)])
      }
    }
    canvas.path(grid, "class=\"grid\"")
  }

  private func drawYLabels(on canvas: inout Canvas) {
    for label in yLabels.labels {
      canvas.text(
        PlacedText(
          label.lines, whole: TextFitting.clean(label.tick.label),
          at: Point(x: panel.frame.x - 8, y: y(label.tick.fraction)), anchor: .end, edge: .middle, role: .tick
        ))
    }
  }

  private func drawXLabels(on canvas: inout Canvas) {
    for label in xLabels.labels {
      let at = Point(x: x(label.tick.fraction), y: panel.frame.maxY + (xLabels.isSlanted ? 23 : 13))
      canvas.text(
        PlacedText(
          label.lines, whole: TextFitting.clean(label.tick.label), at: at,
          anchor: xLabels.isSlanted ? .end : .middle, edge: xLabels.isSlanted ? .middle : .top, role: .tick,
          isSlanted: xLabels.isSlanted))
    }
  }

  private func x(_ fraction: Double) -> Double {
    panel.isHorizontal ? panel.point(0, fraction).x : panel.point(fraction, 0).x
  }

  private func y(_ fraction: Double) -> Double {
    panel.isHorizontal ? panel.point(fraction, 0).y : panel.point(0, fraction).y
  }

  private func tickBelow(_ fraction: Double, length: Double) -> [Point] {
    [
      Point(x: x(fraction), y: panel.frame.maxY), Point(x: x(fraction), y: panel.frame.maxY + length),
    ]
  }

  /// The line at a fraction of the value axis.
  private func acrossPlot(_ fraction: Double) -> [Point] {
    let frame = panel.frame
    return panel.isHorizontal
      ? [Point(x: x(fraction), y: frame.y), Point(x: x(fraction), y: frame.maxY)]
      : [Point(x: frame.x, y: y(fraction)), Point(x: frame.maxX, y: y(fraction))]
  }
}
