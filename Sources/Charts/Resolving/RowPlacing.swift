/// Places rows one by one and counts what cannot be drawn.
struct RowPlacing {
  let position: any PositionScale
  let value: any PositionScale
  let isHorizontal: Bool
  let shades: ShadeScale?
  let sizes: SizeScale?
  var series: NameList
  var shapes: NameList
  var facets: NameList
  var rows: NameList
  var details = NameList()
  /// Counts over all rows placed so far.
  private(set) var omitted = OmittedData()
  private var counted: Set<CountedRow> = []

  init(
    position: any PositionScale, value: any PositionScale, isHorizontal: Bool, shades: ShadeScale?,
    sizes: SizeScale?, names: RowNames
  ) {
    (self.position, self.value, self.isHorizontal) = (position, value, isHorizontal)
    (self.shades, self.sizes) = (shades, sizes)
    (series, shapes, facets, rows) = (names.series, names.shapes, names.facets, names.rows)
  }

  /// - Parameter index: the row's place in its layer, by which the same row in another layer is recognised.
  mutating func place(_ row: ChartRow, index: Int, channels: MarkChannels) -> PlacedRow {
    var placed = PlacedRow()
    placed.series = series.place(of: row.series)
    placed.shape = shapes.place(of: row.shape)
    placed.detail = details.place(of: row.detail)
    placed.facet = row.facet.flatMap { facets.place(of: $0) }
    placed.row = row.row.flatMap { rows.place(of: $0) }
    placed.label = row.label
    placed.shade = shades?.level(row.shade)
    placed.scale = sizes?.factor(row.size)
    let (position, value) = isHorizontal ? (row.y, row.x) : (row.x, row.y)
    if !row.lower.isNaN, let lower = self.value.place(bound: row.lower),
      let upper = self.value.place(bound: row.upper)
    {
      (placed.lower, placed.isLowerCut) = lower
      (placed.upper, placed.isUpperCut) = upper
    }
    if !row.start.isNaN, let start = self.position.place(bound: row.start),
      let end = self.position.place(bound: row.end)
    {
      (placed.start, placed.end) = (start.fraction, end.fraction)
    }
    let needs = Self.needs(channels, position: position, value: value, placed)
    var reason: Placement?
    func fraction(_ value: ChartValue?, _ scale: any PositionScale, isNeeded: Bool) -> Double? {
      let placement = value.map(scale.place) ?? .notFinite
      if case .at(let fraction) = placement { return fraction }
      if isNeeded, reason == nil { reason = placement }
      return nil
    }
    placed.position = fraction(position, self.position, isNeeded: needs.position)
    placed.value = fraction(value, self.value, isNeeded: needs.value)
    let lacksInterval =
      channels == .interval && placed.lower == nil || channels == .span && placed.start == nil
    let isCut = channels == .interval && (placed.isLowerCut || placed.isUpperCut)
    // Wholly beyond one end: nothing of it can be seen.
    if isCut, placed.lower == placed.upper, reason == nil { reason = .outside }
    let isWhole = channels != .either || (position == nil) != (value == nil)
    placed.isDrawn = reason == nil && !lacksInterval && isWhole
    if reason != nil || lacksInterval || isCut { count(row, index, reason, lacksInterval) }
    return placed
  }

  private static func needs(
    _ channels: MarkChannels, position: ChartValue?, value: ChartValue?, _ placed: PlacedRow
  ) -> (position: Bool, value: Bool) {
    switch channels {
    case .value: (true, true)
    case .interval: (true, false)
    case .either: (position != nil, value != nil)
    case .span: (false, true)
    case .cell: (placed.start == nil, placed.lower == nil)
    }
  }

  private mutating func count(
    _ row: ChartRow, _ index: Int, _ reason: Placement?, _ lacksInterval: Bool
  ) {
    func isNew(_ kind: Int) -> Bool { counted.insert(CountedRow(row, index: index, kind: kind)).inserted }
    switch reason {
    case .notFinite: if isNew(0) { omitted.notFinite += 1 }
    case .notPositive: if isNew(0) { omitted.notPositive += 1 }
    case .outside: if isNew(0) { omitted.outsideDomain += 1 }
    case .at, nil:
      if lacksInterval {
        if isNew(1) { omitted.withoutInterval += 1 }
      } else if isNew(2) {
        omitted.cutIntervals += 1
      }
    }
  }
}

/// A row by its content, NaN equal to NaN.
private struct CountedRow: Hashable {
  let index: Int
  let kind: Int
  let position: [ChartValueKey]
  let bounds: [UInt64]
  let names: [String?]

  init(_ row: ChartRow, index: Int, kind: Int) {
    self.index = index
    self.kind = kind
    position = [row.x, row.y].map(ChartValueKey.init)
    bounds = [row.lower, row.upper, row.start, row.end].map(\.bitPattern)
    names = [row.series, row.shape, row.detail, row.facet, row.row, row.label]
  }
}

private enum ChartValueKey: Hashable {
  case none
  case number(UInt64)
  case category(String)

  init(_ value: ChartValue?) {
    self =
      switch value {
      case nil: .none
      case .number(let number): .number(number.bitPattern)
      case .category(let name): .category(name)
      }
  }
}
