extension ChartForm {
  /// Every value.
  static let strip = ChartForm(
    "strip", "every value as a small point in its category's band, with a stroke at the median",
    reading: .values, needs: [.y], takes: [.x, .color], isBanded: true
  ) { input, chart in
    let rows = chart.inBands(input.rows)
    let (position, value) = (chart.positionPath, chart.valuePath)
    let medians = rows.grouped(by: position).compactMap { group -> ChartRow? in
      BoxSummary(group.numbers(value)).map { summary in
        var row = group.prototype
        row[keyPath: value] = .number(summary.median)
        return row
      }
    }
    chart.layers += [ChartLayer(.strip, rows), ChartLayer(TickMark(length: 0.9, isInLegend: false), medians)]
  }
}
