extension ChartForm {
  /// What a measure does as a hyperparameter moves.
  static let responseCurve = ChartForm(
    "response-curve",
    "every trial by a hyperparameter (x) and a measure (y), with medians and quartiles of bins",
    reading: .values, needs: [.x, .y], takes: [.color]
  ) { input, chart in
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      let points = group.points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
      // At least eight trials a bin, at most twelve bins.
      let count = min(max(points.count / 8, 1), input.bins ?? 12)
      return (0..<count).compactMap { bin -> ChartRow? in
        let part = points[(bin * points.count / count)..<((bin + 1) * points.count / count)]
        guard let summary = BoxSummary(part.map(\.y)), let middle = BoxSummary(part.map(\.x)) else {
          return nil
        }
        var row = group.prototype
        (row.x, row.y) = (.number(middle.median), .number(summary.median))
        (row.lower, row.upper) = (summary.lowerQuartile, summary.upperQuartile)
        return row
      }
    }
    chart.layers += [
      ChartLayer(.band, rows), ChartLayer(PointMark(isFaint: true, scale: 0.7), input.rows),
      ChartLayer(.line, rows),
    ]
    chart.notes.append("The line joins medians, the band quartiles, of bins with equally many trials.")
  }
}
