import Charts
import Claims
import Studies

/// A layer of estimates: one row for each group that its columns make, one estimate for each expression.
struct ChartEstimates {
  let evaluation: Evaluation
  let block: ChartBlock
  let layer: ChartBlock.Layer
  /// The columns that group, each once: panels first, then the layer's own.
  let columns: [String]
  private(set) var points: [Point] = []

  struct Point {
    let group: [(column: String, value: String)]
    let estimates: [(channel: ChartChannel, estimate: Estimate)]

    func estimate(_ channel: ChartChannel) -> Estimate? {
      estimates.first { $0.channel == channel }?.estimate
    }

    /// The estimate whose interval is drawn: on y, else on x, else the shade.
    var main: Estimate? { estimate(.y) ?? estimate(.x) ?? estimate(.color) }
  }

  init(evaluation: Evaluation, block: ChartBlock, layer: ChartBlock.Layer) {
    (self.evaluation, self.block, self.layer) = (evaluation, block, layer)
    let expressions = layer.expressions
    let schemas = expressions.flatMap(\.tables).compactMap(evaluation.scope.schema)
    var columns: [String] = []
    let own = ChartChannel.allCases.compactMap { channel -> String? in
      if case .column(let name)? = layer.channels[channel]?.content { name } else { nil }
    }
    // A panel's column that the layer's tables lack leaves the layer in every panel.
    let panels = [block.facet.column, block.facet.row].compactMap { $0 }
      .filter { name in schemas.contains { $0.column(name) != nil } }
    for name in panels + own where !columns.contains(name) { columns.append(name) }
    self.columns = columns
    points = evaluation.groups(of: columns, for: expressions).compactMap(point)
  }

  private func point(_ group: [(column: String, value: String)]) -> Point? {
    var estimates: [(channel: ChartChannel, estimate: Estimate)] = []
    for channel in ChartChannel.allCases {
      guard case .expression(let expression)? = layer.channels[channel]?.content else { continue }
      guard case .success(let estimate) = evaluation.estimate(expression, within: group, unit: block.unit)
      else { return nil }
      estimates.append((channel, estimate))
    }
    let point = Point(group: group, estimates: estimates)
    // A group that the condition leaves nothing of is no point.
    return point.main?.rows == 0 ? nil : point
  }

  func row(_ point: Point) -> ChartRow {
    func text(_ column: String?) -> String? { point.group.first { $0.column == column }?.value }
    func text(_ channel: ChartChannel) -> String {
      switch layer.channels[channel]?.content {
      case .column(let name)?: return text(name) ?? ""
      case .expression(let expression)?:
        return point.estimate(channel).map { EstimateText($0, format: expression.format).value } ?? ""
      case nil: return ""
      }
    }
    var row = ChartRow(
      x: value(.x, point, text(.x)), y: value(.y, point, text(.y)), facet: text(block.facet.column))
    row.row = text(block.facet.row)
    if let interval = (point.estimate(.y) ?? point.estimate(.x))?.interval {
      (row.lower, row.upper) = (interval.lower, interval.upper)
    }
    if let shade = point.estimate(.color) { row.shade = shade.value } else { row.series = text(.color) }
    row.shape = layer.channels[.shape]?.text == layer.channels[.color]?.text ? "" : text(.shape)
    row.detail = text(.detail)
    row.size = point.estimate(.size)?.value ?? .nan
    row.label = text(.text)
    switch layer.form.name {
    case "rule" where row.label.isEmpty: row.label = row.series
    case "rect": row.label = text(.color)
    default: break
    }
    return row
  }

  private func value(_ channel: ChartChannel, _ point: Point, _ text: String) -> ChartValue? {
    guard let binding = layer.channels[channel] else { return nil }
    if let estimate = point.estimate(channel) { return .number(estimate.value) }
    return ChartAxes.value(text, binding, isBanded: layer.form.isBanded)
  }
}
