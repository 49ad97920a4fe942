import Diagnostics
import Experiments
import Foundation
import Markup
import Parts
import Procedures
import Studies
import Testing
import Tuners

/// Every mistake an author can make has a study in `Mistakes/` and beside it all that is said about it.
///
/// `ASSAY_RECORD=1` writes the texts again; read the difference before committing.
@Suite struct MistakeTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Mistakes")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }()

  static func messages(_ name: String) throws -> String {
    let text = try String(contentsOf: folder.appendingPathComponent("\(name).md"), encoding: .utf8)
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "\(name).md", text: text), log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: PartResolver(), fingerprint: "test", tuner: testTuner)
    let study = reading.study(document, profile: "full", log: &log)
    #expect(study == nil, "a mistaken study must not be planned")
    return log.sorted.map { $0.rendered + "\n" }.joined(separator: "\n")
  }

  @Test(arguments: names) func isReportedAsRecorded(_ name: String) throws {
    let messages = try Self.messages(name)
    let recorded = Self.folder.appendingPathComponent("\(name).expected")
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      try Data(messages.utf8).write(to: recorded)
    }
    let expected = try String(contentsOf: recorded, encoding: .utf8)
    #expect(messages == expected)
    #expect(messages.contains(": error: "))
  }

  @Test func thereIsAStudyForEveryMistake() {
    #expect(Self.names.count >= 80)
  }
}

/// A resolver without data: five parts of a hundred rows, which overlap where their numbers do.
final class PartResolver: DataResolver {
  func content(of source: DataSource) throws -> String { "content" }

  func rowCount(_ reference: DataReference) throws -> Int { rows(reference).count }

  func hasResults(at path: String) -> Bool {
    FileManager.default.fileExists(atPath: MistakeTests.folder.appendingPathComponent(path).path)
  }

  func results(at path: String, log: inout DiagnosticLog) -> SourceText? {
    let data = FileManager.default.contents(atPath: MistakeTests.folder.appendingPathComponent(path).path)!
    return StudyFile.text(Array(data), path: path, log: &log)
  }

  func sharedRows(_ a: DataReference, _ b: DataReference) throws -> Int {
    rows(a).intersection(rows(b)).count
  }

  func digest(ofFile path: String) -> Digest? { path.hasSuffix("missing.py") ? nil : Digest(of: path) }

  private func rows(_ reference: DataReference) -> Set<Int> {
    reference.steps.reduce(Set(0..<100)) { rows, step in
      switch step {
      case .parts(let parts, let count): rows.filter { parts.contains($0 % count + 1) }
      case .folds(let folds, let count, let seed):
        rows.filter { folds.contains(($0 + seed.seed) % count + 1) }
      default: rows
      }
    }
  }
}

/// A registered tuner; checked studies name no other.
func testTuner(_ name: String, _ settings: Settings) -> any Tuner { tunerRegistry[name]!.init(settings) }
