/// A row as fractions of the axes, 0 at the start and 1 at the end; nil where a number is missing or not
/// drawable.
package struct PlacedRow: Sendable {
  /// Along the position axis.
  var position: Double?
  /// Along the value axis.
  var value: Double?
  /// Ends of the interval, both or neither; cut to the axis.
  var lower: Double?
  var upper: Double?
  /// Whether `lower` and `upper` are where the axis ends rather than the interval.
  var isLowerCut = false
  var isUpperCut = false
  /// Places among the chart's series and facets; nil for none.
  var series: Int?
  var facet: Int?
  /// The row's own words.
  var label: String
  /// The mark has all numbers it needs.
  var isDrawn = false
}

/// Places rows one by one and counts what cannot be drawn.
struct RowPlacing {
  let position: any PositionScale
  let value: any PositionScale
  let isHorizontal: Bool
  let series: [String: Int]
  let facets: [String: Int]
  /// Counts over all rows placed so far.
  private(set) var omitted = OmittedData()
  private var counted: Set<CountedRow> = []

  init(
    position: any PositionScale, value: any PositionScale, isHorizontal: Bool, series: [String: Int],
    facets: [String: Int]
  ) {
    self.position = position
    self.value = value
    self.isHorizontal = isHorizontal
    self.series = series
    self.facets = facets
  }

  /// - Parameter index: the row's place in its layer, by which the same row in another layer is recognised.
  mutating func place(_ row: ChartRow, index: Int, for mark: any Mark) -> PlacedRow {
    var placed = PlacedRow(
      series: series[row.series], facet: row.facet.flatMap { facets[$0] }, label: row.label)
    var reasons: [Placement] = []
    let channels = mark.channels
    func find(_ value: ChartValue?, on scale: any PositionScale, isNeeded: Bool) -> Double? {
      let placement = value.map(scale.place) ?? .notFinite
      if case .at(let fraction) = placement { return fraction }
      if isNeeded { reasons.append(placement) }
      return nil
    }
    let (position, value) = isHorizontal ? (row.y, row.x) : (row.x, row.y)
    let isRule = channels == .either
    placed.position = find(position, on: self.position, isNeeded: !isRule || position != nil)
    placed.value = find(value, on: self.value, isNeeded: channels == .value || (isRule && value != nil))
    if let lower = self.value.place(bound: row.lower), let upper = self.value.place(bound: row.upper) {
      (placed.lower, placed.isLowerCut) = lower
      (placed.upper, placed.isUpperCut) = upper
    }
    let lacksInterval = channels == .interval && placed.lower == nil
    // Wholly beyond one end: nothing of it can be seen.
    let isBeyond =
      channels == .interval && (placed.isLowerCut || placed.isUpperCut) && placed.lower == placed.upper
    if isBeyond { reasons.append(.outside) }
    placed.isDrawn =
      reasons.isEmpty && !lacksInterval && (!isRule || (position == nil) != (value == nil))
    count(
      row, index, reasons.first, lacksInterval,
      isCut: channels == .interval && (placed.isLowerCut || placed.isUpperCut))
    return placed
  }

  private mutating func count(
    _ row: ChartRow, _ index: Int, _ reason: Placement?, _ lacksInterval: Bool, isCut: Bool
  ) {
    func isNew(_ kind: Int) -> Bool { counted.insert(CountedRow(row, index: index, kind: kind)).inserted }
    switch reason {
    case .notFinite: if isNew(0) { omitted.notFinite += 1 }
    case .notPositive: if isNew(0) { omitted.notPositive += 1 }
    case .outside: if isNew(0) { omitted.outsideDomain += 1 }
    case .at, nil:
      if lacksInterval {
        if isNew(1) { omitted.withoutInterval += 1 }
      } else if isCut, isNew(2) {
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
    bounds = [row.lower.bitPattern, row.upper.bitPattern]
    names = [row.series, row.facet, row.label]
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
