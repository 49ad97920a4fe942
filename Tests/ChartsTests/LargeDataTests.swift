import Charts
import Foundation
import Testing

/// A million rows: what is thinned is said, and the picture stays small.
@Suite struct LargeDataTests {
  static let rows = (0..<1_000_000).map { index -> ChartRow in
    let (a, b) = (SampleCharts.wobble(index, 1), SampleCharts.wobble(index, 2))
    return ChartRow(Double(index), a + b * b)
  }

  @Test(arguments: ["line", "point", "histogram", "ecdf", "density", "strip", "box", "violin"])
  func staysSmallAndSaysWhatItThins(_ name: String) throws {
    let form = try #require(ChartForms.mark(name))
    var input = FormInput(rows: Self.rows)
    input.showsIntervals = name == "ecdf"
    let isDistribution = ["histogram", "ecdf", "density"].contains(name)
    var chart = Chart(
      title: "t", description: "d", layers: [], x: ChartAxis("x"),
      y: ChartAxis(isDistribution ? "" : "y"))
    if ["strip", "box", "violin"].contains(name) {
      for index in input.rows.indices { input.rows[index].x = .category(index % 2 == 0 ? "even" : "odd") }
      chart.x.scale = .category()
    } else if isDistribution {
      for index in input.rows.indices {
        (input.rows[index].x, input.rows[index].y) = (input.rows[index].y, nil)
      }
    }
    let start = ContinuousClock.now
    form.compose(input, &chart)
    let picture = chart.picture(id: "c")
    if ProcessInfo.processInfo.environment["CHARTS_TIMES"] != nil {
      print(name, ContinuousClock.now - start, picture.svg.utf8.count, picture.notes)
    }
    #expect(picture.svg.utf8.count <= 200_000)
    if ["line", "point", "strip"].contains(name) {
      #expect(picture.notes.contains { $0.contains("1,000,000 points") })
      #expect(picture.svg.contains("1,000,000 points"), "the picture says so itself")
    }
    if name == "ecdf" { #expect(picture.notes.contains { $0.contains("1,500 evenly spread ranks") }) }
  }

  /// Every point lies within a cell that is drawn.
  @Test func noPointIsLost() throws {
    let rows = Self.rows.prefix(20_000).map {
      ChartRow(SampleCharts.wobble(Int($0.x!.number!), 9), $0.y!.number!)
    }
    let chart = Chart(title: "t", description: "d", layers: [ChartLayer(.point, rows)])
    let svg = chart.svg(id: "c")
    let runs = svg.matches(of: /M([-\d.]+) ([-\d.]+)h([\d.]+)/).map { match in
      Box(x: Double(match.1)! - 1, y: Double(match.2)! - 3, width: Double(match.3)! + 2, height: 6)
    }
    let cells = try #require(svg.firstMatch(of: /drawn as ([\d,]+) cells/)).output.1.replacing(",", with: "")
    #expect(runs.reduce(0) { $0 + ($1.width - 2) / 4 } == Double(cells))
    let plot = chart.layout().plots[0]
    #expect(runs.allSatisfy { $0.x >= plot.x - 8 && $0.maxX <= plot.maxX + 8 })
  }
}
