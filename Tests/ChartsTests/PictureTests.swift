import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What every picture must hold, whatever the data.
@Suite struct PictureTests {
  static let names = SampleCharts.all.map(\.name)

  static func chart(_ name: String) -> Chart {
    SampleCharts.all.first { $0.name == name }!.chart
  }

  @Test(arguments: names) func isWellFormed(_ name: String) throws {
    let svg = Self.chart(name).svg(id: "chart-\(name)")
    let document = try XMLDocument(xmlString: svg)
    func values(_ path: String) throws -> [String?] { try document.nodes(forXPath: path).map(\.stringValue) }
    #expect(document.rootElement()?.name == "svg")
    #expect(try values("/*/@role") == ["img"])
    #expect(try values("/*/@aria-labelledby") == ["chart-\(name)-title chart-\(name)-desc"])
    #expect(try values("/*/*[local-name()='title']/@id") == ["chart-\(name)-title"])
    #expect(try values("/*/*[local-name()='desc']/@id") == ["chart-\(name)-desc"])
  }

  @Test(arguments: names) func hasOnlyNumbersInCoordinates(_ name: String) throws {
    try expectNumbers(Self.chart(name).svg(id: "c"))
  }

  private func expectNumbers(_ svg: String) throws {
    let document = try XMLDocument(xmlString: svg)
    for attribute in try document.nodes(forXPath: "//@d | //@x | //@y | //@transform | //@viewBox | //@dy") {
      let value = try #require(attribute.stringValue).lowercased()
      #expect(!value.contains("nan") && !value.contains("inf") && !value.contains("e+"))
      #expect(value.firstMatch(of: /\.\d{3}/) == nil, "more than two decimals: \(value.prefix(80))")
    }
  }

  @Test(arguments: names) func keepsWordsInsideAndApart(_ name: String) {
    expectTidy(Self.chart(name), name)
  }

  @Test func keepsWordsInsideAndApartWhateverTheData() {
    for number in 0..<200 { expectTidy(SampleCharts.random(number), "random chart \(number)") }
  }

  @Test(arguments: FormSamples.forms.map(\.name), FormSamples.hostilities.map(\.name))
  func everyFormStandsAnything(_ form: String, _ hostility: String) throws {
    let form = FormSamples.forms.first { $0.name == form }!
    var input = FormInput(rows: [])
    _ = FormSamples.compose(form, &input)
    input.rows = FormSamples.hostilities.first { $0.name == hostility }!.spoil(FormSamples.rows(form))
    let chart = FormSamples.compose(form, &input)
    expectTidy(chart, "\(form.name), \(hostility)")
    let svg = chart.svg(id: "c")
    try expectNumbers(svg)
    #expect(!svg.contains("<script"))
  }

  private func expectTidy(_ chart: Chart, _ name: String) {
    let layout = chart.layout()
    for text in layout.texts {
      let isInside = text.corners.allSatisfy {
        (-0.01...layout.width + 0.01).contains($0.x) && (-0.01...layout.height + 0.01).contains($0.y)
      }
      #expect(isInside, "\(name): \(text.lines) leaves the picture")
    }
    for (index, text) in layout.texts.enumerated() {
      for other in layout.texts[(index + 1)...] where overlap(text.corners, other.corners) {
        Issue.record("\(name): \(text.lines) touches \(other.lines)")
      }
    }
    if let legend = layout.legend {
      #expect(layout.plots.allSatisfy { !$0.intersects(legend) }, "\(name)")
    }
    #expect(layout.plots.allSatisfy { $0.width >= 60 && $0.height >= 60 }, "\(name)")
  }

  @Test(arguments: names) func isTheSameTwice(_ name: String) {
    #expect(Self.chart(name).svg(id: "c") == Self.chart(name).svg(id: "c"))
  }

  @Test(arguments: SampleCharts.ordinary.map(\.name)) func isSmall(_ name: String) {
    #expect(Self.chart(name).svg(id: "c").utf8.count < 30_000)
  }

  @Test func escapesHostileText() throws {
    let svg = SampleCharts.hostile.svg(id: "x\" onload=\"alert(1)")
    #expect(!svg.contains("<script"))
    #expect(svg.contains("&lt;/text&gt;&lt;script&gt;"))
    #expect(svg.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(!svg.unicodeScalars.contains("\u{202E}") && !svg.unicodeScalars.contains("\u{FFFE}"))
    let document = try XMLDocument(xmlString: svg)
    #expect(try document.nodes(forXPath: "//@onload").isEmpty)
    #expect(
      try document.nodes(forXPath: "/*/@id").map(\.stringValue) == ["x_22__20_onload_3d__22_alert_28_1_29_"])
  }

  @Test func twoChartsShareNoIds() throws {
    func ids(_ id: String) throws -> Set<String> {
      let document = try XMLDocument(xmlString: SampleCharts.groupedBars.svg(id: id))
      return Set(try document.nodes(forXPath: "//@id").compactMap(\.stringValue))
    }
    let (first, second) = (try ids("a"), try ids("b"))
    #expect(first.count > 3)
    #expect(first.isDisjoint(with: second))
    // A style element reaches the whole page: each of its rules must be about charts, and all charts bring the same.
    func style(_ svg: String) -> Substring {
      svg.split(separator: "<style>")[1].split(separator: "</style>")[0]
    }
    let rules = style(SampleCharts.groupedBars.svg(id: "a"))
    for rule in rules.split(separator: "\n") { #expect(rule.contains(".chart")) }
    for (_, chart) in SampleCharts.all { #expect(style(chart.svg(id: "b")) == rules) }
  }

  @Test func bringsNothingFromOutside() {
    for (_, chart) in SampleCharts.all {
      let svg = chart.svg(id: "c").replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
      #expect(!svg.contains("http") && !svg.contains("@import") && !svg.contains("href"))
    }
  }

  /// Writes all samples as pages for the eye: `CHARTS_GALLERY=/some/folder swift test --filter
  /// writesGallery`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CHARTS_GALLERY"] != nil))
  func writesGallery() throws {
    let folder = URL(filePath: ProcessInfo.processInfo.environment["CHARTS_GALLERY"] ?? "")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, chart) in SampleCharts.all {
      let svg = chart.svg(id: "chart-\(name)")
      try svg.write(to: folder.appending(path: name + ".svg"), atomically: true, encoding: .utf8)
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: name + ".svg").path()))
    }
  }

  /// Whether two convex quadrilaterals share more than a hundredth of a unit: no axis separates them.
  private func overlap(_ a: [Point], _ b: [Point]) -> Bool {
    for shape in [a, b] {
      for index in shape.indices {
        let (start, end) = (shape[index], shape[(index + 1) % shape.count])
        let (nx, ny) = (end.y - start.y, start.x - end.x)
        let length = (nx * nx + ny * ny).squareRoot()
        guard length > 0 else { continue }
        let ra = a.map { ($0.x * nx + $0.y * ny) / length }
        let rb = b.map { ($0.x * nx + $0.y * ny) / length }
        if ra.max()! <= rb.min()! + 0.01 || rb.max()! <= ra.min()! + 0.01 { return false }
      }
    }
    return true
  }
}
