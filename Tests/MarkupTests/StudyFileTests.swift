import Diagnostics
import Foundation
import Markup
import Testing

@Suite struct StudyFileTests {
  private func text(_ bytes: [UInt8]) -> (lines: [String]?, diagnostics: String) {
    var log = DiagnosticLog()
    let source = StudyFile.text(bytes, path: "a.md", log: &log)
    return (source?.lines, log.sorted.map(\.rendered).joined(separator: "\n"))
  }

  @Test func byteOrderMarkIsNoText() {
    #expect(text([0xEF, 0xBB, 0xBF] + "---\né".utf8).lines == ["---", "é"])
  }

  @Test func emptyFileIsText() {
    #expect(text([]).lines == [])
  }

  @Test(
    arguments: [
      (
        Array("ab\ncaf".utf8) + [0xE9] + Array(" x\u{1B}\n".utf8),
        """
        a.md:2:4: error: the file is not UTF-8 [not-utf-8]
            2 | caf
              |    ^
           note: the byte 0xE9 cannot stand here
           fix: save the file in the encoding UTF-8
        """
      ),
      (
        Array("é😀".utf8) + [0xF0, 0x9F],
        """
        a.md:1:3: error: the file is not UTF-8 [not-utf-8]
            1 | é😀
              |    ^
           note: the byte 0xF0 cannot stand here
           fix: save the file in the encoding UTF-8
        """
      ),
      (
        Array("a\n".utf8) + [0xC0, 0x80],
        """
        a.md:2:1: error: the file is not UTF-8 [not-utf-8]
           note: the byte 0xC0 cannot stand here
           fix: save the file in the encoding UTF-8
        """
      ),
      (
        [0xFF, 0xFE, 0x2D, 0x00],
        """
        a.md:1:1: error: the file is not UTF-8 [not-utf-8]
           note: the byte 0xFF cannot stand here
           fix: save the file in the encoding UTF-8
        """
      ),
    ] as [([UInt8], String)])
  func notUTF8(bytes: [UInt8], expected: String) {
    let read = text(bytes)
    #expect(read.lines == nil)
    #expect(read.diagnostics == expected)
  }

  private static let tooLarge = """
    assay: error: 'a.md' is larger than 8 MiB [file-too-large]
       note: a study is text; data stand in files of their own
       fix: move tables of data to a file beside it
    """

  @Test func sizeLimit() {
    let most = [UInt8](repeating: UInt8(ascii: "\n"), count: StudyFile.maximumBytes)
    #expect(text(most).lines?.count == 8 << 20)
    #expect(text(most + [0x0A]).diagnostics == Self.tooLarge)
  }

  @Test func filesOnDisk() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a.md")
    try Data("\u{FEFF}# Ä\r\nb".utf8).write(to: file)
    var log = DiagnosticLog()
    let source = StudyFile.load(file.path, log: &log)
    #expect(source?.lines == ["# Ä", "b"] && source?.path == file.path)
    try Data(count: (8 << 20) + 1).write(to: file)
    #expect(StudyFile.load(file.path, log: &log) == nil)
    #expect(StudyFile.load(folder.path, log: &log) == nil)
    #expect(StudyFile.load(file.path + "/b.md", log: &log) == nil)
    #expect(StudyFile.load(folder.path + "/gone.md", log: &log) == nil)
    let messages = log.sorted.map { $0.rendered.replacing(folder.path, with: "F") }
    #expect(
      messages == [
        Self.tooLarge.replacing("a.md", with: "F/a.md"),
        "assay: error: cannot read 'F' [unreadable-file]\n   note: it is not an ordinary file",
        "assay: error: cannot read 'F/a.md/b.md' [unreadable-file]\n"
          + "   note: a part of its path is not a folder",
        "assay: error: cannot read 'F/gone.md' [unreadable-file]\n   note: there is no such file",
      ])
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    var log = DiagnosticLog()
    #expect(StudyFile.load(path, log: &log) == nil)
    #expect(log.sorted.map(\.code) == [.unreadableFile])
  }
}
