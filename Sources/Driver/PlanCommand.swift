import Experiments
import Foundation
import Studies
import TrialStore

/// Prints what a build would run and, from what such trials have cost before, how long it would take.
///
/// - Parameter workers: how many the forecast is for; nil for one a core.
/// - Returns: whether the studies are sound.
package func plan(_ studies: [String], profile: String, store path: String, workers: Int?) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  let store = try TrialStore.reading(at: path)
  var isSound = true
  var total = PlanForecast()
  for path in try StudyFiles.find(studies) {
    guard let study = loader.load(path, profile: profile) else {
      isSound = false
      continue
    }
    let ledger = Ledger(studyPath: path)
    var looks = ledger.entries.count
    let named = Dictionary(grouping: try NamedTrials.of(study.experiments, archive: store)) { $0.experiment }
    Console.output("\(path) (\(profile))")
    for (index, experiment) in study.experiments.enumerated() {
      let trials = named[index] ?? []
      let forecast = try PlanForecast(experiment, trials, store)
      for line in lines(experiment, trials) { Console.output(line) }
      let isKnown = ledger.contains(experiment.plan.look)
      if !isKnown { looks += 1 }
      Console.output("    look: \(isKnown ? "recorded before" : "a new one, number \(looks)")")
      Console.output("    to run: \(forecast.text(workers: nil))")
      total.add(forecast)
    }
    for results in study.results {
      Console.output(
        "  \(results.name), external: \(count(results.table.rowCount, "run")) of \(results.file)")
    }
  }
  let count = max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount)
  if isSound { Console.output("in all: \(total.text(workers: count))") }
  return isSound
}

private func lines(_ experiment: CheckedExperiment, _ trials: [NamedTrial]) -> [String] {
  let plan = experiment.plan
  let isTuned = !plan.searches.isEmpty
  func stored(_ phase: TrialPhase) -> String {
    let hits = trials.count { $0.phase == phase && $0.isStored }
    return hits > 0 ? ", \(NumberText.count(hits)) of them in the store" : ""
  }
  var lines = ["  \(experiment.name), \(plan.rule.name): \(count(plan.armCount, "cell"))"]
  let added = plan.cells.count - plan.armCount
  if added > 0 {
    lines.append("    shown beside them: \(count(added, "baseline")), default or random search")
  }
  if isTuned {
    lines.append(
      "    tuning: \(count(plan.searches.count, "search", "searches")), at most \(count(plan.tuningCount, "trial"))"
        + stored(.tuning))
  }
  lines.append(
    "    evaluation: \(count(plan.evaluationCount, "trial"))\(isTuned ? ", fewer where selections agree" : "")"
      + stored(.evaluation))
  return lines
}

/// What the trials that are missing are expected to cost.
private struct PlanForecast {
  /// Missing trials, at most.
  private var missing = 0
  private var cpuSeconds = 0.0
  private var wallSeconds = 0.0
  private var bytes = 0.0
  /// Missing trials of whose kind nothing has run yet.
  private var unknown = 0

  /// Trials that stand for all of a phase.
  private static let sampleSize = 500

  init() {}

  init(_ experiment: CheckedExperiment, _ trials: [NamedTrial], _ store: TrialStore?) throws {
    let totals = [
      TrialPhase.tuning: experiment.plan.tuningCount, .evaluation: experiment.plan.evaluationCount,
    ]
    var forecast = store.map { CostForecast($0) }
    var typical: (cpu: Double, wall: Double, bytes: Double)?
    for phase in TrialPhase.allCases {
      let own = trials.filter { $0.phase == phase }
      let missing =
        own.count { !$0.isStored } + max(0, own.isEmpty || phase == .tuning ? totals[phase]! - own.count : 0)
      // Where selections agree, equal evaluation trials are named once.
      let asked = own.filter { !$0.isStored }.isEmpty ? own : own.filter { !$0.isStored }
      let stride = max(1, asked.count / Self.sampleSize)
      let sample = asked.enumerated().filter { $0.offset % stride == 0 }.map(\.element.specification)
      let expected = try forecast?.expectations(sample) ?? [:]
      let known = sample.compactMap { expected[$0.key] }
      if !known.isEmpty {
        let n = Double(known.count)
        typical = (
          known.reduce(0) { $0 + $1.cpuSeconds } / n, known.reduce(0) { $0 + $1.wallSeconds } / n,
          known.reduce(0) { $0 + Double($1.bytes) } / n
        )
      }
      self.missing += missing
      guard let typical else {
        unknown += missing
        continue
      }
      cpuSeconds += Double(missing) * typical.cpu
      wallSeconds += Double(missing) * typical.wall
      bytes += Double(missing) * typical.bytes
    }
  }

  mutating func add(_ other: PlanForecast) {
    missing += other.missing
    cpuSeconds += other.cpuSeconds
    wallSeconds += other.wallSeconds
    bytes += other.bytes
    unknown += other.unknown
  }

  /// - Parameter workers: how many share the work; nil to tell the CPU time instead.
  func text(workers: Int?) -> String {
    guard missing > 0 else { return "nothing" }
    var parts = ["at most \(count(missing, "trial"))"]
    if unknown < missing {
      let time =
        workers.map { "about \(duration(wallSeconds / Double($0))) on \(count($0, "worker"))" }
        ?? "about \(duration(cpuSeconds)) of CPU time"
      parts.append("\(time), \(size(bytes)) of disk")
    }
    if unknown > 0 {
      parts.append(
        "\(unknown == missing ? "their" : "\(NumberText.count(unknown)) of them have") "
          + "\(unknown == missing ? "time is not known: none of their kind has run" : "an unknown cost")")
    }
    return parts.joined(separator: "; ")
  }
}

/// `12 KiB`, `3.4 MiB`.
func size(_ bytes: Double) -> String {
  switch bytes {
  case ..<1_048_576: "\(Int((bytes / 1024).rounded(.up))) KiB"
  case ..<104_857_600: "\((bytes / 104857.6).rounded(.up) / 10) MiB"
  default: "\(NumberText.count(Int((bytes / 1_048_576).rounded(.up)))) MiB"
  }
}
