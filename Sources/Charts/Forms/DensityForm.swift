extension ChartForm {
  /// Smooth densities.
  static let density = ChartForm(
    "density",
    "a smooth density of the values (Epanechnikov's kernel, Silverman's width), cut at the outermost",
    reading: .values, needs: [.x], takes: [.color]
  ) { input, chart in
    let measure = AxisMeasure(chart.x.scale)
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      guard let density = KernelDensity(group.numbers(\.x).compactMap(measure.measure)) else {
        return []
      }
      return zip(density.places, density.densities).map { place, height in
        var row = group.prototype
        (row.x, row.y) = (.number(measure.number(place)), .number(height))
        return row
      }
    }
    if chart.y.title.isEmpty {
      chart.y.title = chart.x.scale.isLogarithmic ? "density per decade" : "density"
    }
    chart.layers.append(ChartLayer(.area, rows))
  }
}
