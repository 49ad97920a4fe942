import Charts
import Measures
import Testing

/// What forms make of rows: bins, quartiles, shares, ranks, fits and moments.
@Suite struct TransformTests {
  private func layers(_ name: String, _ rows: [ChartRow], _ change: (inout FormInput) -> Void = { _ in })
    throws -> [ChartLayer]
  {
    var chart = Chart(
      title: "t", description: "d", layers: [], x: ChartAxis("x"),
      y: ChartAxis(["histogram", "density", "ecdf", "performance-profile"].contains(name) ? "" : "y"))
    var input = FormInput(rows: rows)
    change(&input)
    try #require(ChartForms.mark(name) ?? ChartForms.preset(name)).compose(input, &chart)
    return chart.layers
  }

  @Test func histogramCountsEveryValueOnce() throws {
    let rows = (0..<200).map {
      ChartRow(x: .number(SampleCharts.wobble($0, 4)), series: $0 % 2 == 0 ? "a" : "b")
    }
    let bins = try layers("histogram", rows)[0].rows
    #expect(bins.reduce(0) { $0 + ($1.y?.number ?? 0) } == 200)
    let (a, b) = (bins.filter { $0.series == "a" }, bins.filter { $0.series == "b" })
    #expect(a.map(\.start) == b.map(\.start), "series share their bins")
    #expect(zip(a, a.dropFirst()).allSatisfy { $0.end == $1.start })
  }

  @Test func boxHasTukeysSummary() throws {
    // R: boxplot.stats(c(1:9, 30), type 7 quartiles 3.25, 5.5, 7.75), whiskers 1 and 9, one value beyond.
    let rows = ([1, 2, 3, 4, 5, 6, 7, 8, 9, 30] as [Double]).map { ChartRow("all", $0) }
    let found = try layers("box", rows)
    #expect(found[0].rows.map { [$0.lower, $0.upper] } == [[1, 3.25], [7.75, 9]])
    #expect(found[1].rows.map { [$0.lower, $0.upper] } == [[3.25, 7.75]])
    #expect(found[2].rows.map { $0.y?.number } == [5.5])
    #expect(found[3].rows.map { $0.y?.number } == [30])
  }

  @Test func densityIsOneInAllAndEndsWithTheData() throws {
    let rows = (0..<500).map { ChartRow(x: .number(SampleCharts.wobble($0, 1) + SampleCharts.wobble($0, 2))) }
    let curve = try layers("density", rows)[0].rows
    let (low, high) = (rows.compactMap { $0.x?.number }.min()!, rows.compactMap { $0.x?.number }.max()!)
    #expect(curve.first?.x?.number == low && curve.last?.x?.number == high)
    let area = zip(curve, curve.dropFirst()).reduce(0.0) { sum, pair in
      sum + (pair.1.x!.number! - pair.0.x!.number!) * (pair.0.y!.number! + pair.1.y!.number!) / 2
    }
    #expect(area > 0.97 && area < 1.001)
  }

  @Test func profileIsTheShareThatReaches() throws {
    let rows = [1.0, 2, 3, 4].map { ChartRow(x: .number($0), series: "a") }
    let curve = try #require(layers("performance-profile", rows).last).rows
    #expect(curve.map { $0.x!.number! } == [1, 1, 2, 3, 4])
    #expect(curve.map { $0.y!.number! } == [1, 0.75, 0.5, 0.25, 0])
  }

  @Test func profileOfProblemsIsByRatio() throws {
    let costs: [(String, String, Double)] = [("p", "a", 1), ("p", "b", 2), ("q", "a", 9), ("q", "b", 3)]
    let rows = costs.map { problem, method, cost in
      var row = ChartRow(x: .number(cost), series: method)
      row.detail = problem
      return row
    }
    let curves = try #require(layers("performance-profile", rows).last).rows
    let a = curves.filter { $0.series == "a" }
    #expect(a.map { $0.x!.number! } == [1, 1, 3] && a.map { $0.y!.number! } == [0, 0.5, 1])
  }

  @Test func reliabilityHasTheBandThatChanceAllows() throws {
    // scipy.stats.binom.ppf([0.025, 0.975], 10, 0.75) = [5, 10].
    let rows = (0..<10).map { ChartRow(0.75, $0 < 8 ? 1 : 0) }
    let found = try layers("reliability-diagram", rows)
    #expect(found[2].rows.map { [$0.lower, $0.upper] } == [[0.5, 1]])
    #expect(found[3].rows.map { [$0.x?.number, $0.y?.number] } == [[0.75, 0.8]])
    // Unequal probabilities in one bin: the distribution of the count by numpy.convolve.
    let unequal = [0.1, 0.3, 0.5, 0.9, 0.95, 0.6, 0.2].map { ChartRow($0, 1) }
    let one = try layers("reliability-diagram", unequal) { $0.bins = 1 }[2].rows
    #expect(one.map { [$0.lower, $0.upper] } == [[2.0 / 7, 6.0 / 7]])
  }

  @Test func riskIsTheErrorAmongTheMostConfident() throws {
    let rows = [(0.9, 1.0), (0.8, 0), (0.8, 1), (0.6, 1), (0.5, 0)].map { ChartRow($0.0, $0.1) }
    var chart = Chart(title: "t", description: "d", layers: [])
    ChartForms.preset("risk-coverage")?.compose(FormInput(rows: rows), &chart)
    let curve = try #require(chart.layers.last).rows
    #expect(curve.map { $0.x!.number! } == [0.2, 0.6, 0.8, 1], "equal confidences are answered together")
    #expect(curve.map { $0.y!.number! } == [0, 1.0 / 3, 0.25, 0.4])
    // (0 + 1/3 + 1/3 + 1/4 + 2/5) / 5
    #expect(chart.notes[0].contains("0.263"), "\(chart.notes)")
  }

  /// Ties make slanted pieces; the area under the corners is Mann and Whitney's statistic.
  @Test func theCurveOfAScoreHasTheAreaOfTheMeasure() throws {
    let scored = [(0.9, 1.0), (0.8, 1), (0.8, 0), (0.8, 0), (0.5, 1), (0.2, 0)]
    let small = try layers("roc-curve", scored.map { ChartRow($0.0, $0.1) })
    #expect(small[0].rows.map { $0.x!.number! } == [0, 1], "chance")
    let corners = small[1].rows.map { [$0.x!.number!, $0.y!.number!] }
    let third = 1.0 / 3
    let expected: [[Double]] = [[0, 0], [0, third], [2 * third, 2 * third], [2 * third, 1], [1, 1]]
    #expect(corners == expected)
    func area(_ corners: [ChartRow]) -> Double {
      let points = corners.map { (x: $0.x!.number!, y: $0.y!.number!) }
      var area = 0.0
      for (a, b) in zip(points, points.dropFirst()) { area += (b.x - a.x) * (a.y + b.y) / 2 }
      return area
    }
    for (count, steps, tolerance) in [
      (6, 3.0, 1e-12), (400, 7, 1e-12), (400, 1e9, 1e-12), (200_000, 1e9, 1e-3),
    ] {
      let rows = (0..<count).map { index -> (score: Double, isPositive: Bool) in
        let score = (SampleCharts.wobble(index, 1) + 1) / 2
        return ((score * steps).rounded() / steps, (SampleCharts.wobble(index, 8) + 1) / 2 < score)
      }
      let curve = try layers("roc-curve", rows.map { ChartRow($0.score, $0.isPositive ? 1 : 0) })[1].rows
      let measured = try #require(AUROC.area(RankedOutcomes(rows.map(\.score), rows.map(\.isPositive))))
      #expect(abs(area(curve) - measured) < tolerance, "\(count) rows in \(steps) steps")
      #expect(curve.count <= 2_010)
      #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.y!.number! <= $1.y!.number! })
    }
  }

  @Test func aScoreWithoutBothKindsOfRowsHasNoCurve() throws {
    var chart = Chart(title: "t", description: "d", layers: [])
    let rows = [
      ChartRow(0.3, 1, series: "sick"), ChartRow(0.4, 1, series: "both"), ChartRow(0.2, 0, series: "both"),
      ChartRow(0.4, 0.5, series: "both"), ChartRow(.nan, 1, series: "both"),
    ]
    ChartForms.preset("roc-curve")?.compose(FormInput(rows: rows), &chart)
    #expect(chart.layers[1].rows.allSatisfy { $0.series == "both" })
    #expect(
      chart.notes == [
        "Area under the curve: both 1.", "No curve for sick: it takes positive and negative rows.",
        "2 rows are left out: their score is no number, or they are neither 0 nor 1.",
      ])
  }

  @Test func historyIsTheMedianOfTheBestSoFar() throws {
    let values = [[1.0, 3, 2], [2.0, 1, 5], [0.0, 4, 4]]
    let rows = values.enumerated().flatMap { run, values in
      values.enumerated().map { index, value in
        var row = ChartRow(Double(index), value)
        row.detail = "run \(run)"
        return row
      }
    }
    let found = try layers("optimisation-history", rows)
    #expect(found[2].rows.map { $0.y!.number! } == [1, 3, 4])
    #expect(found[0].rows.map { [$0.lower, $0.upper] } == [[0.5, 1.5], [2.5, 3.5], [3.5, 4.5]])
    let falling = try layers("optimisation-history", rows) { $0.isSmallerBetter = true }
    #expect(falling[2].rows.map { $0.y!.number! } == [1, 1, 1])
  }

  @Test func ofManyRunsAFewShowTheirTrials() throws {
    let rows = (0..<60).flatMap { run in
      (0..<20).map { index in
        var row = ChartRow(Double(index), Double((7 * run + 3 * index) % 11))
        row.detail = "run \(run)"
        return row
      }
    }
    var chart = Chart(title: "t", description: "d", layers: [])
    ChartForms.preset("optimisation-history")?.compose(FormInput(rows: rows), &chart)
    let points = chart.layers[1].rows
    #expect(points.count == 15 * 20 && Set(points.map(\.detail)).count == 15)
    #expect(chart.notes.last == "Points are the trials of one run in 4.")
    #expect(chart.layers[2].rows.count == 20, "the medians are those of all runs")
  }

  @Test func aCopyIsLinkedToTheMemberItWasMadeFrom() throws {
    let cells: [(String, Double, Double, String)] = [
      ("a", 0, 1, ""), ("b", 0, 5, ""), ("a", 1, 2, ""), ("b", 1, 6, ""), ("a", 2, 7, "b"), ("b", 2, 8, ""),
    ]
    let rows = cells.map { member, step, value, parent in
      var row = ChartRow(step, value)
      (row.detail, row.label) = (member, parent)
      return row
    }
    let found = try layers("population-lineage", rows)
    // Sorted by step, so that the parent's own row of that step may be the origin.
    #expect(found[0].rows.map { [$0.x!.number!, $0.y!.number!] } == [[2, 8], [2, 7]])
    #expect(Set(found[1].rows.map(\.detail)).count == 3, "the copy starts a life of its own")
    #expect(found[2].rows.map { $0.y!.number! } == [7])
  }

  @Test func surfaceHasMeansOfCellsAndTheBest() throws {
    let rows = [(0.0, 0.0, 1.0), (0.4, 0.2, 3), (1, 1, 5), (0.9, 0, 4)].map { x, y, value in
      var row = ChartRow(x, y)
      row.shade = value
      return row
    }
    let found = try layers("response-surface", rows) { $0.bins = 2 }
    let cells = found[0].rows
    #expect(cells.reduce(0) { $0 + $1.shade } == 11, "the mean of 1 and 3, and 4, and 5")
    #expect(found[3].rows.map(\.label) == ["best 5"])
    let least = try layers("response-surface", rows) { ($0.bins, $0.isSmallerBetter) = (2, true) }
    #expect(least[3].rows.map(\.label) == ["best 1"])
  }

  @Test func graphsAreRankedByTheirMeans() throws {
    let form = try #require(ChartForms.preset("ranked-graphs"))
    var input = FormInput(rows: [])
    for (graph, score) in [0.3, 0.1, .nan, 0.7, 0.5, 0.2, 0.9, 0.8].enumerated() {
      // Two trials of each, whose mean counts; of two graphs one edge does nothing.
      for trial in [-0.05, 0.05] {
        for (from, to, operation) in [(0, 1, "skip"), (1, 2, graph < 2 ? "none" : "average"), (0, 2, "skip")]
        {
          var row = ChartRow(Double(from), Double(to), series: operation)
          (row.detail, row.label) = ("g\(graph)", score.isNaN ? "" : "\(score + trial)")
          input.rows.append(row)
        }
      }
    }
    for (isSmallerBetter, ranks) in [
      (true, ["1: g1, 0.1", "7: g6, 0.9", "2: g5, 0.2", "6: g7, 0.8", "3: g0, 0.3", "5: g3, 0.7"]),
      (false, ["1: g6, 0.9", "7: g1, 0.1", "2: g7, 0.8", "6: g5, 0.2", "3: g3, 0.7", "5: g0, 0.3"]),
    ] {
      input.isSmallerBetter = isSmallerBetter
      let chart = FormSamples.compose(form, &input)
      #expect(chart.facet.order == ranks)
      let lines = Dictionary(grouping: chart.layers[0].rows) { $0.facet ?? "" }
      #expect(lines.values.allSatisfy { $0.allSatisfy { $0.series != "none" } })
      let edges = lines.mapValues { Set($0.map(\.detail)).count }
      #expect(edges.allSatisfy { $1 == ($0.contains("g0") || $0.contains("g1") ? 2 : 3) }, "\(edges)")
      #expect(chart.omitted.isEmpty)
      #expect(chart.layers[2].rows.prefix(3).map(\.label) == ["in", "1", "out"])
    }
  }

  @Test func importanceStandsInOrder() throws {
    let rows = [("b", 1.0), ("a", 3), ("c", 2)].map { ChartRow(x: .number($0.1), y: .category($0.0)) }
    var chart = Chart(
      title: "t", description: "d", layers: [], x: ChartAxis("x"), y: ChartAxis("", .category(order: ["b"])))
    ChartForms.preset("importance-bars")?.compose(FormInput(rows: rows), &chart)
    guard case .category(let order) = chart.y.scale else { throw CancellationError() }
    #expect(order == ["a", "c", "b"])
  }

  @Test(arguments: [
    ("1970-01-01", 0.0), ("2024-02-29", 1_709_164_800), ("2000-03-01T12:30", 951_913_800),
    ("1969-12-31T23:59:59Z", -1),
  ]) func readsDates(_ text: String, _ seconds: Double) {
    #expect(CivilTime.seconds(iso: text) == seconds)
  }

  @Test(arguments: ["2023-02-29", "2024-13-01", "2024-1-1", "today", "2024-01-01T25:00", "2024-01-01T12"])
  func refusesOtherDates(_ text: String) {
    #expect(CivilTime.seconds(iso: text) == nil)
  }

  @Test func timesHaveRoundTicks() {
    let ticks = SampleCharts.times.layout().texts.filter { $0.role == .tick }.map(\.whole)
    #expect(ticks.contains("Jan 2024") && ticks.contains("Jul 2024"))
  }

  @Test func bothSignsHavePowersOfTen() {
    let ticks = SampleCharts.symlog.layout().texts.filter { $0.role == .tick }.map(\.whole)
    #expect(ticks.contains("10⁶") && ticks.contains("−10⁶") && ticks.contains("0"))
  }
}
