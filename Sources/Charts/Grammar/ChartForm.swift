/// Something an author can ask for by name: a mark with what belongs to it, or a preset of several.
///
/// To add one: a file with a static member here, and a line in `ChartForms`.
package struct ChartForm: Sendable {
  /// What the rows are.
  package enum Reading: Sendable {
    /// One row a group, its value an estimate with an interval.
    case estimates
    /// One row for each row of the table.
    case values
  }

  /// As authors write it.
  package let name: String
  /// One sentence for the manual: what it shows.
  package let summary: String
  package let reading: Reading
  /// Channels it cannot do without.
  package let needs: [ChartChannel]
  /// Channels that it has a use for besides; `facet` and `row` are open to all.
  package let takes: [ChartChannel]
  /// Positions are categories even where they are numbers.
  package let isBanded: Bool
  /// Numbers in color become shades, row by row, rather than groups.
  package let readsShades: Bool
  /// The estimate is in color, as a shade; x and y group.
  package let shadesCells: Bool
  /// The channel of the scores, where it makes a difference whether larger or smaller ones are better.
  package let score: ChartChannel?
  /// Adds layers to the chart, and sets axes where the form demands it.
  package let compose: @Sendable (FormInput, inout Chart) -> Void

  init(
    _ name: String, _ summary: String, reading: Reading = .estimates, needs: [ChartChannel],
    takes: [ChartChannel] = [.color, .shape, .detail], isBanded: Bool = false,
    readsShades: Bool = false, shadesCells: Bool = false, score: ChartChannel? = nil,
    compose: @escaping @Sendable (FormInput, inout Chart) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.reading = reading
    self.needs = needs
    self.takes = takes
    self.isBanded = isBanded
    self.readsShades = readsShades
    self.shadesCells = shadesCells
    self.score = score
    self.compose = compose
  }

  /// The channel can be given.
  package func accepts(_ channel: ChartChannel) -> Bool { needs.contains(channel) || takes.contains(channel) }
}

/// What of a row an author can bind to a column or an expression.
package enum ChartChannel: String, CaseIterable, Sendable {
  case x, y, color, shape, size, detail, text
  /// Several columns, an axis each.
  case columns
}

/// What a form draws.
package struct FormInput: Sendable {
  package var rows: [ChartRow]
  /// Intervals are drawn where the form draws any.
  package var showsIntervals = true
  /// Finds the curve, for forms that draw a fitted one.
  package var fit: FitMethod?
  /// Where the curve is fitted; beyond it the curve is an extrapolation.
  package var fitWindow: ClosedRange<Double>?
  /// About how many bins; nil: by the data.
  package var bins: Int?
  /// Smaller scores are better.
  package var isSmallerBetter = false
  /// Columns of parallel coordinates on a logarithmic axis.
  package var logarithmicColumns: Set<String> = []
  /// By how much mean ranks of that many treatments over that many blocks must differ.
  package var criticalDifference: (@Sendable (_ treatments: Int, _ blocks: Int) -> Double)?
  /// How alike two columns rank the same rows, from −1 to 1.
  package var rankCorrelation: (@Sendable ([Double], [Double]) -> Double)?

  package init(rows: [ChartRow]) { self.rows = rows }

  /// Distinct positions are many enough for a curve rather than points.
  func isCurve(_ axis: KeyPath<ChartRow, ChartValue?>) -> Bool {
    var seen: Set<ChartValue> = []
    for row in rows {
      if let value = row[keyPath: axis] { seen.insert(value) }
      if seen.count > 6 { return true }
    }
    return false
  }
}

extension Chart {
  /// Where positions are read from: y where it alone is of categories.
  var positionPath: WritableKeyPath<ChartRow, ChartValue?> {
    y.scale.isCategory && !x.scale.isCategory ? \.y : \.x
  }

  /// Where values are read from.
  var valuePath: WritableKeyPath<ChartRow, ChartValue?> {
    y.scale.isCategory && !x.scale.isCategory ? \.x : \.y
  }

  /// The scale values lie on.
  var valueScale: ChartScale { y.scale.isCategory && !x.scale.isCategory ? x.scale : y.scale }

  /// Rows without a position share one band on a hidden axis.
  mutating func inBands(_ rows: [ChartRow]) -> [ChartRow] {
    guard rows.contains(where: { $0.x == nil || $0.y == nil }) else { return rows }
    let path = rows.contains { $0.x == nil } ? \ChartRow.x : \ChartRow.y
    if path == \ChartRow.x {
      x = ChartAxis("", .category(), isHidden: true)
    } else {
      y = ChartAxis("", .category(), isHidden: true)
    }
    return rows.map { row in
      var row = row
      row[keyPath: path] = .category("all")
      return row
    }
  }
}
