extension ChartForm {
  /// Tukey's boxes.
  static let box = ChartForm(
    "box",
    "median, quartiles, and whiskers to the outermost values within 1.5 interquartile ranges; the rest as points",
    reading: .values, needs: [.y], takes: [.x, .color], isBanded: true
  ) { input, chart in
    let rows = chart.inBands(input.rows)
    let (position, value) = (chart.positionPath, chart.valuePath)
    var (whiskers, boxes, medians, outliers): ([ChartRow], [ChartRow], [ChartRow], [ChartRow]) = (
      [], [], [], []
    )
    for group in rows.grouped(by: position) {
      guard let summary = BoxSummary(group.numbers(value)) else { continue }
      func row(_ lower: Double, _ upper: Double) -> ChartRow {
        var row = group.prototype
        (row.lower, row.upper) = (lower, upper)
        return row
      }
      whiskers += [
        row(summary.lowerWhisker, summary.lowerQuartile), row(summary.upperQuartile, summary.upperWhisker),
      ]
      boxes.append(row(summary.lowerQuartile, summary.upperQuartile))
      var median = group.prototype
      median[keyPath: value] = .number(summary.median)
      medians.append(median)
      outliers += summary.outliers.map { number in
        var row = group.prototype
        row[keyPath: value] = .number(number)
        return row
      }
    }
    chart.layers += [
      ChartLayer(ErrorBarMark(hasCaps: false, dodges: .fully), whiskers),
      ChartLayer(RangeMark(hasOutline: true), boxes), ChartLayer(.tick, medians),
      ChartLayer(StripMark(spread: 0.2), outliers),
    ]
  }
}
