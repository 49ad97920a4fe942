extension ChartForm {
  /// How often at least a score is reached; or, with problems, how often a cost is within a ratio of the best
  /// (Agarwal et al., 2021; Dolan and Moré, "Benchmarking optimization software with performance profiles", 2002).
  static let performanceProfile = ChartForm(
    "performance-profile",
    "the share of runs that reach at least x; with detail (the problem), the share of problems whose cost x is "
      + "within a ratio of the least", reading: .values, needs: [.x, .color], takes: [.detail]
  ) { input, chart in
    let isByProblem = input.rows.contains { !$0.detail.isEmpty }
    guard isByProblem else {
      if chart.y.title.isEmpty { chart.y.title = "share of runs with at least x" }
      return chart.appendDistribution(input, isComplement: true)
    }
    var least: [String: Double] = [:]
    func key(_ row: ChartRow) -> String { row.detail + "\u{0}" + (row.facet ?? "") }
    for row in input.rows {
      guard let cost = row.x?.number, cost.isDrawable, cost > 0 else { continue }
      least[key(row)] = min(least[key(row)] ?? cost, cost)
    }
    var ratios = input
    ratios.rows = input.rows.map { row in
      var row = row
      let cost = row.x?.number ?? .nan
      row.x = .number(cost > 0 ? cost / (least[key(row)] ?? .nan) : .nan)
      row.detail = ""
      return row
    }
    ratios.showsIntervals = false
    chart.x = ChartAxis(chart.x.title + " over the least of its problem", .log())
    if chart.y.title.isEmpty { chart.y.title = "share of problems within the ratio" }
    chart.appendDistribution(ratios, isComplement: false)
  }
}
