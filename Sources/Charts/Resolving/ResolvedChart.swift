/// A chart's data made ready: groups in order, scales fitted, every row placed in fractions of its axes or
/// counted as omitted.
struct ResolvedChart {
  /// Names in order; rows without series have none.
  let series: [String]
  /// Likewise of shapes, where they are not the series'.
  let shapes: [String]
  /// What each panel shows, row by row.
  let panels: [PanelKey]
  /// Panels stand in a grid of that many columns; nil: they are wrapped.
  let gridColumns: Int?
  let xScale: any PositionScale
  let yScale: any PositionScale
  let shades: ShadeScale?
  let sizes: SizeScale?
  /// The value axis is x.
  let isHorizontal: Bool
  /// The rows of each layer, in the order given.
  let layers: [PlacedLayer]
  /// What the picture lacks.
  let omitted: OmittedData
  /// The legend would only repeat the category axis.
  let seriesRepeatsCategory: Bool

  /// A panel's place among the column and row groups; nil where there are none.
  struct PanelKey: Hashable {
    let facet: Int?
    let row: Int?
    /// The names of both, the column's first.
    let names: [(title: String, name: String)]

    static func == (a: PanelKey, b: PanelKey) -> Bool { a.facet == b.facet && a.row == b.row }
    func hash(into hasher: inout Hasher) {
      hasher.combine(facet)
      hasher.combine(row)
    }
  }

  /// Cost: linear in the rows.
  init(_ chart: Chart) {
    isHorizontal = chart.y.scale.isCategory && !chart.x.scale.isCategory
    let extent = DataExtent(chart, isHorizontal: isHorizontal)
    let names = extent.names
    (series, shapes) = (names.series.names, names.shapes.names)
    let columns = Self.groups(names.facets.names, title: chart.facet.title)
    let rows = Self.groups(names.rows.names, title: chart.row.title)
    panels = rows.flatMap { row in
      columns.map { column in
        PanelKey(facet: column.place, row: row.place, names: [column, row].compactMap { $0.header })
      }
    }
    gridColumns = names.rows.names.isEmpty ? nil : columns.count
    let (positionAxis, valueAxis) =
      isHorizontal ? (chart.y.scale, chart.x.scale) : (chart.x.scale, chart.y.scale)
    let startsAtZero = chart.layers.contains { $0.mark.startsAtZero }
    let position = Scales.scale(positionAxis, extent.positions, isValue: false, includesZero: false)
    let value = Scales.scale(valueAxis, extent.values, isValue: true, includesZero: startsAtZero)
    (xScale, yScale) = isHorizontal ? (value, position) : (position, value)
    shades = ShadeScale(
      extent.shades, isLogarithmic: chart.shade.isLogarithmic,
      isForLines: chart.layers.contains { $0.mark.shadesLines })
    sizes = SizeScale(extent.sizes)
    var placing = RowPlacing(
      position: position, value: value, isHorizontal: isHorizontal, shades: shades, sizes: sizes, names: names
    )
    layers = chart.layers.map { layer in
      var placed: [PlacedRow] = []
      placed.reserveCapacity(layer.rows.count)
      let channels = layer.mark.channels
      for (index, row) in layer.rows.enumerated() {
        placed.append(placing.place(row, index: index, channels: channels))
      }
      return PlacedLayer(mark: layer.mark, rows: placed)
    }
    omitted = placing.omitted
    seriesRepeatsCategory = positionAxis.isCategory && extent.seriesRepeatsPosition
  }

  /// Nothing can be drawn.
  var isEmpty: Bool { layers.allSatisfy { $0.rows.allSatisfy { !$0.isDrawn } } }

  private struct Group {
    let place: Int?
    let header: (title: String, name: String)?
  }

  private static func groups(_ names: [String], title: String) -> [Group] {
    names.isEmpty
      ? [Group(place: nil, header: nil)]
      : names.enumerated().map { Group(place: $0, header: (title, $1)) }
  }
}

/// A mark and the rows it draws.
struct PlacedLayer {
  /// Draws the rows.
  let mark: any Mark
  /// In the order given, those that cannot be drawn among them: lines break there.
  let rows: [PlacedRow]

  /// Rows that share series and shape.
  struct Group {
    let series: Int?
    let shape: Int?
    var rows: [PlacedRow]
  }

  /// The rows of one panel by series and shape, those without first; rows without a facet are in every panel.
  func groups(in panel: ResolvedChart.PanelKey) -> [Group] {
    var groups: [Group] = []
    var places: [Int: Int] = [:]
    for row in rows where Self.isIn(row.facet, panel.facet) && Self.isIn(row.row, panel.row) {
      let key = (row.series ?? -1) &* 1_000_003 &+ (row.shape ?? -1)
      if let place = places[key] {
        groups[place].rows.append(row)
      } else {
        places[key] = groups.count
        groups.append(Group(series: row.series, shape: row.shape, rows: [row]))
      }
    }
    return groups.sorted { ($0.series ?? -1, $0.shape ?? -1) < ($1.series ?? -1, $1.shape ?? -1) }
  }

  private static func isIn(_ own: Int?, _ panel: Int?) -> Bool { own == nil || own == panel }
}
