import Charts
import Claims
import Reports
import Studies

/// The data of a chart as a table: estimates one by one, rows as counts and quartiles of each group.
struct ChartDataTable {
  let block: ChartBlock
  let layers: [ChartLayerData]

  /// More lines than this are too many to read.
  private static let most = 100

  func view(caption: String) -> TableView {
    // The widest layer speaks for the chart; others mostly draw the same.
    let tables = zip(block.layers, layers).map { layer, data in
      layer.readsRows ? summaries(layer, data) : estimates(layer, data)
    }
    let table = tables.max { $0.rows.count < $1.rows.count } ?? Table(headers: [], titles: 0, rows: [])
    let hidden = table.rows.count - Self.most
    return TableView(
      name: "\(block.name)-data", caption: "Data of the chart: \(caption)", headers: table.headers,
      rowHeaderCount: table.titles, rows: Array(table.rows.prefix(Self.most)),
      notes: hidden > 0
        ? ["\(count(hidden, "further line")) not listed; 'assay export' prints all rows."] : [])
  }

  private struct Table {
    let headers: [String]
    let titles: Int
    let rows: [[TableView.Cell]]
  }

  private func estimates(_ layer: ChartBlock.Layer, _ data: ChartLayerData) -> Table {
    let channels = ChartChannel.allCases.filter { layer.channels[$0].map { !$0.isColumn } ?? false }
    let headers = channels.map { channel in layer.channels[channel].map { $0.title ?? $0.text } ?? "" }
    return Table(
      headers: data.columns + headers + ["n"], titles: data.columns.count,
      rows: data.points.map { point in
        point.group.map { Self.name($0.value) }
          + channels.map { channel in
            guard let estimate = point.estimate(channel) else {
              return TableView.Cell(text: "–", isNumeric: true)
            }
            let text = EstimateText(estimate)
            return TableView.Cell(
              text: text.value, interval: text.interval, isNumeric: true, number: estimate.value,
              ends: estimate.interval.map { [$0.lower, $0.upper] })
          } + [Self.number(point.main?.rows ?? 0)]
      })
  }

  /// Least, quartiles and greatest of the values of each group.
  private func summaries(_ layer: ChartBlock.Layer, _ data: ChartLayerData) -> Table {
    if !layer.columns.isEmpty { return columnSummaries(layer, data) }
    let channel: ChartChannel =
      layer.form.shadesCells
      ? .color : layer.form.score == .text ? .text : layer.channels[.y]?.isNumeric ?? false ? .y : .x
    let binding = layer.channels[channel]
    func value(_ row: ChartRow) -> Double? {
      switch channel {
      case .color: row.shade
      case .text: Double(row.label)
      case .y: row.y?.number
      default: row.x?.number
      }
    }
    var keys: [[String]] = []
    var values: [[String]: [Double]] = [:]
    for row in data.rows {
      let key = names(row, layer)
      if values[key] == nil { keys.append(key) }
      values[key, default: []].append(value(row) ?? .nan)
    }
    let titles = keyTitles(layer)
    return Table(
      headers: titles + Self.heads(binding.map { $0.title ?? $0.text } ?? "value"), titles: titles.count,
      rows: keys.map { key in
        key.map(Self.name) + Self.cells(values[key] ?? [])
      })
  }

  private func columnSummaries(_ layer: ChartBlock.Layer, _ data: ChartLayerData) -> Table {
    let numeric = layer.columns.filter(\.isNumeric)
    return Table(
      headers: ["column"] + Self.heads("value"), titles: 1,
      rows: numeric.map { column in
        let name = column.title ?? column.text
        let values = data.rows.filter { $0.x == .category(name) }.map { $0.y?.number ?? .nan }
        return [TableView.Cell(text: name, isNumeric: false)] + Self.cells(values)
      })
  }

  private func keyTitles(_ layer: ChartBlock.Layer) -> [String] {
    var titles = [block.facet.column, block.facet.row].compactMap { $0 }
    for channel in keyChannels(layer) {
      titles.append(layer.channels[channel].map { $0.title ?? $0.text } ?? "")
    }
    return titles
  }

  /// Channels whose values are names in this layer's rows.
  private func keyChannels(_ layer: ChartBlock.Layer) -> [ChartChannel] {
    [ChartChannel.color, .shape, .x, .y].filter { channel in
      guard let binding = layer.channels[channel] else { return false }
      // Of cells the places are too many to name.
      if layer.form.shadesCells { return false }
      switch channel {
      case .color: return !layer.shadesRows
      case .x: return layer.form.isBanded && (layer.channels[.y]?.isNumeric ?? false) || !binding.isNumeric
      case .y: return !binding.isNumeric
      default: return true
      }
    }
  }

  private func names(_ row: ChartRow, _ layer: ChartBlock.Layer) -> [String] {
    var names: [String] = []
    if block.facet.column != nil { names.append(row.facet ?? "") }
    if block.facet.row != nil { names.append(row.row ?? "") }
    for channel in keyChannels(layer) {
      switch channel {
      case .color: names.append(row.series)
      case .shape: names.append(row.shape)
      default:
        if case .category(let name)? = channel == .x ? row.x : row.y {
          names.append(name)
        } else {
          names.append("")
        }
      }
    }
    return names
  }

  private static func heads(_ value: String) -> [String] {
    ["n", "least \(value)", "lower quartile", "median", "upper quartile", "greatest"]
  }

  private static func cells(_ values: [Double]) -> [TableView.Cell] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    let count = number(sorted.count)
    guard !sorted.isEmpty else {
      return [count] + (0..<5).map { _ in TableView.Cell(text: "–", isNumeric: true) }
    }
    return [count]
      + [0, 0.25, 0.5, 0.75, 1].map { share in
        let rank = share * Double(sorted.count - 1)
        let (below, above) = (sorted[Int(rank)], sorted[min(Int(rank) + 1, sorted.count - 1)])
        let value = below + (rank - rank.rounded(.down)) * (above - below)
        return TableView.Cell(text: NumberText.significant(value, digits: 4), isNumeric: true, number: value)
      }
  }

  /// What tells a row of the table from others, which may be a number.
  private static func name(_ text: String) -> TableView.Cell {
    TableView.Cell(text: text, isNumeric: Double(text) != nil, number: Double(text))
  }

  private static func number(_ count: Int) -> TableView.Cell {
    TableView.Cell(text: NumberText.count(count), isNumeric: true, number: Double(count))
  }
}
