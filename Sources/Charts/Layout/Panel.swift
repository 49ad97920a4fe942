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
  /// Where data lie that words must not hide; only gathered where a row has a label.
  let obstacles: [Point]

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

/// How series that share positions stand side by side.
struct Dodge: Sendable {
  /// Distance between neighbouring series in SVG units; 0 where they may overlap.
  let step: Double
  /// All series of the chart, so that each keeps its place in every group.
  let seriesCount: Int
  /// Room between neighbouring positions that marks may fill.
  let slot: Double

  /// - Parameters:
  ///   - data: whose rows tell whether series meet at all.
  ///   - length: of the position axis in SVG units.
  init(_ data: ResolvedChart, length: Double) {
    let drawn = data.layers.flatMap(\.rows).filter { $0.isDrawn && $0.series != nil }
    let positions = data.layers.flatMap(\.rows).filter(\.isDrawn).compactMap(\.position).sorted()
    let gaps = zip(positions.dropFirst(), positions).map { $0 - $1 }.filter { $0 > 1e-9 }
    let scale = (data.isHorizontal ? data.yScale : data.xScale) as? CategoryScale
    slot = length * (scale.map { 1 / Double(max($0.categories.count, 1)) } ?? gaps.min() ?? 1)
    seriesCount = max(data.series.count, 1)
    let wanted = data.layers.map(\.mark.dodges.rawValue).max() ?? 0
    var owner: [[Double]: Int] = [:]
    let meet = drawn.contains { row in
      let place = [row.position ?? 0, Double(row.facet ?? -1)]
      defer { owner[place] = row.series }
      return owner[place].map { $0 != row.series } ?? false
    }
    switch MarkDodge(rawValue: wanted) {
    case .fully where meet: step = slot * 0.8 / Double(seriesCount)
    case .slightly where meet: step = min(9, slot * 0.6 / Double(seriesCount))
    default: step = 0
    }
  }

  /// Thickness of a bar.
  var barThickness: Double { step > 0 ? step * 0.94 : min(slot * 0.7, 90) }

  /// How far a series is moved along the position axis; rows without series stay.
  func offset(_ series: Int?) -> Double {
    series.map { (Double($0) - Double(seriesCount - 1) / 2) * step } ?? 0
  }
}
