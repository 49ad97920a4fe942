extension ChartForm {
  /// Cumulative shares.
  static let ecdf = ChartForm(
    "ecdf", "the share of values up to each x, with a band that holds the whole curve", reading: .values,
    needs: [.x], takes: [.color]
  ) { input, chart in
    if chart.y.title.isEmpty { chart.y.title = "share of values up to x" }
    chart.appendDistribution(input, isComplement: false)
  }
}

extension Chart {
  /// Layers of empirical distributions with their bands.
  mutating func appendDistribution(_ input: FormInput, isComplement: Bool) {
    let all = input.rows.numbers(\.x)
    let ends = (low: all.min() ?? 0, high: all.max() ?? 1)
    var isThinned = false
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      let curve = EmpiricalDistribution(group.numbers(\.x), ends: ends, isComplement: isComplement)
      guard let curve else { return [] }
      isThinned = isThinned || curve.isThinned
      return curve.steps.map { step in
        var row = group.prototype
        (row.x, row.y) = (.number(step.place), .number(step.share))
        (row.lower, row.upper) = (max(step.share - curve.margin, 0), min(step.share + curve.margin, 1))
        return row
      }
    }
    if case .linear(nil) = y.scale { y.scale = .linear(domain: 0...1) }
    if input.showsIntervals {
      layers.append(ChartLayer(BandMark(isStepped: true), rows))
      notes.append(
        "Bands hold the whole curve in 95 of 100 repetitions where rows are independent "
          + "(Dvoretzky, Kiefer and Wolfowitz).")
    }
    if isThinned { notes.append("Curves of more than 1,500 values are drawn at 1,500 evenly spread ranks.") }
    layers.append(ChartLayer(.step, rows))
  }
}
