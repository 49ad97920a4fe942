import Charts
import Foundation
import Testing

/// The gallery of charts shows and explains everything that can be asked for: what is missing from it fails here.
@Suite struct GalleryTests {
  static let page: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try? String(contentsOf: root.appendingPathComponent("studies/manual/charts.md"), encoding: .utf8)
  }()

  @Test(arguments: ChartForms.marks.map(\.name)) func showsEveryMark(_ name: String) throws {
    try expectShown(#require(ChartForms.mark(name)), key: "mark")
  }

  @Test(arguments: ChartForms.presets.map(\.name)) func showsEveryPreset(_ name: String) throws {
    try expectShown(#require(ChartForms.preset(name)), key: "preset")
  }

  @Test(arguments: ChartChannel.allCases) func namesEveryChannel(_ channel: ChartChannel) throws {
    let page = try #require(Self.page)
    #expect(page.contains("`\(channel.rawValue)`"), "the gallery does not explain \(channel.rawValue)")
  }

  private func expectShown(_ form: ChartForm, key: String) throws {
    let page = try #require(Self.page)
    let blocks = page.components(separatedBy: "```chart ").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    let isShown = blocks.contains { $0.contains("\n\(key): \(form.name)\n") }
    #expect(isShown, "no chart of the gallery has '\(key): \(form.name)'")
    #expect(
      page.contains("| `\(form.name)` | \(form.summary) |"), "the gallery does not explain \(form.name)")
  }
}
