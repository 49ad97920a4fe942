import Foundation
import Testing

@Suite struct ManualTests {
  /// Each piece of Swift the manual shows stands in the file it names.
  @Test func quotedCodeIsTheProgramsOwn() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("studies/manual/models.md"), encoding: .utf8)
    let pieces = page.components(separatedBy: "```swift ").dropFirst()
    #expect(pieces.count >= 5)
    for piece in pieces {
      let lines = piece.components(separatedBy: "\n")
      let quote = lines.dropFirst().prefix { $0 != "```" }.joined(separator: "\n")
      let source = try String(contentsOf: root.appendingPathComponent(lines[0]), encoding: .utf8)
      #expect(
        quote.count > 80 && source.contains(quote + "\n"),
        "\(lines[0]) no longer holds what the manual quotes")
    }
  }
}
