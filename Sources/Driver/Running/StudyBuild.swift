import Datasets
import Diagnostics
import Execution
import Experiments
import Foundation
import Reports
import Studies
import TrialStore

/// One build: finds out which reports are current, runs what the others lack, and writes these.
final class StudyBuild {
  /// A study whose report has to be made.
  private struct Member {
    let path: String
    let study: CheckedStudy
    var gate: StudyGate?
    /// Its own among the experiments of the build.
    var experiments = 0..<0
  }

  private let request: BuildRequest
  private let home: Home
  private let library: DataLibrary
  private let resolver: LibraryResolver
  private let makeExecutor: (_ slots: Int) throws -> any TrialExecutor
  private let reporter: any BuildReporter
  private let upkeep: ReportUpkeep
  private var members: [Member] = []
  /// The index by study.
  private var lines: [String: IndexEntry] = [:]
  /// What a strict build must not let pass, by study.
  private var findings: [String: [String]] = [:]

  init(
    _ request: BuildRequest, home: Home, library: DataLibrary,
    executor: @escaping (_ slots: Int) throws -> any TrialExecutor
  ) throws {
    self.request = request
    self.home = home
    self.library = library
    resolver = LibraryResolver(library)
    makeExecutor = executor
    reporter = request.display.reporter()
    upkeep = try ReportUpkeep(request, home: home, library: library)
  }

  func run() throws -> BuildSummary {
    let paths = try StudyFiles.find(request.studies)
    reporter.take(.started(profile: request.profile, studies: paths))
    if request.only == nil {
      for path in paths {
        guard let current = upkeep.current(path) else { continue }
        lines[path] = current.line
        findings[path] = current.findings
      }
    }
    let upToDate = lines.count
    load(paths.filter { lines[$0] == nil })
    let isMistaken = upToDate + members.count < paths.count
    for path in paths where lines[path] == nil && !members.contains(where: { $0.path == path }) {
      lines[path] = StudyLine.unread(
        path, in: OutputFolder(path: request.output), profile: request.profile)
    }
    if let only = request.only { try check(only) }
    // The index is of whole folders: one study built alone leaves the others' lines as they are.
    let writesIndex = request.only == nil && paths != request.studies
    var trialsRun = 0
    var isComplete = true
    if !members.isEmpty || (writesIndex && !upkeep.hasIndex(of: paths.compactMap { lines[$0] })) {
      // Templates are read first: a mistake in one must not show only after a night of trials.
      let writer: ReportWriter
      do {
        writer = try ReportWriter(
          templates: TemplateFolders(home: home, store: request.store), studies: members.map(\.path),
          output: request.output, files: TrialFolder(besideStoreAt: request.store), reporter: reporter,
          writesJSON: request.writesJSON)
      } catch let invalid as TemplateSet.Invalid {
        for diagnostic in invalid.diagnostics { Console.error(diagnostic.rendered) }
        return BuildSummary(status: .mistaken, trialsRun: 0)
      }
      if !members.isEmpty { (trialsRun, isComplete) = try make(writer) }
      if writesIndex {
        let index = paths.compactMap { lines[$0] }
        try writer.writeIndex(index)
        try upkeep.recordIndex(of: index)
      }
    }
    let found =
      request.isStrict ? paths.flatMap { path in (findings[path] ?? []).map { "\(path): \($0)" } } : []
    for finding in found { Console.error(finding) }
    let status: BuildSummary.Status =
      isMistaken ? .mistaken : !isComplete ? .incomplete : found.isEmpty ? .complete : .questionable
    reporter.take(
      .ended(
        status: status, trialsRun: trialsRun, studies: members.count + upToDate, upToDate: upToDate,
        profile: request.profile))
    return BuildSummary(status: status, trialsRun: trialsRun)
  }

  private func load(_ paths: [String]) {
    guard !paths.isEmpty else { return }
    let loader = StudyLoader(resolver: resolver, fingerprint: numericsDescription())
    for path in paths {
      upkeep.noteText(of: path)
      if let study = loader.load(path, profile: request.profile), isTrusted(study, at: path) {
        members.append(Member(path: path, study: study))
      } else {
        upkeep.forget(path)
      }
    }
  }

  /// Whether a study runs no programs, or trusted ones; else it says what to do.
  private func isTrusted(_ study: CheckedStudy, at path: String) -> Bool {
    guard let refusal = request.trust.refusal(of: study, at: path) else { return true }
    Console.error(refusal.rendered)
    return false
  }

  /// Runs what is missing and writes the reports of all members.
  private func make(_ writer: ReportWriter) throws -> (trialsRun: Int, isComplete: Bool) {
    let store = try TrialStore(writingAt: request.store) {
      reporter.take(.note("waiting for another assay that uses \(request.store)"))
    }
    let slots = request.workers ?? ProcessInfo.processInfo.activeProcessorCount
    let files = TrialFolder(besideStoreAt: request.store)
    files.removeScratch()
    let trials = CachedTrials(
      archive: store, files: files,
      limits: .filled(request.timeLimitSeconds, request.memoryLimitBytes, workers: slots),
      reporter: reporter
    ) { [makeExecutor] in try makeExecutor(slots) }
    defer { trials.shutdown() }
    let results = try Interruption.noted { try conduct(trials, store) }
    trials.shutdown()
    report(results.flatMap(\.failures))
    if request.only == nil { for member in members { try write(member, results, writer, store) } }
    return (trials.ranCount, results.allSatisfy { $0.isComplete || $0.isSkipped })
  }

  /// Runs what is missing of all studies together, so that the workers always have enough to do.
  private func conduct(_ trials: CachedTrials, _ store: TrialStore) throws -> [ExperimentResults] {
    let conductor = Conductor(trials: trials, tuner: makeTuner) { [reporter] in reporter.take(.progress($0)) }
    let requirements = Requirements()
    var count = 0
    for index in members.indices {
      let (path, study) = (members[index].path, members[index].study)
      let gate = StudyGate(studyPath: path, archive: store, claims: study.claims)
      let start = count
      for experiment in study.experiments(for: request.only) {
        let lacks = requirements.missing(for: experiment)
        if let lacks {
          reporter.take(
            .note("\(path): '\(experiment.name)' is skipped: it needs '\(lacks)', which fails here"))
        }
        conductor.add(experiment, of: path, gate: gate, lacks: lacks)
        count += 1
      }
      members[index].gate = gate
      members[index].experiments = start..<count
    }
    return try conductor.run()
  }

  private func write(
    _ member: Member, _ results: [ExperimentResults], _ writer: ReportWriter, _ store: TrialStore
  ) throws {
    let outcome = StudyOutcome(
      path: member.path, study: member.study, results: Array(results[member.experiments]),
      ledger: member.gate?.ledger ?? Ledger(studyPath: member.path),
      shownHead: writer.shownHead(of: member.path))
    let written = try writer.write(outcome)
    lines[member.path] = written.entry
    findings[member.path] = written.findings
    if outcome.results.allSatisfy({ $0.isComplete || $0.isSkipped }) {
      try upkeep.record(
        written, of: outcome, store: store, files: resolver.files(of: member.path) + written.sources)
    } else {
      upkeep.forget(member.path)
    }
  }

  /// Says which trials failed, the first few with the way to their logs.
  private func report(_ failures: [(key: TrialKey, attempt: Attempt)]) {
    for failure in failures.prefix(5) {
      Console.error(
        "a trial failed: \(failure.attempt.summary); see 'assay show \(failure.key.digest.hex)'")
    }
    if failures.count > 5 { Console.error("\(Driver.count(failures.count - 5, "other trial")) failed") }
  }

  private func check(_ only: String) throws {
    let names = members.flatMap { $0.study.experiments.map(\.name) }
    guard !names.contains(only) else { return }
    throw Diagnostic(
      .unknownBlockReference, "no study has an experiment '\(only)'", at: nil,
      note: names.isEmpty ? nil : "there is \(names.joined(separator: ", "))",
      fix: nearestName(to: only, in: names).map { "write '--only \($0)'" })
  }
}
