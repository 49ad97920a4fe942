/// Symbols and names, above the plots: one row where they fit, else columns.
struct Legend: LegendBlock {
  /// Shortened to the picture's width.
  let title: String
  private let names: [String]
  private let shown: [String]
  /// Width of each column; one for each name where all are in one row.
  private let columns: [Double]
  private let rows: Int
  private let isTitleAbove: Bool
  private let symbol: @Sendable (Int, Box, inout Canvas) -> Void

  /// Of the box marks draw their symbol in.
  static let symbolWidth = 30.0
  private static let rowHeight = 28.0
  /// Between symbol and name, and between items.
  private static let (nameGap, itemGap) = (8.0, 20.0)

  /// - Parameters:
  ///   - title: what the series are; empty for none.
  ///   - width: of the picture.
  ///   - symbol: draws the symbol of a name into a box.
  init(
    title: String, names: [String], width: Double,
    symbol: @escaping @Sendable (Int, Box, inout Canvas) -> Void
  ) {
    self.symbol = symbol
    self.title = TextFitting.fitted(title, width: width - 8, size: PlacedText.size)
    self.names = names
    let fixed = Self.symbolWidth + Self.nameGap
    let limit = (names.count > 8 ? width / 2 - Self.itemGap : width) - fixed
    let shown = TextFitting.fitted(all: names, width: { _ in limit }, size: PlacedText.size)
    self.shown = shown
    let widths = shown.map { fixed + PlacedText.width($0) + Self.itemGap }
    let titleWidth = title.isEmpty ? 0 : PlacedText.width(self.title) + Self.itemGap
    let room = width + Self.itemGap
    var columns = widths
    var rows = 1
    while columns.reduce(rows == 1 ? titleWidth : 0, +) > room, rows < names.count {
      rows += 1
      columns = stride(from: 0, to: names.count, by: rows).map { start in
        widths[start..<min(start + rows, names.count)].max() ?? 0
      }
    }
    (self.columns, self.rows) = (columns, rows)
    isTitleAbove = !title.isEmpty && columns.reduce(titleWidth, +) > room
  }

  /// Of all rows, the title's included.
  var height: Double { Double(rows + (isTitleAbove ? 1 : 0)) * Self.rowHeight }

  func draw(from origin: Point, on canvas: inout Canvas) {
    var start = Point(x: origin.x, y: origin.y + Self.rowHeight / 2)
    if !title.isEmpty {
      canvas.text(PlacedText([title], at: start, anchor: .start, edge: .middle, role: .tick))
      if isTitleAbove { start.y += Self.rowHeight } else { start.x += PlacedText.width(title) + Self.itemGap }
    }
    for index in names.indices {
      let x = columns[..<(index / rows)].reduce(start.x, +)
      let y = start.y + Double(index % rows) * Self.rowHeight
      symbol(index, Box(x: x, y: y - 9, width: Self.symbolWidth, height: 18), &canvas)
      canvas.text(
        PlacedText(
          [shown[index]], whole: names[index], at: Point(x: x + Self.symbolWidth + Self.nameGap, y: y),
          anchor: .start, edge: .middle, role: .label))
    }
  }
}
