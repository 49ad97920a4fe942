/// One plot: where fractions of the axes lie in the picture.
package struct Panel: Sendable {
  /// The plot within its frame.
  let frame: Box
  /// The value axis is x.
  let isHorizontal: Bool
  /// Room left free at both ends of the position axis.
  let inset: Double
  /// How series stand side by side.
  let dodge: Dodge
  /// Where bars start, as a fraction of the value axis.
  let baseline: Double
  /// Bars fill parts of the plot.
  let hasBars: Bool
  /// How many series the chart has.
  let seriesCount: Int
  /// The shares of the axes that belong to a category; 0 on a continuum.
  let bands: (position: Double, value: Double)
  /// Of the whole picture.
  let pictureWidth: Double
  /// Where data lie that words must not hide; only gathered where a row has a label.
  var obstacles: [Point] = []

  /// Where the fractions of the position and of the value axis meet.
  package func point(_ position: Double, _ value: Double, offset: Double = 0) -> Point {
    let length = (isHorizontal ? frame.height : frame.width) - 2 * inset
    let along = inset + position * length + offset
    return isHorizontal
      ? Point(x: frame.x + value * frame.width, y: frame.y + along)
      : Point(x: frame.x + along, y: frame.maxY - value * frame.height)
  }

  /// How far the series is moved along the position axis.
  package func offset(of style: SeriesStyle) -> Double { dodge.offset(style.index) }

  /// The rectangle `thickness` wide around a position, from one value to another.
  package func bar(at position: Double, offset: Double, from: Double, to: Double, thickness: Double) -> Box {
    let (a, b) = (point(position, from, offset: offset), point(position, to, offset: offset))
    let (left, top) = (min(a.x, b.x), min(a.y, b.y))
    let (width, height) = ((a.x - b.x).magnitude, (a.y - b.y).magnitude)
    return isHorizontal
      ? Box(x: left, y: top - thickness / 2, width: width, height: thickness)
      : Box(x: left - thickness / 2, y: top, width: thickness, height: height)
  }
}
