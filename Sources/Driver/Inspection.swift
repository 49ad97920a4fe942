import Diagnostics
import Experiments
import Foundation
import Procedures
import Studies
import TrialStore

/// The tool's version.
package let assayVersion = "0.1.0"

/// Finds all mistakes of studies, in every profile they have, and of the templates that their reports are printed from;
/// nothing runs.
///
/// - Returns: whether there were none.
package func check(_ studies: [String], profile: String) throws -> Bool {
  let home = try Home.find()
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(home)), fingerprint: numericsDescription())
  let paths = try StudyFiles.find(studies)
  let mistakes = TemplateFolders(home: home, store: ".assay/store.sqlite").mistakes(for: paths)
  for mistake in mistakes { Console.error(mistake.rendered) }
  var isSound = mistakes.isEmpty
  for path in paths {
    guard loader.load(path, profile: profile) != nil else {
      isSound = false
      continue
    }
    if let damage = Ledger(studyPath: path).damage {
      Console.error("\(path): \(damage); restore the file from version control")
      isSound = false
    } else {
      Console.output("\(path): no mistakes")
    }
  }
  return isSound
}

/// Prints one trial from the store, found by the first digits of its key.
package func show(_ prefix: String, store path: String) throws {
  let store = try existingStore(path)
  let found = try store.trials(matchingPrefix: prefix)
  let keys = Set(found.map(\.trial.key) + (try store.failed(matchingPrefix: prefix))).sorted()
  guard keys.count <= 1 else {
    throw Diagnostic(
      .unknownBlockReference, "\(keys.count) trials begin with '\(prefix)'", at: nil,
      note: keys.prefix(5).map(\.digest.short).joined(separator: ", "), fix: "give more digits")
  }
  guard let key = keys.first else {
    throw Diagnostic(
      .unknownBlockReference, "no trial begins with '\(prefix)'", at: nil,
      fix: "find keys with 'assay export STUDY BLOCK'")
  }
  let attempts = try store.attempts(for: key)
  guard let record = found.first else {
    return Console.output("trial \(key.digest.hex)\n\n" + TrialText.describe(attempts))
  }
  Console.output(try TrialText.describe(record, attempts: attempts))
}

/// Says on standard error what a table of an incomplete experiment lacks.
private func warnOfLostTrials(_ results: ExperimentResults) {
  let name = results.experiment.name
  if case .waitsFor(let earlier)? = results.absence {
    Console.error("warning: '\(name)' is empty, for '\(earlier)', which it starts from, is incomplete")
  }
  guard let first = results.failures.first else { return }
  Console.error(
    "warning: \(count(results.failures.count, "trial")) of '\(name)' failed, such as \(first.key.digest.short): "
      + "they have no rows, and what comes after them has not run")
}

/// How tables are exported.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// RFC 4180 with a header.
  case csv
  /// JSON Lines: an object a row, a missing value left out.
  case jsonl

  func text(of table: ResultTable, origins: (name: String, values: [String])) -> String {
    switch self {
    case .csv: CSVText.text(of: table, origins: origins)
    case .jsonl: JSONLinesText.text(of: table, origins: origins)
    }
  }
}

/// Prints one of an experiment's tidy tables, from what the store holds.
///
/// - Returns: whether the study is sound.
package func export(
  _ block: String, of path: String, profile: String, store storePath: String, format: ExportFormat
) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  guard let study = loader.load(path, profile: profile) else { return false }
  if let results = study.results.first(where: { $0.name == block }) {
    Console.output(format.text(of: results.table, origins: ("line", results.lines.map(String.init))))
    return true
  }
  let tables = study.experiments.flatMap(Schemas.tables).map(\.name) + study.results.map(\.name)
  guard tables.contains(block),
    let experiment = study.experiments.first(where: { $0.name == block.split(separator: ".")[0] })
  else {
    throw Diagnostic(
      .unknownBlockReference, "the study gives no table '\(block)'", at: nil,
      note: "it gives \(tables.joined(separator: ", "))",
      fix: nearestName(to: block, in: tables).map { "write '\($0)'" })
  }
  guard let store = try TrialStore.reading(at: storePath) else {
    throw Diagnostic(
      .missingFile, "there is no store at '\(storePath)'", at: nil, fix: "run 'assay build \(path)' first")
  }
  let conductor = Conductor(trials: StoredTrials(archive: store, study: path), tuner: makeTuner)
  let gate = ClosedGate(ledger: Ledger(studyPath: path), study: path)
  for needed in study.experiments(for: experiment.name) { conductor.add(needed, of: path, gate: gate) }
  for result in try conductor.run() where result.experiment.name == experiment.name {
    warnOfLostTrials(result)
    do {
      let tables = try TidyTables.keyedTables(
        of: result, wanted: { $0 == block }, files: TrialFolder(besideStoreAt: storePath))
      for (table, keys) in tables {
        Console.output(format.text(of: table, origins: ("trial", keys.map(\.digest.short))))
      }
    } catch let error as ArtefactError {
      throw Diagnostic(
        .missingFile, "\(error)", at: nil, fix: "run 'assay build \(path)', which makes it again")
    }
  }
  return true
}
