/// The names rows are grouped by, in order.
struct RowNames {
  var series = NameList()
  var shapes = NameList()
  var facets = NameList()
  var rows = NameList()
}

/// The names and values that a chart must find room for.
struct DataExtent {
  /// In the order the chart asks for.
  private(set) var names = RowNames()
  private(set) var positions: [ChartValue] = []
  private(set) var values: [ChartValue] = []
  private(set) var shades: [Double] = []
  private(set) var sizes: [Double] = []
  /// Every row with a series has it as its position, too.
  private(set) var seriesRepeatsPosition = true

  init(_ chart: Chart, isHorizontal: Bool) {
    let count = chart.layers.reduce(0) { $0 + $1.rows.count }
    positions.reserveCapacity(count)
    values.reserveCapacity(count)
    for layer in chart.layers {
      let channels = layer.mark.channels
      for row in layer.rows {
        let (position, value) = isHorizontal ? (row.y, row.x) : (row.x, row.y)
        add(row, position)
        if let position, channels != .span { positions.append(position) }
        if channels == .span || channels == .cell, !row.start.isNaN {
          positions += [.number(row.start), .number(row.end)]
        }
        if channels.showsValue, let value { values.append(value) }
        if channels.showsInterval, !row.lower.isNaN || channels == .interval {
          values += [.number(row.lower), .number(row.upper)]
        }
      }
    }
    names.series = names.series.ordered(chart.series.order)
    names.shapes = names.shapes.ordered(chart.shape.order)
    names.facets = names.facets.ordered(chart.facet.order)
    names.rows = names.rows.ordered(chart.row.order)
  }

  private mutating func add(_ row: ChartRow, _ position: ChartValue?) {
    if names.series.place(of: row.series) != nil, seriesRepeatsPosition {
      seriesRepeatsPosition = position == .category(row.series)
    }
    _ = names.shapes.place(of: row.shape)
    if let facet = row.facet { _ = names.facets.place(of: facet) }
    if let name = row.row { _ = names.rows.place(of: name) }
    if row.shade.isDrawable { shades.append(row.shade) }
    if row.size.isDrawable, row.size > 0 { sizes.append(row.size) }
  }
}
