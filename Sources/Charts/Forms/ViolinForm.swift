extension ChartForm {
  /// Densities in bands.
  static let violin = ChartForm(
    "violin", "the density of the values, mirrored in its category's band, with quartiles and median",
    reading: .values, needs: [.y], takes: [.x, .color], isBanded: true
  ) { input, chart in
    let rows = chart.inBands(input.rows)
    let (position, value) = (chart.positionPath, chart.valuePath)
    let measure = AxisMeasure(chart.valueScale)
    var (shapes, quartiles, medians): ([ChartRow], [ChartRow], [ChartRow]) = ([], [], [])
    for group in rows.grouped(by: position) {
      let numbers = group.numbers(value)
      guard let density = KernelDensity(numbers.compactMap(measure.measure)),
        let summary = BoxSummary(numbers)
      else { continue }
      // Densities are compared by shape: each is as thick as its band at its mode.
      let highest = density.densities.max() ?? 1
      shapes += zip(density.places, density.densities).map { place, height in
        var row = group.prototype
        row[keyPath: value] = .number(measure.number(place))
        row.size = max(height / highest, 1e-6)
        return row
      }
      var row = group.prototype
      (row.lower, row.upper) = (summary.lowerQuartile, summary.upperQuartile)
      quartiles.append(row)
      row = group.prototype
      row[keyPath: value] = .number(summary.median)
      medians.append(row)
    }
    chart.layers += [
      ChartLayer(.violin, shapes), ChartLayer(RangeMark(thickness: 0.1), quartiles),
      ChartLayer(TickMark(length: 0.35), medians),
    ]
    chart.notes.append("Each shape is a kernel density, cut at the least and the greatest value.")
  }
}
