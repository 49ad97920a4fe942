import Charts
import Claims
import Reports
import Studies

/// Chart blocks: an expression for every point, drawn with its interval.
struct ChartPresentation {
  let evaluation: Evaluation

  private struct Point {
    let group: [(column: String, value: String)]
    let estimate: Estimate
  }

  func view(_ block: ChartBlock) -> ChartView {
    let columns = [block.facet, block.color, block.x.field].compactMap { $0 }
    let points = evaluation.groups(of: columns, for: [block.value]).compactMap { group -> Point? in
      guard case .success(let estimate) = evaluation.estimate(block.value, within: group, unit: block.unit)
      else {
        return nil
      }
      return Point(group: group, estimate: estimate)
    }
    let caption = block.caption ?? "\(block.value.text) by \(block.x.field)"
    let chart = chart(block, points, caption: caption)
    let marks = points.flatMap(\.estimate.marks).map(markSentence).reduce(into: [String]()) { found, mark in
      if !found.contains(mark) { found.append(mark) }
    }
    let units =
      block.unit.isEmpty
      ? [] : ["Bars and bands are 95 % intervals over \(block.unit.joined(separator: ", "))."]
    return ChartView(
      name: block.name, caption: caption, svg: chart.svg(id: "chart-\(block.name)"),
      alternative: chart.description,
      data: data(block, points, columns, caption),
      notes: units + [chart.omitted.note].compactMap { $0 } + marks)
  }

  private func chart(_ block: ChartBlock, _ points: [Point], caption: String) -> Chart {
    let isNumeric = evaluation.isNumeric(block.x.field, for: block.value)
    let rows = points.map { point in row(point, block, isNumeric: isNumeric) }
    var layers: [ChartLayer] = []
    if let reference = block.reference { layers.append(ChartLayer(.rule, [ChartRow(y: .number(reference))])) }
    switch block.mark {
    case .line:
      // A band needs a curve; a few points show their intervals better as bars.
      let isCurve = Set(rows.compactMap(\.x)).count > 6
      layers += [ChartLayer(isCurve ? .band : .errorBar, rows), ChartLayer(.line, rows)]
      if !isCurve { layers.append(ChartLayer(.point, rows)) }
    case .point: layers += [ChartLayer(.errorBar, rows), ChartLayer(.point, rows)]
    case .bar: layers += [ChartLayer(.bar, rows), ChartLayer(.errorBar, rows)]
    }
    let x: ChartScale =
      isNumeric && block.mark != .bar ? (block.x.isLogarithmic ? .log() : .linear()) : .category()
    return Chart(
      title: caption, description: description(block, points), layers: layers,
      x: ChartAxis(block.x.title ?? block.x.field, x),
      y: ChartAxis(block.y.title ?? block.value.text, block.y.isLogarithmic ? .log() : .linear()),
      series: ChartGrouping(block.color ?? ""), facet: ChartGrouping(block.facet ?? ""))
  }

  private func row(_ point: Point, _ block: ChartBlock, isNumeric: Bool) -> ChartRow {
    func value(_ column: String?) -> String? { point.group.first { $0.column == column }?.value }
    let x = value(block.x.field) ?? ""
    let position = isNumeric && block.mark != .bar ? ChartValue.number(Double(x) ?? .nan) : .category(x)
    return ChartRow(
      x: position, y: .number(point.estimate.value), lower: point.estimate.interval?.lower ?? .nan,
      upper: point.estimate.interval?.upper ?? .nan, series: value(block.color) ?? "",
      facet: value(block.facet))
  }

  /// What the picture shows, in words: what is drawn, and the least and the greatest value with their places.
  private func description(_ block: ChartBlock, _ points: [Point]) -> String {
    let known = points.filter { $0.estimate.value.isFinite }
    var text = "\(block.y.title ?? block.value.text) by \(block.x.title ?? block.x.field)"
    if let color = block.color { text += ", one series for each \(color)" }
    if let facet = block.facet { text += ", one panel for each \(facet)" }
    guard let least = known.min(by: { $0.estimate.value < $1.estimate.value }),
      let greatest = known.max(by: { $0.estimate.value < $1.estimate.value })
    else { return text + ". There are no values." }
    func place(_ point: Point) -> String {
      point.group.map { "\($0.column) \($0.value)" }.joined(separator: ", ")
    }
    return text + ". Least \(EstimateText(least.estimate).value) at \(place(least)); "
      + "greatest \(EstimateText(greatest.estimate).value) at \(place(greatest))."
  }

  private func data(_ block: ChartBlock, _ points: [Point], _ columns: [String], _ caption: String)
    -> TableView
  {
    TableView(
      name: "\(block.name)-data", caption: "Data of the chart: \(caption)",
      headers: columns + [block.y.title ?? block.value.text, "n"], rowHeaderCount: columns.count,
      rows: points.map { point in
        let text = EstimateText(point.estimate)
        return point.group.map { TableView.Cell(text: $0.value, isNumeric: Double($0.value) != nil) } + [
          TableView.Cell(
            text: text.value, interval: text.interval, evidence: point.estimate.grounds, isNumeric: true),
          TableView.Cell(text: NumberText.count(point.estimate.rows), isNumeric: true),
        ]
      }, notes: [])
  }
}
