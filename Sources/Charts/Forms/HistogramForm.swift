extension ChartForm {
  /// Counts in bins.
  static let histogram = ChartForm(
    "histogram", "how many values lie in each bin; all colours and panels share the bins", reading: .values,
    needs: [.x], takes: [.color]
  ) { input, chart in
    guard let binning = Binning(input.rows.numbers(\.x), on: chart.x.scale, count: input.bins) else {
      return chart.layers.append(ChartLayer(.histogram, []))
    }
    let rows = input.rows.grouped().flatMap { group in
      binning.counts(group.numbers(\.x)).enumerated().map { index, count in
        var row = group.prototype
        (row.start, row.end) = (binning.edges[index], binning.edges[index + 1])
        row.y = .number(Double(count))
        return row
      }
    }
    if chart.y.title.isEmpty { chart.y.title = "count" }
    chart.layers.append(ChartLayer(.histogram, rows))
  }
}
