import Driver
import Foundation
import Testing

/// Reproducibility, proved on every landing: the quick report of a shipped study, rebuilt from an empty store, has the
/// recorded bytes.
///
/// `ASSAY_RECORD=1` records it again. Measured times are not part of a report.
@Suite struct RecordedReportTests {
  static let recorded = "\(Project.repository)/Tests/EndToEndTests/Recorded"
  static let study = "tuning/tune-where-you-evaluate"

  @Test func theQuickReportHasTheRecordedBytes() throws {
    let fingerprint = try? String(contentsOfFile: "\(Self.recorded)/fingerprint.txt", encoding: .utf8)
    let isRecording = ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1"
    // The engine's revision, the first word, is this repository's to record; the rest of the numerics is the machine's.
    let engine = numericsDescription().prefix { $0 != " " }
    #expect(
      isRecording || fingerprint?.hasPrefix("\(engine) ") == true,
      "the engine's revision changed since recording: record with ASSAY_RECORD=1")
    guard isRecording || fingerprint == numericsDescription() + "\n" else {
      print(
        "SKIPPED: the report was recorded with the numerics \(fingerprint ?? "unknown"), this machine has "
          + "\(numericsDescription()); the bytes are not comparable")
      return
    }
    let project = try Project()
    for name in ["\(Self.study).md", "\(Self.study).ledger"] {
      guard let data = FileManager.default.contents(atPath: "\(Project.repository)/studies/\(name)") else {
        continue
      }
      try project.write(String(decoding: data, as: UTF8.self), to: "studies/\(name)")
    }
    #expect(try project.build(profile: "quick").status == .complete)
    for kind in ["html", "md"] {
      let report = try #require(project.read("output/\(Self.study).\(kind)"))
      let path = "\(Self.recorded)/tune-where-you-evaluate.\(kind)"
      if isRecording { try Data(report.utf8).write(to: URL(fileURLWithPath: path)) }
      let expected = try String(contentsOfFile: path, encoding: .utf8)
      let isSame = report == expected
      #expect(
        isSame,
        "the \(kind) report changed; record it with ASSAY_RECORD=1 and read the difference")
    }
    if isRecording {
      try Data("\(numericsDescription())\n".utf8).write(
        to: URL(fileURLWithPath: "\(Self.recorded)/fingerprint.txt"))
    }
  }
}
