/// How series that share positions stand side by side.
struct Dodge: Sendable {
  /// Distance between neighbouring series in SVG units; 0 where they may overlap.
  let step: Double
  /// All series of the chart, so that each keeps its place in every group.
  let seriesCount: Int
  /// Room between neighbouring positions that marks may fill.
  let slot: Double

  /// - Parameter length: of the position axis in SVG units.
  init(_ crowding: Crowding, length: Double) {
    slot = length * crowding.slot
    seriesCount = crowding.seriesCount
    switch crowding.wanted {
    case .fully where crowding.seriesMeet: step = slot * 0.8 / Double(seriesCount)
    case .slightly where crowding.seriesMeet:
      // On a scale of numbers a place says something, so that marks stay near it.
      step =
        crowding.isOfNumbers
        ? min(4, slot * 0.25 / Double(seriesCount)) : min(9, slot * 0.6 / Double(seriesCount))
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

/// How close the data of a chart come to each other along the position axis.
struct Crowding: Sendable {
  /// The most that any mark wants series moved apart.
  let wanted: MarkDodge
  let seriesCount: Int
  /// Room between neighbouring positions, as a fraction of the axis.
  let slot: Double
  /// Two series share a position.
  let seriesMeet: Bool
  /// Positions are numbers, not categories.
  let isOfNumbers: Bool

  init(_ data: ResolvedChart) {
    wanted = MarkDodge(rawValue: data.layers.map(\.mark.dodges.rawValue).max() ?? 0) ?? .none
    seriesCount = max(data.series.count, 1)
    let scale = (data.isHorizontal ? data.yScale : data.xScale) as? CategoryScale
    isOfNumbers = scale == nil
    if let scale {
      slot = scale.band
    } else if wanted == .none {
      slot = 1
    } else {
      let positions = data.layers.flatMap { $0.rows.filter(\.isDrawn).compactMap(\.position) }.sorted()
      slot = zip(positions.dropFirst(), positions).map { $0 - $1 }.filter { $0 > 1e-9 }.min() ?? 1
    }
    seriesMeet = wanted != .none && data.series.count > 1 && Self.seriesMeet(data.layers)
  }

  private struct Place: Hashable {
    let position: Double
    let facet: Int?
    let row: Int?
  }

  private static func seriesMeet(_ layers: [PlacedLayer]) -> Bool {
    var owners: [Place: Int] = [:]
    for row in layers.lazy.flatMap(\.rows) where row.isDrawn {
      guard let series = row.series else { continue }
      let place = Place(position: row.position ?? 0, facet: row.facet, row: row.row)
      if let owner = owners[place], owner != series { return true }
      owners[place] = series
    }
    return false
  }
}
