import Diagnostics
import Experiments
import Foundation
import Procedures
import Studies
import TrialStore

/// The tool's version.
package let assayVersion = "0.1.0"

/// Finds all mistakes of studies, in every profile they have; nothing runs.
///
/// - Returns: whether there were none.
package func check(_ studies: [String], profile: String) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  var isSound = true
  for path in try StudyFiles.find(studies) {
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

/// Prints what a build would run.
///
/// - Returns: whether the studies are sound.
package func plan(_ studies: [String], profile: String) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  var isSound = true
  for path in try StudyFiles.find(studies) {
    guard let study = loader.load(path, profile: profile) else {
      isSound = false
      continue
    }
    let ledger = Ledger(studyPath: path)
    var looks = ledger.entries.count
    Console.output("\(path) (\(profile))")
    for experiment in study.experiments {
      let plan = experiment.plan
      Console.output("  \(experiment.name), \(plan.rule.name): \(count(plan.cells.count, "cell"))")
      let isTuned = !plan.searches.isEmpty
      if isTuned {
        Console.output(
          "    tuning: \(count(plan.searches.count, "search", "searches")), at most \(count(plan.tuningCount, "trial"))"
        )
      }
      Console.output(
        "    evaluation: \(count(plan.evaluationCount, "trial"))\(isTuned ? ", fewer where selections agree" : "")"
      )
      let isKnown = ledger.contains(plan.look)
      if !isKnown { looks += 1 }
      Console.output("    look: \(isKnown ? "recorded before" : "a new one, number \(looks)")")
    }
    for results in study.results {
      Console.output(
        "  \(results.name), external: \(count(results.table.rowCount, "run")) of \(results.file)")
    }
  }
  return isSound
}

/// Prints one trial from the store, found by the first digits of its key.
package func show(_ prefix: String, store path: String) throws {
  guard let store = try TrialStore.reading(at: path) else {
    throw Diagnostic(
      .missingFile, "there is no store at '\(path)'", at: nil,
      fix: "build a study first, or name it with --store")
  }
  let found = try store.trials(matchingPrefix: prefix)
  guard found.count <= 1 else {
    throw Diagnostic(
      .unknownBlockReference, "\(found.count) trials begin with '\(prefix)'", at: nil,
      note: found.prefix(5).map(\.trial.key.digest.short).joined(separator: ", "), fix: "give more digits")
  }
  guard let record = found.first else {
    // A trial that only failed is known by its whole key, which the failure's message gives.
    let attempts = try Digest(hex: prefix).map { try store.attempts(for: TrialKey($0)) } ?? []
    guard attempts.isEmpty else { return Console.output(TrialText.describe(attempts)) }
    throw Diagnostic(
      .unknownBlockReference, "no trial begins with '\(prefix)'", at: nil,
      fix: "find keys with 'assay export STUDY BLOCK'")
  }
  Console.output(try TrialText.describe(record, attempts: store.attempts(for: record.trial.key)))
}

/// Prints one of an experiment's tidy tables as CSV, from what the store holds.
///
/// - Returns: whether the study is sound.
package func export(_ block: String, of path: String, profile: String, store storePath: String) throws -> Bool
{
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  guard let study = loader.load(path, profile: profile) else { return false }
  if let results = study.results.first(where: { $0.name == block }) {
    Console.output(
      CSVText.text(of: results.table, origins: (name: "line", values: results.lines.map(String.init))))
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
  for needed in study.experiments(for: experiment.name) { conductor.add(needed, gate: gate) }
  for result in try conductor.run() where result.experiment.name == experiment.name {
    for (table, keys) in TidyTables.keyedTables(of: result) where table.name == block {
      Console.output(CSVText.text(of: table, origins: (name: "trial", values: keys.map(\.digest.short))))
    }
  }
  return true
}
