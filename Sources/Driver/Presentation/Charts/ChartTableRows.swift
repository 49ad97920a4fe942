import Charts
import Claims
import Experiments
import Studies

/// A layer of rows: each row of a table that meets the layer's condition, as it is.
struct ChartTableRows {
  let evaluation: Evaluation
  let block: ChartBlock
  let layer: ChartBlock.Layer
  private(set) var rows: [ChartRow] = []
  /// What a reader must know of the table.
  private(set) var marks: [String] = []

  init(evaluation: Evaluation, block: ChartBlock, layer: ChartBlock.Layer) {
    (self.evaluation, self.block, self.layer) = (evaluation, block, layer)
    guard let name = layer.table, let table = evaluation.evaluator.tables[name] else { return }
    let schema = evaluation.scope.schema(name)
    if schema?.isLeaky ?? false { marks.append("leaky") }
    if schema?.isExternal ?? false { marks.append("external") }
    for row in evaluation.evaluator.rows(of: name, meeting: layer.filter) {
      rows += layer.columns.isEmpty ? [chartRow(row, table)] : foldedRows(row, table)
    }
  }

  /// The columns that tell groups apart, for the chart's data.
  var groupColumns: [String] {
    var names: [String] = []
    let own = [ChartChannel.color, .shape, .x, .y].compactMap { channel -> String? in
      guard let binding = layer.channels[channel], case .column(let name) = binding.content else {
        return nil
      }
      return binding.isNumeric && !(channel == .x && bandsX) ? nil : name
    }
    for name in [block.facet.column, block.facet.row].compactMap({ $0 }) + own where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// The columns that tell details apart: a level of a nested unit is one only with the levels it is nested in, such as a
  /// search of an outer seed.
  private var detail: [String]? {
    guard case .column(let name)? = layer.channels[.detail]?.content, let table = layer.table,
      let schema = evaluation.scope.schema(table)
    else { return nil }
    return [name] + (schema.nestedIn[name] ?? []).filter { schema.column($0)?.role == .unit }
  }

  private var bandsX: Bool { layer.form.isBanded && layer.channels[.y]?.isNumeric == true }

  private func chartRow(_ index: Int, _ table: ResultTable) -> ChartRow {
    func text(_ name: String?) -> String? {
      name.flatMap { table[$0] == nil ? nil : table.text($0, row: index) }
    }
    func text(_ channel: ChartChannel) -> String {
      guard case .column(let name)? = layer.channels[channel]?.content else { return "" }
      return text(name) ?? ""
    }
    var row = ChartRow(
      x: value(.x, index, table), y: value(.y, index, table), facet: text(block.facet.column))
    row.row = text(block.facet.row)
    row.detail = (detail ?? []).compactMap(text).joined(separator: " of ")
    row.label = text(.text)
    if let color = layer.channels[.color] {
      if layer.shadesRows, case .column(let name) = color.content {
        row.shade = Self.number(name, index, table)
      } else {
        row.series = text(.color)
      }
    }
    if layer.channels[.shape]?.text != layer.channels[.color]?.text { row.shape = text(.shape) }
    if case .column(let name)? = layer.channels[.size]?.content { row.size = Self.number(name, index, table) }
    return row
  }

  private func value(_ channel: ChartChannel, _ index: Int, _ table: ResultTable) -> ChartValue? {
    guard let binding = layer.channels[channel], case .column(let name) = binding.content else { return nil }
    let isBanded = layer.form.shadesCells || layer.form.isBanded && channel == .x && bandsX
    guard binding.isNumeric, !isBanded else {
      return ChartAxes.value(table.text(name, row: index), binding, isBanded: layer.form.isBanded)
    }
    return .number(Self.number(name, index, table))
  }

  /// A row for each of the columns, all of one detail.
  private func foldedRows(_ index: Int, _ table: ResultTable) -> [ChartRow] {
    let base = chartRow(index, table)
    return layer.columns.compactMap { column in
      guard case .column(let name) = column.content else { return nil }
      var row = base
      row.x = .category(column.title ?? name)
      let text = table.text(name, row: index)
      // A row that lacks the setting has no place on its axis.
      row.y = column.isNumeric || text.isEmpty ? .number(Self.number(name, index, table)) : .category(text)
      row.detail = "\(index)"
      return row
    }
  }

  private static func number(_ name: String, _ index: Int, _ table: ResultTable) -> Double {
    if case .numbers(let values)? = table[name] { values[index] } else { .nan }
  }
}
