import Charts
import Claims
import Reports
import Statistics
import Studies

/// Chart blocks: rows for every layer, composed by the forms the author named, with their data as a table.
struct ChartPresentation {
  let evaluation: Evaluation
  /// What the claims came to, for forest plots of them.
  let judgements: [Judgement]

  func view(_ block: ChartBlock) -> ChartView {
    if let claims = block.claims {
      return ClaimForest(judgements: judgements.filter { claims.contains($0.claim.name) }).view(block)
    }
    let layers = block.layers.map { layer in
      layer.readsRows
        ? ChartLayerData(rows: ChartTableRows(evaluation: evaluation, block: block, layer: layer))
        : ChartLayerData(estimates: ChartEstimates(evaluation: evaluation, block: block, layer: layer))
    }
    var chart = ChartAxes(evaluation: evaluation, block: block, layers: layers).chart
    let caption = block.caption ?? Self.caption(block)
    chart.title = caption
    chart.description = ChartDescription(block: block, layers: layers).text
    chart.layers = references(block, chart)
    for (layer, data) in zip(block.layers, layers) {
      layer.form.compose(input(layer, data.rows), &chart)
      if layer.options.fit != nil, layer.form.name != "power-law-fit" {
        ChartForm.fit.compose(input(layer, data.rows), &chart)
      }
    }
    let picture = chart.picture(id: "chart-\(block.name)")
    return ChartView(
      name: block.name, caption: caption, svg: picture.svg, alternative: chart.description,
      data: ChartDataTable(block: block, layers: layers).view(caption: caption),
      notes: notes(block, layers) + picture.notes
        + markSentences(layers.flatMap(\.marks)))
  }

  private static func caption(_ block: ChartBlock) -> String {
    guard let layer = block.layers.first else { return block.name }
    let bindings = layer.channels
    let value = bindings[.y] ?? bindings[.x]
    let name = value.map { $0.title ?? $0.text } ?? layer.form.name
    guard let x = bindings[.x], bindings[.y] != nil else { return name }
    return "\(name) by \(x.title ?? x.text)"
  }

  private func references(_ block: ChartBlock, _ chart: Chart) -> [ChartLayer] {
    let rows = block.references.map { reference in
      // A bare number lies on the axis of values.
      let isVertical = reference.isVertical ?? (chart.y.scale.isCategory && !chart.x.scale.isCategory)
      return ChartRow(
        x: isVertical ? .number(reference.value) : nil, y: isVertical ? nil : .number(reference.value),
        label: reference.label)
    }
    return rows.isEmpty ? [] : [ChartLayer(.rule, rows)]
  }

  private func input(_ layer: ChartBlock.Layer, _ rows: [ChartRow]) -> FormInput {
    var input = FormInput(rows: rows)
    input.showsIntervals = layer.options.showsIntervals
    input.fit = layer.options.fit.map(FitMethods.method)
    input.fitWindow = layer.options.fitWindow
    input.bins = layer.channels[.x]?.bins
    input.isSmallerBetter = layer.options.isSmallerBetter
    input.criticalDifference = FitMethods.criticalDifference
    input.rankCorrelation = { kendallTauB(PairedSample($0, $1)) }
    input.logarithmicColumns = Set(
      layer.columns.filter { if case .log = $0.scale { true } else { false } }.map { $0.title ?? $0.text })
    return input
  }

  private func notes(_ block: ChartBlock, _ layers: [ChartLayerData]) -> [String] {
    let shows = zip(block.layers, layers).contains { layer, data in
      layer.options.showsIntervals && data.points.contains { $0.main?.interval != nil }
        && !layer.form.shadesCells
    }
    guard shows, !block.unit.isEmpty else { return [] }
    return ["Bars and bands are 95 % intervals over \(block.unit.joined(separator: ", "))."]
  }
}

/// A layer's rows, and what they came from.
struct ChartLayerData {
  let rows: [ChartRow]
  /// The groups with their estimates; empty where rows of a table are drawn.
  let points: [ChartEstimates.Point]
  /// The columns that group, in order.
  let columns: [String]
  let marks: [String]

  init(estimates: ChartEstimates) {
    points = estimates.points
    columns = estimates.columns
    rows = points.map(estimates.row)
    marks = points.flatMap { $0.estimates.flatMap { $0.estimate.marks } }
  }

  init(rows source: ChartTableRows) {
    points = []
    columns = source.groupColumns
    rows = source.rows
    marks = source.marks
  }
}
