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
  /// Wall time after which a trial is stopped; nil for an hour.
  package var timeLimitSeconds: Double?
  /// Memory that a worker may hold, in bytes; nil for an equal share of nine tenths of the machine's.
  package var memoryLimitBytes: Int?
  package var display: BuildDisplay
  /// Whether verdicts that differ from what was expected, failed preconditions and unreliable intervals fail the build.
  package var isStrict: Bool
  /// Whether every value, interval and verdict is written as JSON too.
  package var writesJSON: Bool
  /// Whose word counts for programs of the studies' authors.
  package var trust: Trust

  package init(
    studies: [String], profile: String, only: String? = nil, output: String, store: String,
    workers: Int? = nil, timeLimitSeconds: Double? = nil, memoryLimitBytes: Int? = nil,
    display: BuildDisplay = .people, isStrict: Bool = false, writesJSON: Bool = false, trust: Trust = Trust()
  ) {
    self.studies = studies
    self.profile = profile
    self.only = only
    self.output = output
    self.store = store
    self.workers = workers
    self.timeLimitSeconds = timeLimitSeconds
    self.memoryLimitBytes = memoryLimitBytes
    self.display = display
    self.isStrict = isStrict
    self.writesJSON = writesJSON
    self.trust = trust
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
/// - Throws: `Diagnostic` for a mistake in the request, `Interrupted` where a signal stopped it, typed errors for
///   failures of the machine.
package func build(
  _ request: BuildRequest, executor: (() throws -> any TrialExecutor)? = nil
) throws -> BuildSummary {
  let home = try Home.find()
  let library = makeLibrary(home)
  return try StudyBuild(request, home: home, library: library) { slots in
    try executor?()
      ?? makeExecutor(
        workers: slots, home: home, library: library, files: TrialFolder(besideStoreAt: request.store))
  }.run()
}

/// Worker processes, or this process itself for none.
func makeExecutor(
  workers: Int, home: Home, library: DataLibrary, files: TrialFolder
) -> any TrialExecutor {
  if workers == 0 { return InProcessExecutor(run: TrialRunner(library: library, files: files).run) }
  return WorkerPool(
    executable: Home.executablePath(), arguments: ["worker", "--home", home.path, "--files", files.path],
    count: workers)
}

/// Serves trials to the process that started this one; returns when it closes the pipe.
///
/// - Parameter files: the folder of the store, for artefacts and checkpoints.
package func serveTrials(home: String, files: String) throws {
  let runner = TrialRunner(library: makeLibrary(Home(path: home)), files: TrialFolder(path: files))
  try serveWorker(run: runner.run)
}
