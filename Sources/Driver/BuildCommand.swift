import Datasets
import Diagnostics
import Execution
import Experiments
import Foundation
import Procedures
import Reports
import Studies
import TrialStore

/// What `assay build` is asked to do.
package struct BuildRequest {
  package var studies: [String]
  package var profile: String
  /// Run only this experiment, and write no report.
  package var only: String?
  package var output: String
  package var store: String
  /// Worker processes; nil for one a core, 0 for none.
  package var workers: Int?
  package var isQuiet: Bool
  /// Whose word counts for programs of the studies' authors.
  package var trust: Trust
  /// Whether verdicts that differ from what was expected, failed preconditions and unreliable intervals fail the build.
  package var isStrict: Bool

  package init(
    studies: [String], profile: String, only: String? = nil, output: String, store: String,
    workers: Int? = nil,
    isQuiet: Bool = false, isStrict: Bool = false, trust: Trust = Trust()
  ) {
    self.studies = studies
    self.profile = profile
    self.only = only
    self.output = output
    self.store = store
    self.workers = workers
    self.isQuiet = isQuiet
    self.trust = trust
    self.isStrict = isStrict
  }
}

/// How a build ended.
package struct BuildSummary: Sendable {
  package enum Status: Sendable {
    case complete
    /// A trial failed: its experiment is incomplete, everything else is done.
    case incomplete
    /// A study has mistakes; it was not run, the others were.
    case mistaken
    /// All is built, and a strict build found what it must not let pass.
    case questionable
  }

  package let status: Status
  /// Trials that finished in this build; the others came from the store.
  package let trialsRun: Int
}

/// Runs what is missing and writes the reports.
///
/// - Parameter executor: what runs trials instead of workers, for tests of failing ones.
/// - Throws: `Diagnostic` for a mistake in the request, typed errors for failures of the machine.
package func build(
  _ request: BuildRequest, executor: (() throws -> any TrialExecutor)? = nil
) throws -> BuildSummary {
  let home = try Home.find()
  let library = makeLibrary(home)
  let loader = StudyLoader(resolver: LibraryResolver(library), fingerprint: numericsDescription())
  let paths = try StudyFiles.find(request.studies)
  let loaded = paths.map { path in
    (path: path, study: trusted(loader.load(path, profile: request.profile), at: path, request.trust))
  }
  let isMistaken = loaded.contains { $0.study == nil }
  let studies = loaded.compactMap { entry in entry.study.map { (path: entry.path, study: $0) } }
  if let only = request.only { try check(only, in: studies.map(\.study)) }

  // Templates are read first: a mistake in one must not show only after a night of trials.
  let writer: ReportWriter
  do {
    writer = try ReportWriter(home: home, output: request.output, isQuiet: request.isQuiet)
  } catch let invalid as TemplateSet.Invalid {
    for diagnostic in invalid.diagnostics { Console.error(diagnostic.rendered) }
    return BuildSummary(status: .mistaken, trialsRun: 0)
  }
  let store = try TrialStore(writingAt: request.store) {
    Console.error("waiting for another assay that uses \(request.store)")
  }
  let progress = Progress(isQuiet: request.isQuiet)
  let files = TrialFolder(besideStoreAt: request.store)
  files.removeScratch()
  let requirements = Requirements()
  let trials = CachedTrials(archive: store, files: files, progress: progress) {
    try executor?() ?? makeExecutor(workers: request.workers, home: home, library: library, files: files)
  }
  defer { trials.shutdown() }
  let conductor = Conductor(trials: trials, tuner: makeTuner)
  var gates: [StudyGate] = []
  var owners: [Int] = []
  for (index, entry) in studies.enumerated() {
    let gate = StudyGate(studyPath: entry.path, archive: store, claims: entry.study.claims)
    gates.append(gate)
    for experiment in entry.study.experiments(for: request.only) {
      let lacks = requirements.missing(for: experiment)
      if let lacks {
        Console.error("\(entry.path): '\(experiment.name)' is skipped: it needs '\(lacks)', which fails here")
      }
      conductor.add(experiment, study: index, gate: gate, lacks: lacks)
      owners.append(index)
    }
  }
  let results = try conductor.run()
  var findings: [String] = []
  report(results.flatMap(\.failures))
  if request.only == nil {
    let entries = try studies.enumerated().map { index, entry in
      let own = zip(owners, results).filter { $0.0 == index }.map(\.1)
      let written = try writer.write(
        StudyOutcome(
          path: entry.path, study: entry.study, results: own, ledger: gates[index].ledger,
          shownHead: writer.shownHead(of: entry.path)))
      findings += written.findings.map { "\(entry.path): \($0)" }
      return written.entry
    }
    // The index is of whole folders: one study built alone leaves the others' lines as they are.
    if paths != request.studies { try writer.writeIndex(entries) }
  }
  if !request.isQuiet {
    Console.error(
      "\(count(trials.ranCount, "trial")) ran, \(count(studies.count, "study", "studies")) in profile \(request.profile)"
    )
  }
  if request.isStrict { for finding in findings { Console.error(finding) } }
  let isComplete = results.allSatisfy { $0.isComplete || $0.isSkipped }
  let isQuestionable = request.isStrict && !findings.isEmpty
  return BuildSummary(
    status: isMistaken ? .mistaken : !isComplete ? .incomplete : isQuestionable ? .questionable : .complete,
    trialsRun: trials.ranCount)
}

/// The study, unless it runs programs that nobody has trusted.
private func trusted(_ study: CheckedStudy?, at path: String, _ trust: Trust) -> CheckedStudy? {
  guard let study, let refusal = trust.refusal(of: study, at: path) else { return study }
  Console.error(refusal.rendered)
  return nil
}

/// Says which trials failed, the first few with the way to their logs.
private func report(_ failures: [(key: TrialKey, attempt: Attempt)]) {
  for failure in failures.prefix(5) {
    Console.error("a trial failed: \(failure.attempt.summary); see 'assay show \(failure.key.digest.hex)'")
  }
  if failures.count > 5 { Console.error("\(count(failures.count - 5, "other trial")) failed") }
}

private func check(_ only: String, in studies: [CheckedStudy]) throws {
  let names = studies.flatMap { $0.experiments.map(\.name) }
  guard !names.contains(only) else { return }
  throw Diagnostic(
    .unknownBlockReference, "no study has an experiment '\(only)'", at: nil,
    note: names.isEmpty ? nil : "there is \(names.joined(separator: ", "))",
    fix: nearestName(to: only, in: names).map { "write '--only \($0)'" })
}

private func makeExecutor(
  workers: Int?, home: Home, library: DataLibrary, files: TrialFolder
) throws -> any TrialExecutor {
  let count = workers ?? ProcessInfo.processInfo.activeProcessorCount
  if count == 0 { return InProcessExecutor(run: TrialRunner(library: library, files: files).run) }
  return WorkerPool(
    executable: Home.executablePath(), arguments: ["worker", "--home", home.path, "--files", files.path],
    count: count)
}

/// Serves trials to the process that started this one; returns when it closes the pipe.
///
/// - Parameter files: the folder of the store, for artefacts and checkpoints.
package func serveTrials(home: String, files: String) throws {
  let runner = TrialRunner(library: makeLibrary(Home(path: home)), files: TrialFolder(path: files))
  try serveWorker(run: runner.run)
}
