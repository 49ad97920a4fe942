import Diagnostics
import Testing

@Suite struct DiagnosticLogTests {
  private let source = SourceText(path: "a.md", text: "abc\ndef\n")

  private func at(_ line: Int, _ column: Int) -> SourceSpan {
    let place = SourcePosition(line: line, column: column)
    return SourceSpan(source, from: place, to: place)
  }

  @Test func orderIsTheFiles() {
    var log = DiagnosticLog()
    log.error(.unknownKey, "third", at: at(2, 1))
    log.warning(.unknownKey, "second", at: at(1, 3))
    log.error(.unreadableFile, "first", at: nil)
    log.error(.unknownKey, "fourth", at: at(2, 1))
    #expect(log.sorted.map(\.message) == ["first", "second", "third", "fourth"])
  }

  @Test func eachIsKeptOnce() {
    var log = DiagnosticLog()
    log.error(.unknownKey, "twice", at: at(1, 1))
    var other = DiagnosticLog()
    other.error(.unknownKey, "twice", at: at(1, 1))
    log.merge(other)
    #expect(log.sorted.count == 1)
  }

  @Test func warningsAreNoErrors() {
    var log = DiagnosticLog()
    #expect(log.isEmpty)
    log.warning(.unknownKey, "mild", at: nil)
    #expect(!log.hasErrors && !log.isEmpty)
  }

  @Test func whatExceedsTheCapacityStillCounts() {
    var full = DiagnosticLog()
    for index in 0..<DiagnosticLog.capacity { full.warning(.unknownKey, "\(index)", at: nil) }
    #expect(!full.hasErrors)
    full.error(.unknownKey, "last", at: nil)
    #expect(full.hasErrors && full.sorted.count == DiagnosticLog.capacity)
    var log = DiagnosticLog()
    log.merge(full)
    #expect(log.hasErrors)
  }

  @Test func codesAreUniqueKebabCase() {
    let codes = DiagnosticCode.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes { #expect(code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(code)") }
  }
}
