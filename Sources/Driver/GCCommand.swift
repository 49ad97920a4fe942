import Diagnostics
import Experiments
import Foundation
import Studies
import TrialStore

/// Frees the stored trials that no study refers to, in any profile; selections, looks and ledgers always stay.
///
/// Where a search has stopped half-way, what it refers to further on is not known: then all trials of its procedure
/// stay.
///
/// - Parameters:
///   - studies: all studies that use the store.
///   - isDry: whether only to say what would be freed.
/// - Returns: whether all studies could be read; where not, nothing is freed.
package func collectGarbage(_ studies: [String], store path: String, isDry: Bool) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  let reading = try existingStore(path)
  var wanted: Set<TrialKey> = []
  var open: Set<String> = []
  let paths = try StudyFiles.find(studies)
  for path in paths {
    guard let full = loader.load(path, profile: "full") else {
      Console.error("nothing was freed: the trials of '\(path)' are not known")
      return false
    }
    for profile in Set(full.head.profileNames + ["full", "quick"]).sorted() {
      guard let study = profile == "full" ? full : loader.load(path, profile: profile) else { return false }
      let trials = try NamedTrials.of(study.experiments, archive: reading)
      for trial in trials { wanted.insert(trial.specification.key) }
      // What starts from a trial that is not there cannot be named either.
      for (index, experiment) in study.experiments.enumerated()
      where !experiment.sources.isEmpty && !trials.contains(where: { $0.experiment == index }) {
        open.insert(experiment.procedure.name)
      }
      // A search that lacks a trial goes on from others that are there: what it asked for later cannot be named.
      for own in Dictionary(grouping: trials.filter { $0.phase == .tuning }, by: \.experiment).values
      where own.contains(where: \.isStored) {
        for trial in own where !trial.isStored { open.insert(trial.specification.procedure) }
      }
    }
  }
  let store =
    isDry
    ? reading
    : try TrialStore(writingAt: path) { Console.error("waiting for another assay that uses \(path)") }
  let waste = try store.waste(wanted: wanted, keeping: open)
  let text =
    "\(count(waste.keys.count, "trial")) (\(size(Double(waste.bytes)))) and "
    + "\(count(waste.attempts, "failed attempt")) that none of \(count(paths.count, "study", "studies")) refers to"
  if isDry {
    Console.output("would free \(text)")
  } else {
    try store.free(waste)
    try freeArtefacts(of: store, in: TrialFolder(besideStoreAt: path))
    Console.output("freed \(text)")
  }
  if !open.isEmpty {
    Console.output(
      "kept all trials of \(open.sorted().joined(separator: ", ")): some searches with it have stopped half-way"
    )
  }
  return true
}

/// Frees the artefacts that no stored trial gave; what a stage behind them needs is made again when it runs.
private func freeArtefacts(of store: TrialStore, in files: TrialFolder) throws {
  let referred = Set(try store.artefacts())
  for blob in files.blobs() where !referred.contains(blob.digest) { files.remove(blob.digest) }
  files.removeLeftovers()
}
