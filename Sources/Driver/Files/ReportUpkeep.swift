import Datasets
import Experiments
import Foundation
import Reports
import Studies
import TrialStore

/// Knows which reports of a folder are current, and records what new ones were made from.
struct ReportUpkeep {
  private let stamps: StampFolder
  private let surroundings: StudyStamp.Surroundings?
  private let digests = FileDigests()
  private let library: DataLibrary
  private let home: Home
  private let templates: TemplateFolders
  private let output: String
  private let writesJSON: Bool

  init(_ request: BuildRequest, home: Home, library: DataLibrary) throws {
    stamps = StampFolder(output: request.output)
    output = request.output
    writesJSON = request.writesJSON
    self.library = library
    self.home = home
    templates = TemplateFolders(home: home, store: request.store)
    // Without a store there is nothing that reports could rest on.
    surroundings = try Self.store(request.store).map {
      try Self.surroundings(store: $0, profile: request.profile)
    }
    for path in templates.files(for: nil) { _ = digests[path] }
  }

  /// The study's line of the index and what a strict build must not let pass, where its report is current; its stamp is
  /// then as new as this moment.
  func current(_ study: String) -> (line: IndexEntry, findings: [String])? {
    let now = StampFolder.now()
    let templates = Set(templates.files(for: study))
    guard let surroundings, let stamp = stamps.read(study), templates.isSubset(of: stamp.inputs.map(\.path)),
      stamp.isCurrent(
        in: surroundings, digests: digests, content: { try? library.content(of: .file($0)) }),
      !writesJSON || stamp.outputs.contains(where: { $0.path.hasSuffix(".json") })
    else { return nil }
    stamps.date(study, now)
    return (stamp.line, stamp.findings)
  }

  /// The digests of a study's file and templates now, before they are read: should one change meanwhile, the next
  /// build sees it.
  func noteText(of study: String) {
    for path in [study] + templates.files(for: study) { _ = digests[path] }
  }

  /// Records what a report was made from that is complete, as far as it can be on this machine.
  func record(
    _ report: WrittenReport, of outcome: StudyOutcome, store: TrialStore, files: [String]
  ) throws {
    let fresh = FileDigests()
    let templates = templates.files(for: outcome.path)
    // What was edited while the build ran is not what the report shows.
    guard ([outcome.path] + templates).allSatisfy({ fresh[$0] == digests[$0] }) else {
      return forget(outcome.path)
    }
    let ledger = Ledger.path(of: outcome.path)
    var tables: [StudyStamp.Table] = []
    var data: [String] = []
    for reference in outcome.study.experiments.flatMap(\.plan.sources) {
      switch reference.source {
      case .registered(let name):
        data += (datasetRegistry[name]?.files ?? []).map { "\(home.data)/\($0.name)" }
      case .file(let file):
        data.append(file.path)
        if tables.contains(where: { $0.path == file.path && $0.target == file.target }) { continue }
        tables.append(
          StudyStamp.Table(
            name: file.name, path: file.path, target: file.target, group: file.group,
            kind: file.kind.rawValue, content: reference.content))
      }
    }
    let tablePaths = Set(tables.map(\.path))
    data = Set(data + files).sorted()
    let inputs =
      ([outcome.path] + templates).map { StudyStamp.File(path: $0, digest: digests[$0]) }
      + ([ledger] + data.filter { !tablePaths.contains($0) }).map {
        StudyStamp.File(path: $0, digest: fresh[$0])
      }
    let stamp = StudyStamp(
      surroundings: try Self.surroundings(store: store, profile: outcome.study.profile), inputs: inputs,
      tables: tables, outputs: report.files.map { StudyStamp.File(path: $0, digest: fresh[$0]) },
      line: report.entry, findings: report.findings,
      isPartial: outcome.results.contains(where: \.isSkipped))
    try stamps.write(
      stamp, of: outcome.path,
      dependencies: [outcome.path, ledger] + templates + data + [Home.executablePath()])
  }

  /// Whether the index of these lines is the one in the folder.
  func hasIndex(of lines: [IndexEntry]) -> Bool { stamps.readIndex() == indexText(lines) }

  /// Records what the index was made from.
  func recordIndex(of lines: [IndexEntry]) throws { try stamps.writeIndex(indexText(lines)) }

  private func indexText(_ lines: [IndexEntry]) -> String {
    var writer = CanonicalWriter()
    writer.array { w in
      for path in templates.files(for: nil) { w.value(digests[path]) }
      for name in ["index.html", "index.md", "claims.html", "claims.md"] {
        w.value(FileDigests()["\(output)/\(name)"])
      }
      for line in lines { w.value("\(line)") }
    }
    return Digest(of: writer.bytes).hex
  }

  /// Forgets a report that is not complete.
  func forget(_ study: String) { stamps.remove(study) }

  /// The store as it is; one of an older version has yet to be brought up to date, by the build.
  private static func store(_ path: String) throws -> TrialStore? {
    do {
      return try TrialStore.reading(at: path)
    } catch StoreError.olderVersion {
      return nil
    }
  }

  private static func surroundings(store: TrialStore, profile: String) throws -> StudyStamp.Surroundings {
    StudyStamp.Surroundings(
      tool: FileDigests.identity(ofProgram: Home.executablePath()), numerics: numericsDescription(),
      profile: profile, store: try store.name)
  }
}
