extension ChartForm {
  /// What is gained by answering only where confidence is high (El-Yaniv and Wiener, "On the foundations of noise-free
  /// selective classification", JMLR 2010).
  static let riskCoverage = ChartForm(
    "risk-coverage",
    "the share of wrong answers among the most confident (x; y is 1 for a correct one, 0 for a wrong one), as ever "
      + "more are answered", reading: .values, needs: [.x, .y], takes: [.color]
  ) { input, chart in
    var areas: [String] = []
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      guard let curve = RiskCurve(group.points) else { return [] }
      let name = [group.prototype.series, group.prototype.facet ?? "", group.prototype.row ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      areas.append((name.isEmpty ? "" : name + " ") + TickText.rounded(curve.area))
      return curve.steps.map { step in
        var row = group.prototype
        (row.x, row.y) = (.number(step.coverage), .number(step.risk))
        (row.lower, row.upper) = (step.lower, step.upper)
        return row
      }
    }
    chart.x = ChartAxis("coverage: share that is answered", .linear(domain: 0...1))
    if case .linear(nil) = chart.y.scale { chart.y = ChartAxis("risk: share of answers that are wrong") }
    if input.showsIntervals { chart.layers.append(ChartLayer(.band, rows)) }
    chart.layers.append(ChartLayer(.line, rows))
    if !areas.isEmpty {
      chart.notes.append(
        "Area under the curve, the mean risk over all coverages: \(areas.joined(separator: "; ")).")
    }
    if input.showsIntervals {
      chart.notes.append("Bands are Wilson's 95 % intervals, each coverage by itself.")
    }
  }
}

/// Selective risk by coverage; answers of equal confidence come together.
private struct RiskCurve {
  struct Step {
    let coverage: Double
    let risk: Double
    let lower: Double
    let upper: Double
  }

  /// More than these do not show.
  private static let most = 300
  private(set) var steps: [Step] = []
  /// The mean of the risk over the coverages 1/n … 1 (Geifman, Uziel, El-Yaniv, "Bias-reduced uncertainty estimation for
  /// deep neural classifiers", ICLR 2019).
  private(set) var area = 0.0

  /// - Parameter points: confidence, and 1 for correct or 0 for wrong.
  init?(_ points: [(x: Double, y: Double)]) {
    guard !points.isEmpty else { return nil }
    let sorted = points.sorted { ($0.x, $0.y) > ($1.x, $1.y) }
    let count = sorted.count
    var (wrong, next, last) = (0.0, 0, 0)
    while next < count {
      var end = next
      while end < count, sorted[end].x == sorted[next].x {
        wrong += 1 - sorted[end].y
        end += 1
      }
      let answered = Double(end)
      area += wrong / answered * Double(end - next) / Double(count)
      next = end
      // The last always stands: all are answered.
      guard end == count || end - last >= max(count / Self.most, 1) else { continue }
      last = end
      let ends = Proportion.interval(wrong, of: answered)
      steps.append(
        Step(coverage: answered / Double(count), risk: wrong / answered, lower: ends.lower, upper: ends.upper)
      )
    }
  }
}
