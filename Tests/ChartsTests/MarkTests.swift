import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What is drawn for given rows.
@Suite struct MarkTests {
  private func paths(_ chart: Chart, _ condition: String) throws -> [String] {
    let document = try XMLDocument(xmlString: chart.svg(id: "c"))
    return try document.nodes(forXPath: "//*[local-name()='path'][\(condition)]/@d").compactMap(\.stringValue)
  }

  private func chart(_ layers: [ChartLayer], x: ChartScale = .linear(), y: ChartScale = .linear()) -> Chart {
    Chart(title: "t", description: "d", layers: layers, x: ChartAxis("x", x), y: ChartAxis("y", y))
  }

  /// Corners of the rectangles a path draws.
  private func rectangles(_ path: String) -> [Box] {
    path.matches(of: /M([-\d.]+) ([-\d.]+)H([-\d.]+)V([-\d.]+)H/).map { match in
      let (x, y) = (Double(match.1)!, Double(match.2)!)
      return Box(x: x, y: y, width: Double(match.3)! - x, height: Double(match.4)! - y)
    }
  }

  /// Small cells are pixels: equal neighbours make one stroke, and all strokes together cover every cell once.
  @Test func smallCellsAreDrawnAsAnImage() throws {
    func image(_ side: Int) -> Chart {
      let rows = (0..<side * side).map { place in
        var row = ChartRow(x: .category("\(place % side)"), y: .category("\(place / side)"))
        row.shade = Double((place % side) / 3 + place / side)
        return row
      }
      var chart = chart([ChartLayer(.rect, rows)], x: .category(), y: .category())
      (chart.shade, chart.width, chart.height) = (ChartShading("warmth"), 400, 200)
      return chart
    }
    let paths = try paths(image(60), "@stroke-width='1.02'")
    #expect(!paths.isEmpty)
    var covered: [Int: Int] = [:]
    for path in paths {
      var (x, y) = (0, 0)
      for stroke in path.matches(of: /[Mm](-?\d+) ?(-?\d+)h(\d+)/) {
        x += Int(stroke.1)!
        y += Int(stroke.2)!
        for _ in 0..<Int(stroke.3)! {
          covered[y * 60 + x, default: 0] += 1
          x += 1
        }
      }
    }
    #expect(covered.count == 3_600 && covered.values.allSatisfy { $0 == 1 })
    #expect(paths.joined().utf8.count < 12_000)
    #expect(try self.paths(image(8), "@stroke-width='1.02'").isEmpty, "large cells keep their hairlines")
  }

  /// Panels side by side only where every name has room; what has none even so is counted.
  @Test func namesOfCategoriesAreNotLostToNarrowPanels() {
    func chart(_ names: [String], panels: Int) -> Chart {
      let rows = (0..<panels).flatMap { panel in
        names.map { name in
          var row = ChartRow(x: .category(name), y: .number(1))
          row.facet = "panel \(panel)"
          return row
        }
      }
      return self.chart([ChartLayer(.point, rows)], x: .category())
    }
    let calibrators = ["none", "temperature", "vector-scaling", "isotonic", "histogram-binning"]
    let texts = chart(calibrators, panels: 3).layout().texts.map { $0.lines.joined() }
    #expect(calibrators.allSatisfy { name in texts.contains(name) }, "\(texts)")
    let many = (0..<60).map { "architecture \($0)" }
    #expect(
      chart(many, panels: 1).picture(id: "c").notes.contains {
        $0.hasSuffix("labels are left out for lack of room.")
      })
    let numbers = (0..<60).map { "\($0)" }
    #expect(chart(numbers, panels: 1).picture(id: "c").notes.isEmpty)
  }

  /// Series that meet are moved apart, but on a scale of numbers no further than a reader can see past.
  @Test func pointsStayNearTheirNumbers() throws {
    let rows = (0..<6).flatMap { series in
      [10.0, 20, 30].map { ChartRow($0, Double(series) + ($0 == 20 ? 5 : 0), series: "series \(series)") }
    }
    let chart = chart([ChartLayer(.line, rows), ChartLayer(.errorBar, rows), ChartLayer(.point, rows)])
    // Lines of three points; those of a legend have two.
    let starts = try paths(chart, "@stroke-width='2'").filter { $0.count { $0 == "L" } == 2 }.compactMap {
      $0.firstMatch(of: /^M([-\d.]+)/).flatMap { Double($0.1) }
    }
    #expect(starts.count == 6 && starts.max()! - starts.min()! > 0)
    #expect(starts.max()! - starts.min()! <= 20, "\(starts)")
  }

  @Test func shadesFromMinusOneToOneHaveEightClasses() {
    let rows = (0..<9).map { place in
      var row = ChartRow(x: .category("\(place)"), y: .category("all"))
      row.shade = Double(place) / 4 - 1
      return row
    }
    var chart = chart([ChartLayer(.rect, rows)], x: .category(), y: .category())
    chart.shade = ChartShading("correlation")
    let classes = Set(chart.svg(id: "c").matches(of: /<g class="(q\d)">/).map { String($0.1) })
    #expect(classes.count == 8, "\(classes.sorted())")
  }

  @Test func lineBreaksWhereAValueIsMissing() throws {
    let rows = [ChartRow(0, 0), ChartRow(1, 1), ChartRow(2, .nan), ChartRow(3, 1), ChartRow(4, 0)]
    let path = try #require(try paths(chart([ChartLayer(.line, rows)]), "@stroke-width='2'").first)
    #expect(path.count { $0 == "M" } == 2)
    #expect(path.count { $0 == "L" } == 2)
  }

  @Test func lineFollowsPositionsNotRows() throws {
    let ordered = (0..<5).map { ChartRow(Double($0), Double($0 % 3)) }
    let shuffled = [3, 0, 4, 2, 1].map { ordered[$0] }
    #expect(
      chart([ChartLayer(.line, ordered)]).svg(id: "c") == chart([ChartLayer(.line, shuffled)]).svg(id: "c"))
  }

  @Test func arrowsFollowTheRowsOfEachDetail() throws {
    let rows = ["a", "b"].enumerated().flatMap { place, name in
      [3.0, 1, 1].enumerated().map { step, x in
        var row = ChartRow(x, Double(place) + 0.1 * Double(step == 2 ? 1 : step))
        row.detail = name
        return row
      }
    }
    let paths = try paths(chart([ChartLayer(.arrow, rows)]), "@stroke-opacity='0.7'")
    // Shafts, then heads of three corners; the third row of each detail is where the second is.
    #expect(paths.map { $0.count { $0 == "M" } } == [2, 2])
    #expect(paths.map { $0.count { $0 == "L" } } == [2, 4])
    let shaft = try #require(paths[0].firstMatch(of: /M([-\d.]+) [-\d.]+L([-\d.]+)/))
    #expect(Double(shaft.1)! > Double(shaft.2)!)
  }

  @Test func straightLinesNeedTwoPoints() throws {
    let rows = (0...1000).map { ChartRow(Double($0), 2 * Double($0)) }
    let path = try #require(try paths(chart([ChartLayer(.line, rows)]), "@stroke-width='2'").first)
    #expect(path.count { $0 == "L" } == 1)
  }

  @Test func barsStartAtZeroAndStandSideBySide() throws {
    let rows = [
      ChartRow("a", 2, series: "s"), ChartRow("a", -1, series: "t"), ChartRow("b", 1, series: "s"),
    ]
    let chart = chart([ChartLayer(.bar, rows)], x: .category())
    let plot = try #require(chart.layout().plots.first)
    let bars = try paths(chart, "@fill='currentColor'").flatMap(rectangles).filter(plot.intersects)
    #expect(bars.count == 3)
    let (up, down, second) = (bars[0], bars[2], bars[1])
    #expect(abs(up.maxY - down.y) < 0.11 && abs(up.maxY - second.maxY) < 0.11)
    #expect(abs(up.height - 2 * down.height) < 0.21)
    for (index, bar) in bars.enumerated() {
      #expect(bars[(index + 1)...].allSatisfy { !$0.intersects(bar) })
    }
  }

  @Test func lyingBarsGrowToTheRight() throws {
    let rows = [ChartRow(x: 1, y: "a"), ChartRow(x: 3, y: "b")]
    let chart = chart([ChartLayer(.bar, rows)], y: .category())
    let bars = try paths(chart, "@fill='currentColor'").flatMap(rectangles)
    #expect(bars.count == 2)
    #expect(abs(bars[1].width - 3 * bars[0].width) < 0.31)
    #expect(bars[0].maxY <= bars[1].y)
  }

  @Test func errorBarHasNoCapWhereTheAxisCutsIt() throws {
    let rows = [ChartRow(1, 0.5, lower: 0.2, upper: 1.5), ChartRow(2, 0.5, lower: 0.2, upper: 0.9)]
    let chart = chart([ChartLayer(.errorBar, rows)], y: .linear(domain: 0...1))
    let path = try #require(try paths(chart, "@stroke-width='1.6'").first)
    #expect(path.count { $0 == "M" } == 5)
    #expect(chart.omitted.cutIntervals == 1)
  }

  @Test func bandIsClosed() throws {
    let rows = (0..<4).map { ChartRow(Double($0), 0, lower: -1, upper: 1 + Double($0 % 2)) }
    let path = try #require(try paths(chart([ChartLayer(.band, rows)]), "@fill-opacity").first)
    #expect(path.hasSuffix("Z") && path.count { $0 == "L" } == 5)
  }

  @Test func rulesCrossEveryPanel() throws {
    let rows = ["f", "g"].map { ChartRow(1, 2, facet: $0) }
    let chart = chart([ChartLayer(.point, rows), ChartLayer(.rule, [ChartRow(y: 1, label: "chance")])])
    #expect(chart.layout().plots.count == 2)
    #expect(chart.layout().texts.count { $0.lines == ["chance"] } == 2)
  }

  @Test func linesCarryTheirNamesElseThereIsALegend() {
    let rows = ["up", "down"].flatMap { name in
      (0..<5).map { ChartRow(Double($0), name == "up" ? Double($0) : -Double($0), series: name) }
    }
    let direct = chart([ChartLayer(.line, rows)]).layout()
    #expect(direct.legend == nil)
    #expect(
      direct.texts.filter { ["up", "down"].contains($0.whole) }.allSatisfy { $0.at.x > direct.plots[0].maxX })
    // One line ends early: a name in the margin would not belong to it.
    let early = chart([ChartLayer(.line, rows.dropLast(2))]).layout()
    #expect(early.legend != nil)
    #expect(early.texts.count { ["up", "down"].contains($0.whole) } == 2)
  }

  @Test func fiftySeriesLookDifferent() throws {
    let svg = SampleCharts.fifty.svg(id: "c")
    let groups = svg.matches(of: /<g class="s\d">.*?<\/g>/).prefix(50).map { match in
      String(match.output).replacing(/[ML][-\d.]+ [-\d.]+/, with: "")
    }
    #expect(groups.count == 50)
    #expect(Set(groups).count == 50)
  }

  @Test func omittedRowsAreCountedOnce() {
    let rows = [
      ChartRow(1, 2, lower: 1, upper: 3), ChartRow(2, .nan, lower: 1, upper: 2), ChartRow(3, 1),
      ChartRow(0, 1, lower: 1, upper: 2), ChartRow(4, 9, lower: 8, upper: 10),
      ChartRow(.infinity, 1, lower: 1, upper: 2),
    ]
    let chart = chart(
      [ChartLayer(.errorBar, rows), ChartLayer(.point, rows), ChartLayer(.line, rows)], x: .log(),
      y: .linear(domain: 0...5))
    #expect(
      chart.omitted.note
        == "Not drawn: 2 rows without a finite value, 1 row at or below zero on a log axis, "
        + "1 row outside the axis range, 1 row without an interval.")
    #expect(SampleCharts.singleSeries.omitted.isEmpty && SampleCharts.singleSeries.omitted.note == nil)
  }

  @Test func orderOfGroupsIsTheAuthors() {
    var chart = SampleCharts.groupedBars
    chart.series.order = ["joint training", "absent", "replay"]
    chart.x.scale = .category(order: ["digits"])
    let layout = chart.layout()
    let names = layout.texts.filter { $0.role == .label }.map(\.whole)
    #expect(names == ["joint training", "replay", "elastic weight consolidation", "fine-tuning"])
    let ticks = layout.texts.filter { $0.at.y > layout.plots[0].maxY && $0.role == .tick }.map(\.whole)
    #expect(ticks == ["digits", "letter", "fashion-mnist", "cifar-10"])
  }

  @Test(arguments: ["light", "dark"]) func coloursStandOut(_ scheme: String) throws {
    let svg = SampleCharts.fifty.svg(id: "c")
    let rules = svg.matches(of: /\{(--ink:[^}]*)/).map { String($0.output.1) }
    let rule = try #require(scheme == "light" ? rules.first : rules.last)
    var colours: [String: Double] = [:]
    for match in rule.matches(of: /--(\w+):#(\w+)/) {
      colours[String(match.output.1)] = luminance(String(match.output.2))
    }
    let surface = try #require(colours["surface"])
    func contrast(_ name: String) -> Double {
      let colour = colours[name] ?? surface
      return (max(colour, surface) + 0.05) / (min(colour, surface) + 0.05)
    }
    #expect(contrast("ink") >= 7 && contrast("muted") >= 4.5)
    for index in 0..<8 { #expect(contrast("s\(index)") >= 3, "series colour \(index)") }
  }

  /// Relative luminance of an sRGB colour, WCAG 2.2.
  private func luminance(_ hex: String) -> Double {
    let six = hex.count == 3 ? hex.map { "\($0)\($0)" }.joined() : hex
    let value = Int(six, radix: 16) ?? 0
    let linear = [16, 8, 0].map { shift -> Double in
      let part = Double((value >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
