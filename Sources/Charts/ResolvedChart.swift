/// A chart's data made ready: groups in order, scales fitted, every row placed in fractions of its axes or
/// counted as omitted.
struct ResolvedChart {
  /// Names in order; rows without series have none.
  let series: [String]
  /// One entry a panel; a single nil where there are no facets.
  let facets: [String?]
  let xScale: any PositionScale
  let yScale: any PositionScale
  /// The value axis is x.
  let isHorizontal: Bool
  /// The rows of each layer, in the order given.
  let layers: [PlacedLayer]
  /// What the picture lacks.
  let omitted: OmittedData
  /// The legend would only repeat the category axis.
  let seriesRepeatsCategory: Bool

  /// Cost: linear in the rows.
  init(_ chart: Chart) {
    let rows = chart.layers.flatMap(\.rows)
    isHorizontal = chart.y.scale.isCategory && !chart.x.scale.isCategory
    series = Self.groups(rows.map { $0.series.isEmpty ? nil : $0.series }, order: chart.series.order)
    let facets = Self.groups(rows.map(\.facet), order: chart.facet.order)
    self.facets = facets.isEmpty ? [nil] : facets
    let extent = DataExtent(chart.layers, isHorizontal: isHorizontal)
    let positionScale = Self.scale(
      isHorizontal ? chart.y.scale : chart.x.scale, extent.positions, isValue: false, layers: chart.layers)
    let valueScale = Self.scale(
      isHorizontal ? chart.x.scale : chart.y.scale, extent.values, isValue: true, layers: chart.layers)
    (xScale, yScale) = isHorizontal ? (valueScale, positionScale) : (positionScale, valueScale)
    var placing = RowPlacing(
      position: positionScale, value: valueScale, isHorizontal: isHorizontal,
      series: Self.numbered(series), facets: Self.numbered(facets))
    layers = chart.layers.map { layer in
      PlacedLayer(
        mark: layer.mark,
        rows: layer.rows.enumerated().map { placing.place($1, index: $0, for: layer.mark) })
    }
    omitted = placing.omitted
    let category = isHorizontal ? chart.y.scale : chart.x.scale
    let grouped = rows.filter { !$0.series.isEmpty }
    let horizontal = isHorizontal
    seriesRepeatsCategory =
      category.isCategory
      && grouped.allSatisfy { (horizontal ? $0.y : $0.x) == .category($0.series) }
  }

  /// Nothing can be drawn.
  var isEmpty: Bool { layers.allSatisfy { $0.rows.allSatisfy { !$0.isDrawn } } }

  /// Distinct names: those of `order` that occur, then others as they come.
  private static func groups(_ names: [String?], order: [String]) -> [String] {
    let present = Set(names.compactMap { $0 })
    var seen: Set<String> = []
    return (order.filter(present.contains) + names.compactMap { $0 }).filter { seen.insert($0).inserted }
  }

  private static func numbered(_ names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  private static func scale(
    _ scale: ChartScale, _ values: [ChartValue], isValue: Bool, layers: [ChartLayer]
  ) -> any PositionScale {
    let numbers = values.compactMap { value -> Double? in
      if case .number(let number) = value, number.isDrawable { number } else { nil }
    }
    switch scale {
    case .linear(let domain):
      return LinearScale(
        numbers, domain: domain, includesZero: isValue && layers.contains { $0.mark.startsAtZero },
        niceTicks: isValue ? 6 : nil)
    case .log(let domain):
      return LogScale(numbers, domain: domain, marksValues: !isValue)
    case .category(let order):
      return CategoryScale(values, order: order)
    }
  }
}

/// A mark and the rows it draws.
struct PlacedLayer {
  /// Draws the rows.
  let mark: any Mark
  /// In the order given, those that cannot be drawn among them: lines break there.
  let rows: [PlacedRow]

  /// The rows of one panel by series, those without a series first; rows without a facet are in every panel.
  func groups(facet: Int) -> [(series: Int?, rows: [PlacedRow])] {
    let own = rows.filter { $0.facet == nil || $0.facet == facet }
    return Dictionary(grouping: own, by: { $0.series ?? -1 }).sorted { $0.key < $1.key }
      .map { ($0.key < 0 ? nil : $0.key, $0.value) }
  }
}

/// The values that each axis must show.
private struct DataExtent {
  var positions: [ChartValue] = []
  var values: [ChartValue] = []

  init(_ layers: [ChartLayer], isHorizontal: Bool) {
    for layer in layers {
      for row in layer.rows {
        let (position, value) = isHorizontal ? (row.y, row.x) : (row.x, row.y)
        if let position { positions.append(position) }
        if layer.mark.channels != .interval, let value { values.append(value) }
        if layer.mark.channels == .interval { values += [.number(row.lower), .number(row.upper)] }
      }
    }
  }
}
