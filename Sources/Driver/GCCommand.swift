import Diagnostics
import Experiments
import Foundation
import Studies
import TrialStore

/// Frees what no study refers to, in any profile: stored trials, their artefacts, checkpoints and programs that were made;
/// selections, looks and ledgers always stay.
///
/// Where a search has stopped half-way, what it refers to further on is not known: then all trials of its procedure
/// stay, and all states that runs can go on from.
///
/// - Parameters:
///   - studies: all studies that use the store.
///   - isDry: whether only to say what would be freed.
/// - Returns: whether all studies could be read; where not, nothing is freed.
package func collectGarbage(_ studies: [String], store path: String, isDry: Bool) throws -> Bool {
  let reading = try existingStore(path)
  let paths = try StudyFiles.find(studies)
  guard let wants = try Wants(of: paths, reading) else { return false }
  let store =
    isDry
    ? reading
    : try TrialStore(writingAt: path) { Console.error("waiting for another assay that uses \(path)") }
  let waste = try store.waste(wanted: wants.trials, keeping: wants.open)
  let files = TrialFolder(besideStoreAt: path)
  if !isDry { try store.free(waste) }
  let left = try Leftovers(store, files, wants, freed: Set(waste.keys))
  if !isDry { left.free(in: files) }
  Console.output(
    "\(isDry ? "would free" : "freed") \(count(waste.keys.count, "trial")) (\(size(Double(waste.bytes)))) and "
      + "\(count(waste.attempts, "failed attempt")) that none of \(count(paths.count, "study", "studies")) refers to"
  )
  for text in left.texts { Console.output("\(isDry ? "would free" : "freed") \(text)") }
  if !wants.open.isEmpty {
    Console.output(
      "kept all trials of \(wants.open.sorted().joined(separator: ", ")): "
        + "some searches with it have stopped half-way")
  }
  return true
}

/// What studies refer to in a store.
private struct Wants {
  var trials: Set<TrialKey> = []
  /// The procedures of searches that have stopped half-way.
  var open: Set<String> = []
  /// The artefacts that trials start from which are still to run.
  var starts: Set<Digest> = []
  var programs: Set<Digest> = []

  /// Nil where a study cannot be read.
  init?(of paths: [String], _ store: TrialStore) throws {
    let loader = StudyLoader(
      resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
    for path in paths {
      guard let full = loader.load(path, profile: "full") else {
        Console.error("nothing was freed: the trials of '\(path)' are not known")
        return nil
      }
      for profile in Set(full.head.profileNames + ["full", "quick"]).sorted() {
        guard let study = profile == "full" ? full : loader.load(path, profile: profile) else { return nil }
        try add(study, store)
      }
    }
  }

  private mutating func add(_ study: CheckedStudy, _ store: TrialStore) throws {
    programs.formUnion(study.experiments.compactMap(\.command?.call.programDigest))
    let named = try NamedTrials.of(study.experiments, archive: store)
    for trial in named {
      trials.insert(trial.specification.key)
      if !trial.isStored { starts.formUnion(trial.specification.startingArtefacts) }
    }
    // What starts from a trial that is not there cannot be named either.
    for (index, experiment) in study.experiments.enumerated()
    where !experiment.sources.isEmpty && !named.contains(where: { $0.experiment == index }) {
      open.insert(experiment.procedure.name)
    }
    // A search that lacks a trial goes on from others that are there: what it asked for later cannot be named.
    for own in Dictionary(grouping: named.filter { $0.phase == .tuning }, by: \.experiment).values
    where own.contains(where: \.isStored) {
      for trial in own where !trial.isStored { open.insert(trial.specification.procedure) }
    }
  }
}

/// Files beside the store that nothing refers to.
private struct Leftovers {
  private let artefacts: [(digest: Digest, bytes: Int)]
  private let checkpoints: [(trial: TrialKey, bytes: Int)]
  private let programs: [(program: Digest, bytes: Int)]

  /// - Parameter freed: stored trials that are freed, or would be.
  init(_ store: TrialStore, _ files: TrialFolder, _ wants: Wants, freed: Set<TrialKey>) throws {
    // A state is needed only by a run that still has to go on; what a stage needs besides is made again when it runs.
    let isSettled = wants.open.isEmpty
    let referred = try store.artefacts(notOf: freed, without: isSettled ? .state : nil).union(wants.starts)
    artefacts = files.blobs().filter { !referred.contains($0.digest) }
    let finished = try store.present(files.checkpoints().map { $0.trial })
    checkpoints = files.checkpoints().filter {
      finished.contains($0.trial) || isSettled && !wants.trials.contains($0.trial)
    }
    programs = files.programs().filter { !wants.programs.contains($0.program) }
  }

  /// A line for each kind of which there is something.
  var texts: [String] {
    [
      ("artefact", artefacts.map { $0.bytes }), ("checkpoint", checkpoints.map { $0.bytes }),
      ("program", programs.map { $0.bytes }),
    ].compactMap { kind, sizes in
      sizes.isEmpty ? nil : "\(count(sizes.count, kind)) (\(size(Double(sizes.reduce(0, +)))))"
    }
  }

  func free(in files: TrialFolder) {
    for artefact in artefacts { files.remove(artefact.digest) }
    files.removeCheckpoints(of: checkpoints.map { $0.trial })
    for program in programs { files.removeProgram(program.program) }
    files.removeLeftovers()
  }
}
