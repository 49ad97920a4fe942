extension ChartForm {
  /// Lines of equal value.
  static let contour = ChartForm(
    "contour", "lines of equal value of color over a grid of x and y; without color, of the density of rows",
    reading: .values, needs: [.x, .y], takes: [.color], readsShades: true
  ) { input, chart in
    let (x, y) = (AxisMeasure(chart.x.scale), AxisMeasure(chart.y.scale))
    let hasValues = input.rows.contains { !$0.shade.isNaN }
    var (lines, labels): ([ChartRow], [ChartRow]) = ([], [])
    for group in input.rows.grouped() {
      let grid = hasValues ? Isolines.grid(group.rows, x: x, y: y) : Isolines.density(group.rows, x: x, y: y)
      guard let grid, let low = grid.values.filter({ !$0.isNaN }).min(),
        let high = grid.values.filter({ !$0.isNaN }).max(), high > low
      else { continue }
      let levels = NiceTicks(low, high, atMost: 8)
      for (level, name) in zip(levels.values, levels.labels) where level > low && level < high {
        for (number, line) in grid.lines(at: level).enumerated() {
          var rows = line.map { point in
            var row = group.prototype
            (row.x, row.y) = (.number(x.number(point.x)), .number(y.number(point.y)))
            row.detail = "\(name) \(number)"
            return row
          }
          labels += Self.labelPlaces(rows, name)
          for index in rows.indices { rows[index].shade = .nan }
          lines += rows
        }
      }
    }
    chart.layers += [
      ChartLayer(LineMark(form: .path, width: 1.6, isLabelled: false), lines),
      ChartLayer(TextMark(anchor: .middle, hasAlternatives: true), labels),
    ]
    if hasValues, !chart.shade.title.isEmpty { chart.notes.append("Lines join equal \(chart.shade.title).") }
    if !hasValues { chart.notes.append("Lines join equal density of rows (Epanechnikov's kernel).") }
  }

  /// Rows along a line at which its level may be written, its middle first.
  private static func labelPlaces(_ line: [ChartRow], _ name: String) -> [ChartRow] {
    [0.5, 0.25, 0.75, 0.12, 0.88, 0.38, 0.62].map { part in
      var row = line[Int(part * Double(line.count - 1))]
      row.label = name
      row.detail = name
      return row
    }
  }
}
