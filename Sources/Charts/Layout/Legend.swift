/// Symbols and names, above the plots: a few flow like words behind the title, many stand in columns.
struct Legend: LegendBlock {
  /// Shortened to the picture's width.
  let title: String
  private let names: [String]
  private let shown: [String]
  /// Where each item starts, from the legend's upper left corner: x, and the row.
  private let places: [(x: Double, row: Int)]
  private let rows: Int
  private let symbol: @Sendable (Int, Box, inout Canvas) -> Void

  /// Of the box marks draw their symbol in.
  static let symbolWidth = 30.0
  private static let rowHeight = 28.0
  /// Between symbol and name, and between items.
  private static let (nameGap, itemGap) = (8.0, 20.0)
  /// More names than this stand in columns.
  private static let most = 8

  /// - Parameters:
  ///   - title: what the series are; empty for none.
  ///   - width: of the picture.
  ///   - symbol: draws the symbol of a name into a box.
  init(
    title: String, names: [String], width: Double,
    symbol: @escaping @Sendable (Int, Box, inout Canvas) -> Void
  ) {
    self.symbol = symbol
    self.names = names
    let title = TextFitting.fitted(title, width: width - 8, size: PlacedText.size)
    self.title = title
    let fixed = Self.symbolWidth + Self.nameGap
    let isGrid = names.count > Self.most
    let limit = (isGrid ? width / 2 - Self.itemGap : width) - fixed
    let shown = TextFitting.fitted(all: names, width: { _ in limit }, size: PlacedText.size)
    self.shown = shown
    let widths = shown.map { fixed + PlacedText.width($0) + Self.itemGap }
    let room = width + Self.itemGap
    let indent = title.isEmpty ? 0 : PlacedText.width(title) + Self.itemGap
    let fitsBeside = !isGrid && (widths.max() ?? 0) + indent <= room && indent <= room * 0.4
    let start = title.isEmpty || fitsBeside ? 0 : 1
    places =
      isGrid
      ? Self.columns(widths, room: room, firstRow: start)
      : Self.flow(widths, room: room, indent: fitsBeside ? indent : 0, firstRow: start)
    rows = (places.map(\.row).max() ?? 0) + 1
  }

  private static func flow(
    _ widths: [Double], room: Double, indent: Double, firstRow: Int
  ) -> [(x: Double, row: Int)] {
    var (x, row) = (indent, firstRow)
    return widths.map { width in
      if x > indent, x + width > room { (x, row) = (indent, row + 1) }
      defer { x += width }
      return (x, row)
    }
  }

  /// As few rows as fit, filled column by column.
  private static func columns(_ widths: [Double], room: Double, firstRow: Int) -> [(x: Double, row: Int)] {
    for rows in 1...max(widths.count, 1) {
      let columns = stride(from: 0, to: widths.count, by: rows).map { start in
        widths[start..<min(start + rows, widths.count)].max() ?? 0
      }
      guard columns.reduce(0, +) <= room || rows == widths.count else { continue }
      return widths.indices.map { index in
        (columns[..<(index / rows)].reduce(0, +), firstRow + index % rows)
      }
    }
    return []
  }

  /// Of all rows, the title's included.
  var height: Double { Double(rows) * Self.rowHeight }

  func draw(from origin: Point, on canvas: inout Canvas) {
    let middle = origin.y + Self.rowHeight / 2
    if !title.isEmpty {
      canvas.text(
        PlacedText(
          [title], at: Point(x: origin.x, y: middle), anchor: .start, edge: .middle, role: .tick))
    }
    for (index, place) in places.enumerated() {
      let (x, y) = (origin.x + place.x, middle + Double(place.row) * Self.rowHeight)
      symbol(index, Box(x: x, y: y - 9, width: Self.symbolWidth, height: 18), &canvas)
      canvas.text(
        PlacedText(
          [shown[index]], whole: names[index], at: Point(x: x + Self.symbolWidth + Self.nameGap, y: y),
          anchor: .start, edge: .middle, role: .label))
    }
  }
}
