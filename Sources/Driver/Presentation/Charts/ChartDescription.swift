import Charts
import Claims
import Studies

/// What a picture shows, in words, for those who cannot see it: what is drawn, how much of it, and the least and
/// the greatest value with their places.
struct ChartDescription {
  let block: ChartBlock
  let layers: [ChartLayerData]

  var text: String {
    zip(block.layers, layers).map(sentence).joined(separator: " ")
  }

  private func sentence(_ layer: ChartBlock.Layer, _ data: ChartLayerData) -> String {
    func name(_ channel: ChartChannel) -> String? { layer.channels[channel].map { $0.title ?? $0.text } }
    var text = layer.form.name
    if !layer.columns.isEmpty {
      text += " of " + layer.columns.map { $0.title ?? $0.text }.joined(separator: ", ")
    }
    let axes = [name(.y), name(.x)].compactMap { $0 }
    if !axes.isEmpty { text += ": " + axes.joined(separator: " by ") }
    if let color = name(.color) {
      let isGroup = layer.channels[.color]?.isColumn == true && !layer.shadesRows
      text += isGroup ? ", colours for \(color)" : ", shades for \(color)"
    }
    let panels = [block.facet.column, block.facet.row].compactMap { $0 }
    if !panels.isEmpty { text += ", panels for \(panels.joined(separator: " and "))" }
    return text + ". " + (layer.readsRows ? extent(layer, data) : extremes(data))
  }

  private func extremes(_ data: ChartLayerData) -> String {
    let known = data.points.filter { $0.main?.value.isFinite ?? false }
    func value(_ point: ChartEstimates.Point) -> Double { point.main?.value ?? .nan }
    guard let least = known.min(by: { value($0) < value($1) }),
      let greatest = known.max(by: { value($0) < value($1) })
    else { return "There are no values." }
    func words(_ point: ChartEstimates.Point) -> String {
      let place = point.group.map { "\($0.column) \($0.value)" }.joined(separator: ", ")
      let text = point.main.map { EstimateText($0).value } ?? "–"
      return place.isEmpty ? text : "\(text) at \(place)"
    }
    return "Least \(words(least)); greatest \(words(greatest))."
  }

  private func extent(_ layer: ChartBlock.Layer, _ data: ChartLayerData) -> String {
    let rows = data.rows.count / max(layer.columns.count, 1)
    var text = "\(count(rows, "row"))"
    for channel in [ChartChannel.x, .y] + (layer.form.shadesCells ? [.color] : []) {
      guard let binding = layer.channels[channel] else { continue }
      let numbers = data.rows.compactMap { row in
        channel == .color ? row.shade : (channel == .x ? row.x : row.y)?.number
      }.filter(\.isFinite)
      guard let low = numbers.min(), let high = numbers.max() else { continue }
      text +=
        "; \(binding.title ?? binding.text) from \(NumberText.significant(low, digits: 3)) to "
        + NumberText.significant(high, digits: 3)
    }
    return text + "."
  }
}
