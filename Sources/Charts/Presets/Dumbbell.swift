extension ChartForm {
  /// How far apart two or more conditions are.
  static let dumbbell = ChartForm(
    "dumbbell", "the colours' estimates for each category of y, joined by a line as long as they are apart",
    needs: [.x, .y, .color], takes: [], isBanded: true
  ) { input, chart in
    var places: [ChartValue?: Int] = [:]
    var spans: [ChartRow] = []
    for row in input.rows {
      guard let number = row.x?.number, number.isDrawable else { continue }
      if let place = places[row.y], spans[place].facet == row.facet {
        spans[place].lower = min(spans[place].lower, number)
        spans[place].upper = max(spans[place].upper, number)
      } else {
        places[row.y] = spans.count
        spans.append(ChartRow(y: row.y, lower: number, upper: number, facet: row.facet))
      }
    }
    chart.layers += [
      ChartLayer(ErrorBarMark(hasCaps: false, width: 2.4, dodges: .none), spans),
      ChartLayer(PointMark(scale: 1.4), input.rows),
    ]
    chart.height = max(Double(spans.count) * 40, 90)
  }
}
