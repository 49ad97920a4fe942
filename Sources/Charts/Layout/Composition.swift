/// Puts a chart together: measures from the outside in, then draws.
///
/// From top to bottom: legend, title of y, rows of panels (header, plot, tick labels), title of x. Every
/// height but that of the tick labels is known before the width of the plots; that follows from the labels
/// beside them.
struct Composition {
  let chart: Chart
  let data: ResolvedChart
  /// Prefix of all ids, made a valid name.
  let id: String
  /// Series names, cleaned.
  let names: [String]
  /// Lines of the title, none where there is no title.
  let xTitle: [String]
  let yTitle: [String]
  /// Panels side by side.
  private(set) var columns: Int
  /// As the chart asks, but never so low that categories lose their labels.
  let plotHeight: Double
  /// Names of series at their lines, where they find room there.
  let endLabels: EndLabels?
  let legends: Legends
  private let crowding: Crowding
  /// Labels left of the first column.
  let yLabels: AxisLabels
  /// Left and right of the plots, and between them.
  private(set) var left = 0.0
  private(set) var right = 0.0
  private(set) var gap = 26.0
  /// Labels below each column.
  private(set) var xLabels = AxisLabels(labels: [])

  /// Around everything.
  static let margin = 4.0
  /// Between a plot and the labels of its ticks; below, they also stay clear of the lowest label beside it.
  private static let (besideGap, belowGap) = (8.0, 13.0)
  private static let headerHeight = PlacedText.lineHeight + 2

  /// Resolves the data and measures.
  init(_ chart: Chart, id: String) {
    self.chart = chart
    self.id = Self.safe(id)
    data = ResolvedChart(chart)
    let width = chart.width
    names = data.series.map(TextFitting.clean)
    xTitle = Self.title(chart.x, width: width)
    yTitle = Self.title(chart.y, width: width)
    crowding = Crowding(data)
    let count = data.panels.count
    columns =
      count == 1
      ? 1
      : chart.panelColumns.map { min(max($0, 1), count) }
        ?? max(min(data.gridColumns ?? (count == 4 ? 2 : 3), count, Int(width / 150)), 1)
    let part = columns == 1 ? 0.7 : columns == 2 ? 0.8 : 0.65
    let lines = chart.y.isHidden ? 0 : min((data.yScale as? CategoryScale)?.categories.count ?? 0, 60)
    plotHeight = max(
      count == 1 ? chart.height : chart.height * part, 60, Double(lines) * PlacedText.lineHeight)
    endLabels =
      data.seriesRepeatsCategory
      ? nil : EndLabels(data, names: names, height: plotHeight, width: width)
    legends = Legends(
      chart, data, names: names, namesSeries: endLabels == nil && !data.seriesRepeatsCategory,
      width: width - 2 * Self.margin)
    yLabels =
      data.isEmpty || chart.y.isHidden
      ? AxisLabels(labels: []) : AxisLabels.beside(data.yScale, length: plotHeight, width: width * 0.34)
    fitWidths()
  }

  /// Chooses x labels and margins, each of which depends on the other: margins only grow, until all fits.
  private mutating func fitWidths() {
    left = Self.margin + (yLabels.labels.isEmpty ? 0 : yLabels.width + Self.besideGap)
    right = Self.margin + (endLabels?.width ?? 4)
    guard !data.isEmpty else { return }
    for _ in 0..<10 {
      let panel = panel(0)
      let inset = data.isHorizontal ? 0 : panel.inset
      let length = panel.frame.width
      let within = length - 2 * inset
      if chart.x.isHidden { break }
      xLabels = AxisLabels.below(data.xScale, length: within, room: left + inset - Self.margin)
      let over = xLabels.overhang(length: length) { inset + $0 * within }
      let wanted = (
        max(left, Self.margin + over.start), max(right, Self.margin + over.end),
        max(gap, over.start + over.end + 12)
      )
      if wanted == (left, right, gap) { break }
      (left, right, gap) = wanted
    }
    if columns > 1, frame(0).width < (chart.panelColumns == nil ? 90 : 40) || losesCategories {
      columns -= 1
      gap = 26
      fitWidths()
    }
  }

  /// Categories have no label in panels this narrow, and would have one in wider ones.
  private var losesCategories: Bool {
    guard chart.panelColumns == nil, data.gridColumns == nil, let scale = data.xScale as? CategoryScale else {
      return false
    }
    let count = scale.categories.count
    return xLabels.labels.count < count
      && Double(count) * AxisLabels.slantedSpacing < (chart.width - left - right) * 0.8
  }

  /// Heights from the top down, gaps included.
  var legendHeight: Double { legends.isEmpty ? 0 : legends.height + 6 }
  var yTitleHeight: Double {
    yTitle.isEmpty ? PlacedText.lineHeight / 2 : Double(yTitle.count) * PlacedText.lineHeight + 13
  }
  var headerHeight: Double { data.panels.allSatisfy { $0.names.isEmpty } ? 0 : Self.headerHeight }
  var rowHeight: Double { headerHeight + plotHeight + 14 }
  var labelHeight: Double {
    if !xLabels.labels.isEmpty { return xLabels.height + Self.belowGap }
    // The lowest label beside the plot reaches half a line below it.
    return yLabels.labels.isEmpty ? 0 : PlacedText.lineHeight / 2
  }

  /// The plot of panel `index`.
  func frame(_ index: Int) -> Box {
    let width = (chart.width - left - right - gap * Double(columns - 1)) / Double(columns)
    let (row, column) = (index / columns, index % columns)
    return Box(
      x: left + Double(column) * (width + gap),
      y: Self.margin + legendHeight + yTitleHeight + headerHeight + Double(row) * rowHeight,
      width: width, height: plotHeight)
  }

  /// Panel `index` with the room its marks need.
  func panel(_ index: Int) -> Panel {
    let frame = frame(index)
    let length = data.isHorizontal ? frame.height : frame.width
    let dodge = Dodge(crowding, length: length)
    let (position, value) = data.isHorizontal ? (data.yScale, data.xScale) : (data.xScale, data.yScale)
    let categories = position as? CategoryScale
    let needsInset = categories?.arePlaces ?? true && data.layers.contains { $0.mark.needsInset }
    let hasBars = data.layers.contains { $0.mark.startsAtZero && $0.mark.dodges == .fully }
    let reach = max(
      10 + dodge.step * Double(dodge.seriesCount - 1) / 2,
      hasBars || crowding.wanted == .fully ? dodge.slot / 2 : 0)
    return Panel(
      frame: frame, isHorizontal: data.isHorizontal, inset: needsInset ? min(reach, length / 4) : 0,
      dodge: dodge, baseline: value.baseline, hasBars: hasBars, seriesCount: data.series.count,
      bands: (categories?.band ?? 0, (value as? CategoryScale)?.band ?? 0), pictureWidth: chart.width)
  }

  private static func title(_ axis: ChartAxis, width: Double) -> [String] {
    var text = axis.isHidden ? "" : TextFitting.clean(axis.title)
    if !text.isEmpty { text += axis.scale.remark }
    let room = width - 2 * margin
    if text.isEmpty { return [] }
    return TextFitting.wrapped(text, width: room, size: PlacedText.size, maximum: 2)
      ?? [TextFitting.fitted(text, width: room, size: PlacedText.size)]
  }

  /// A valid XML name: letters, digits, `-`; other characters as their number between underscores.
  private static func safe(_ id: String) -> String {
    var result = ""
    for scalar in id.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-": result.unicodeScalars.append(scalar)
      default: result += "_" + String(scalar.value, radix: 16) + "_"
      }
    }
    let first = result.unicodeScalars.first
    return first.map { $0.properties.isAlphabetic || $0 == "_" } ?? false ? result : "_" + result
  }
}
