import Charts
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

  @Test func reliabilityHasWilsonsIntervals() throws {
    // 8 of 10 right; Wilson's interval by statsmodels: 0.4901625, 0.9433178.
    let rows = (0..<10).map { ChartRow(0.75, $0 < 8 ? 1 : 0) }
    let bins = try layers("reliability-diagram", rows)[2].rows
    #expect(bins.count == 1 && bins[0].size == 10)
    #expect(abs(bins[0].lower - 0.4901625) < 1e-6 && abs(bins[0].upper - 0.9433178) < 1e-6)
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
