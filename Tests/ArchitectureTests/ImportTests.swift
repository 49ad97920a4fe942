import Foundation
import Testing

/// The walls between the floors, read from the import lines: SwiftPM does not catch an undeclared import.
@Suite struct ImportTests {
  /// What each target may import of ours; C libraries are listed with the one target that imports each.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "Randomness": [],
    "Statistics": ["Randomness"],
    "Charts": [],
    "Markup": ["CCommonMark", "CYAML", "Diagnostics"],
    "Tensors": ["COpenBLAS"],
    "Estimators": ["Randomness", "Tensors"],
    "Experiments": ["CCrypto", "Randomness"],
    "Parts": ["Experiments", "Randomness"],
    "Protocols": ["Experiments", "Parts", "Randomness"],
    "Claims": ["Diagnostics", "Experiments", "Statistics"],
    "Calibrators": ["Experiments", "Parts", "Randomness", "Statistics", "Tensors"],
    "Datasets": ["CZlib", "Experiments", "Parts", "Randomness"],
    "Learning": ["Estimators", "Experiments", "Parts", "Randomness", "Tensors"],
    "Agents": ["Environments", "Experiments", "Learning", "Parts", "Randomness", "Tensors"],
    "Environments": ["Experiments", "Parts", "Randomness", "Tensors"],
    "Tuners": ["Estimators", "Experiments", "Parts", "Randomness", "Statistics", "Tensors"],
    "Measures": ["Experiments", "Parts", "Randomness", "Tensors"],
    "Procedures": [
      "Agents", "Calibrators", "Datasets", "Environments", "Estimators", "Experiments", "Learning",
      "Measures",
      "Parts", "Randomness", "Statistics", "Tensors", "Tuners",
    ],
    "TrialStore": ["Experiments", "GRDB"],
    "Execution": ["Experiments"],
    "Commands": ["Datasets", "Execution", "Experiments", "Parts", "Randomness", "TrialStore"],
    "Studies": [
      "Charts", "Claims", "Diagnostics", "Experiments", "Markup", "Parts", "Protocols", "Randomness",
    ],
    "Reports": ["Diagnostics", "Markup", "Mustache"],
    "Driver": [
      "Charts", "Claims", "Commands", "Datasets", "Diagnostics", "Estimators", "Execution", "Experiments",
      "Markup", "Parts", "Procedures", "Protocols", "Randomness", "Reports", "Statistics", "Studies",
      "Tensors", "TrialStore", "Tuners",
    ],
    "assay": ["ArgumentParser", "Diagnostics", "Driver"],
  ]

  static let system: Set<String> = ["Foundation", "Glibc", "Dispatch", "Synchronization"]

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func everyImportPointsDown() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    for target in try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted() {
      guard let allowed = Self.allowed[target] else {
        #expect(target.hasPrefix("C"), "the target \(target) has no line in the map of floors")
        continue
      }
      let files = FileManager.default.enumerator(atPath: sources.appendingPathComponent(target).path)!
      for case let file as String in files where file.hasSuffix(".swift") {
        let text = try String(
          contentsOf: sources.appendingPathComponent("\(target)/\(file)"), encoding: .utf8)
        for module in Self.imports(text) {
          #expect(
            allowed.contains(module) || Self.system.contains(module), "\(target)/\(file) imports \(module)")
        }
      }
    }
  }

  @Test func theFloorsThatGuardHonestyReachNothingElse() {
    #expect(Self.allowed["Protocols"]!.isDisjoint(with: ["Tensors", "Datasets", "Learning", "TrialStore"]))
    #expect(Self.allowed["Reports"]!.isDisjoint(with: ["TrialStore", "Execution", "Procedures", "Studies"]))
  }

  @Test func noFileIsTooLong() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    for case let file as String in FileManager.default.enumerator(atPath: sources.path)!
    where file.hasSuffix(".swift") {
      let lines = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 600, "\(file) has \(lines) lines")
    }
  }

  private static func imports(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count,
        words[0] == "import" || words[0].hasPrefix("@")
          || ["package", "public", "internal"].contains(words[0])
      else { return nil }
      return String(words[place + 1].split(separator: ".")[0])
    }
  }
}
