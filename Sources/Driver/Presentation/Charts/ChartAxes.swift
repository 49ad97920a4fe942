import Charts
import Claims
import Studies

/// A chart without rows: axes, groups and their orders, as the layers ask for them.
struct ChartAxes {
  let evaluation: Evaluation
  let block: ChartBlock
  /// What the layers draw: categories that no row has get no place.
  let layers: [ChartLayerData]

  var chart: Chart {
    var chart = Chart(title: "", description: "", layers: [], x: axis(.x), y: axis(.y))
    chart.series = grouping(.color)
    chart.shape = grouping(.shape)
    if let binding = shading {
      chart.series = ChartGrouping()
      var isLogarithmic = false
      if case .log = binding.scale { isLogarithmic = true }
      chart.shade = ChartShading(binding.title ?? binding.text, isLogarithmic: isLogarithmic)
    }
    if let size = first(.size) { chart.sizeTitle = size.title ?? size.text }
    chart.facet = panels(block.facet.column)
    chart.row = panels(block.facet.row)
    return chart
  }

  /// A category, a number or a moment from a column's text.
  static func value(_ text: String, _ binding: ChartBlock.Binding, isBanded: Bool) -> ChartValue {
    switch binding.scale {
    case .time: .number(CivilTime.seconds(iso: text) ?? Double(text) ?? .nan)
    case .band, .ordinal: .category(text)
    case .automatic where isBanded || !binding.isNumeric: .category(text)
    default: .number(Double(text) ?? .nan)
    }
  }

  private func first(_ channel: ChartChannel) -> ChartBlock.Binding? {
    block.layers.lazy.compactMap { $0.channels[channel] }.first
  }

  /// The binding whose numbers become shades.
  private var shading: ChartBlock.Binding? {
    for layer in block.layers {
      guard let color = layer.channels[.color] else { continue }
      if !color.isColumn || layer.shadesRows { return color }
    }
    return nil
  }

  private func axis(_ channel: ChartChannel) -> ChartAxis {
    let layers = block.layers.filter { $0.channels[channel] != nil }
    guard let layer = layers.first, let binding = layer.channels[channel] else { return ChartAxis() }
    let title = layers.lazy.compactMap { $0.channels[channel]?.title }.first ?? binding.text
    return ChartAxis(title, scale(binding, channel, layer))
  }

  private func scale(
    _ binding: ChartBlock.Binding, _ channel: ChartChannel, _ layer: ChartBlock.Layer
  ) -> ChartScale {
    switch binding.scale {
    case .linear(let domain): return .linear(domain: domain)
    case .log(let domain): return .log(domain: domain)
    case .symlog(let domain): return .symlog(domain: domain)
    case .time: return .time()
    case .band: return .category(order: present(binding, channel))
    case .ordinal: return .places(order: present(binding, channel))
    case .automatic: break
    }
    let isValue =
      layer.readsRows
      ? binding.isNumeric && (channel == .y || layer.channels[.y]?.isNumeric != true) : !binding.isColumn
    let isBand =
      layer.form.shadesCells || (layer.form.isBanded ? !isValue : !binding.isNumeric)
    return isBand ? .category(order: present(binding, channel)) : .linear()
  }

  /// The order of the categories that are drawn.
  private func present(_ binding: ChartBlock.Binding, _ channel: ChartChannel) -> [String] {
    let path = channel == .x ? \ChartRow.x : \ChartRow.y
    let names = Set(
      layers.lazy.flatMap(\.rows).compactMap { row -> String? in
        if case .category(let name)? = row[keyPath: path] { name } else { nil }
      })
    return order(binding, channel).filter(names.contains)
  }

  private func grouping(_ channel: ChartChannel) -> ChartGrouping {
    guard let binding = first(channel), binding.isColumn else { return ChartGrouping() }
    return ChartGrouping(binding.title ?? binding.text, order: order(binding, channel))
  }

  private func panels(_ column: String?) -> ChartGrouping {
    guard let column else { return ChartGrouping() }
    return ChartGrouping(column, order: levels(column, block.layers[0]).map(\.name))
  }

  /// The values of a column: those that the author puts first, then by the levels' order, or by their means.
  private func order(_ binding: ChartBlock.Binding, _ channel: ChartChannel) -> [String] {
    guard case .column(let name) = binding.content,
      let layer = block.layers.first(where: { $0.channels[channel] != nil })
    else { return [] }
    let levels = levels(name, layer)
    switch binding.sort {
    case nil: return levels.map(\.name)
    case .order(let first): return first + levels.map(\.name).filter { !first.contains($0) }
    case .ascending, .descending:
      let means = levels.map { (name: $0.name, mean: $0.mean()) }
      let known = means.filter { !$0.mean.isNaN }.sorted { $0.mean < $1.mean }.map(\.name)
      let rest = means.filter(\.mean.isNaN).map(\.name)
      if case .descending? = binding.sort { return known.reversed() + rest }
      return known + rest
    }
  }

  private struct Level {
    let name: String
    /// The value by which levels are sorted.
    let mean: () -> Double
  }

  private func levels(_ column: String, _ layer: ChartBlock.Layer) -> [Level] {
    if layer.readsRows {
      guard let name = layer.table, let table = evaluation.evaluator.tables[name] else { return [] }
      return Groups.combinations(
        of: [column], in: [table], schemas: [evaluation.scope.schema(name)].compactMap { $0 }
      ).map { group in
        Level(name: group[0].value) {
          let rows = evaluation.evaluator.rows(of: name, meeting: layer.filter)
            .filter { table.text(column, row: $0) == group[0].value }
          let binding = [ChartChannel.y, .x].lazy.compactMap { layer.channels[$0] }.first(where: \.isNumeric)
          guard case .column(let value)? = binding?.content, case .numbers(let numbers)? = table[value] else {
            return .nan
          }
          let known = rows.map { numbers[$0] }.filter { !$0.isNaN }
          return known.reduce(0, +) / Double(known.count)
        }
      }
    }
    let expressions = layer.expressions
    return evaluation.groups(of: [column], for: expressions).map { group in
      Level(name: group[0].value) {
        guard let expression = expressions.first,
          case .success(let estimate) = evaluation.estimate(expression, within: group, unit: block.unit)
        else { return .nan }
        return estimate.value
      }
    }
  }
}
