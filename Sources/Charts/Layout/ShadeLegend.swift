/// A row of shades with the numbers between them.
struct ShadeLegend: LegendBlock {
  private let title: String
  private let shades: ShadeScale
  private let cell: Double
  /// Numbers that find room, with the boundary each belongs to.
  private let labels: [(boundary: Int, text: String)]

  private static let (cellHeight, titleHeight) = (14.0, 28.0)

  /// - Parameter width: of the picture.
  init(title: String, shades: ShadeScale, width: Double) {
    self.title = TextFitting.fitted(title, width: width, size: PlacedText.size)
    self.shades = shades
    let widest = shades.labels.map(PlacedText.width).max() ?? 0
    let cell = min(max(widest + 10, 34), (width - widest) / Double(shades.count))
    self.cell = cell
    let stride = max(Int(((widest + 10) / cell).rounded(.up)), 1)
    labels = shades.labels.enumerated().filter { $0.offset % stride == 0 }
      .map { (boundary: $0.offset, text: $0.element) }
  }

  var height: Double { Self.titleHeight + Self.cellHeight + PlacedText.lineHeight + 6 }

  func draw(from origin: Point, on canvas: inout Canvas) {
    canvas.text(
      PlacedText(
        [title], at: Point(x: origin.x, y: origin.y + Self.titleHeight / 2), anchor: .start, edge: .middle,
        role: .tick))
    // The first number is centred on the first boundary.
    let left = origin.x + (labels.first.map { PlacedText.width($0.text) / 2 } ?? 0)
    let top = origin.y + Self.titleHeight
    for place in 0..<shades.count {
      var text = PathText()
      text.rectangle(Box(x: left + Double(place) * cell, y: top, width: cell, height: Self.cellHeight))
      canvas.shaded(shades.level(ofClass: place)) { $0.path(text, "fill=\"currentColor\"") }
    }
    for label in labels {
      canvas.text(
        PlacedText(
          [label.text], at: Point(x: left + Double(label.boundary) * cell, y: top + Self.cellHeight + 3),
          anchor: .middle, edge: .top, role: .tick))
    }
  }
}
