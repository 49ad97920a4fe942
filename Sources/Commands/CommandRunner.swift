import Datasets
import Execution
import Experiments
import Foundation
import TrialStore

/// Runs the trials whose procedure is an author's program.
package final class CommandRunner {
  private let files: TrialFolder
  private let rows: RowText
  private let programs: ProgramFolder

  /// - Parameters:
  ///   - library: where rows come from.
  ///   - files: the folder of the store, for artefacts, checkpoints, programs and scratch.
  package init(library: DataLibrary, files: TrialFolder) {
    self.files = files
    rows = RowText(library)
    programs = ProgramFolder(files: files)
  }

  /// Runs a trial to its outcome.
  ///
  /// - Throws: `CommandError` where the program gives none, and what reading and writing files throws.
  package func run(_ call: CommandCall, _ specification: TrialSpecification) throws -> Outcome {
    for input in specification.inputs where input.sources.contains(where: \.hasDiverged) {
      return Outcome(
        status: .diverged("a trial behind its input '\(input.name)' diverged"), measures: [:], curves: [],
        cost: CountedCost())
    }
    let folder = try absolute("\(files.scratch)/\(specification.key.digest.short)-\(getpid())")
    try? FileManager.default.removeItem(atPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["data", "inputs", "temporary", "work"] { try makeFolder("\(folder)/\(name)") }
    let checkpoints = try absolute(files.checkpointFolder(of: specification.key)) + "/command"
    try makeFolder(checkpoints)
    let work = folder + "/work"
    try programs.copy(call, to: work)
    let request = try CommandRequest(
      specification: specification, data: layOutRows(specification, in: folder + "/data"),
      inputs: layOutInputs(specification, in: folder + "/inputs"), scratch: work, checkpoints: checkpoints,
      timeLimitSeconds: call.timeLimitSeconds
    ).bytes
    try Data(request).write(to: URL(fileURLWithPath: folder + "/request.json"))
    var environment = commandEnvironment(call, temporary: folder + "/temporary")
    environment["ASSAY_REQUEST"] = folder + "/request.json"
    let program = Program(
      name: call.run[0], arguments: Array(call.run.dropFirst()), folder: work, environment: environment)
    let watch = OpenedFiles(in: call.folder)
    let run = try started(call) { try program.run(input: request, timeLimit: call.timeLimitSeconds) }
    let undeclared = watch.stop(without: Set(call.files.map(\.path) + call.others))
    if run.ending != ProgramRun.success { write(run.log) }
    switch run.ending {
    case ProgramRun.success: break
    case .ended(let status):
      throw CommandError.ended(status, hints: hints(run.log, call))
    case .timedOut(let seconds): throw CommandError.timedOut(seconds: seconds)
    case .flooded(let bytes): throw CommandError.flooded(bytes: bytes)
    }
    do {
      let outcome = try outcome(of: try CommandReport(run.output), call, specification, work: work)
      if !undeclared.isEmpty {
        try files.note(
          "\(undeclared.map { "'\($0)'" }.joined(separator: ", ")) was opened", of: specification.key)
      }
      return outcome
    } catch {
      write(run.log)
      throw error
    }
  }

  // MARK: What the program is given

  private func layOutRows(_ specification: TrialSpecification, in folder: String) throws -> [DataRole: String]
  {
    var paths: [DataRole: String] = [:]
    for (role, reference) in specification.data {
      let path = "\(folder)/\(role.rawValue).csv"
      try Data(rows.bytes(of: reference)).write(to: URL(fileURLWithPath: path))
      paths[role] = path
    }
    return paths
  }

  private func layOutInputs(
    _ specification: TrialSpecification, in folder: String
  ) throws -> [(name: String, sources: [[(artefact: String, path: String)]])] {
    try specification.inputs.map { input in
      let sources = try input.sources.enumerated().map { number, source in
        try source.artefacts.map { artefact in
          let path = "\(folder)/\(input.name)-\(number)-\(artefact.name)"
          let bytes = try files.read(artefact.digest)
          // Of an artefact about items a trial is given the rows of its own roles and no others.
          let content = try? ArtefactContent(bytes: bytes)
          let given = try content.flatMap { try rows.bytes(of: $0, for: specification.data) } ?? bytes
          try Data(given).write(to: URL(fileURLWithPath: path))
          return (artefact: artefact.name, path: path)
        }
      }
      return (input.name, sources)
    }
  }

  private func started<Value>(_ call: CommandCall, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch ExecutionError.cannotStart(_, let reason) {
      throw CommandError.notStarted(call.run[0], reason: reason)
    }
  }

  // MARK: What the program gives

  private func outcome(
    of report: CommandReport, _ call: CommandCall, _ specification: TrialSpecification, work: String
  ) throws -> Outcome {
    let curves = report.curves.sorted { $0.key < $1.key }.map { name, points in
      // As many points as the curves of Assay's own procedures keep.
      let count = min(points.count, 20)
      let kept = (0..<count).map { points[($0 + 1) * points.count / count - 1] }
      return Curve(name: name, steps: kept.map(\.step), values: kept.map(\.value))
    }
    if let reason = report.divergence {
      return Outcome(status: .diverged(reason), measures: [:], curves: curves, cost: report.cost)
    }
    var measures: [String: Double] = [:]
    for request in specification.measures {
      guard let value = report.measures[request.measure] else {
        throw CommandError.missingMeasure(request.measure)
      }
      measures[request.column] = value
    }
    let artefacts = try specification.kept.map { name in
      guard let content = report.artefacts[name], let kind = call.artefacts[name] else {
        throw CommandError.missingArtefact(name)
      }
      let bytes: [UInt8]
      switch content {
      case .items(let content): bytes = content.bytes
      case .file(let path): bytes = try contents(path, in: work)
      }
      if kind.isAboutItems { try check(content, name, kind, specification) }
      return Artefact(name: name, kind: kind, digest: try files.keep(bytes), bytes: bytes.count)
    }
    return Outcome(
      status: .finished, measures: measures, curves: curves, cost: report.cost, artefacts: artefacts)
  }

  /// Throws where what is about items does not have a row for each one of the trial's.
  private func check(
    _ content: CommandReport.Content, _ name: String, _ kind: ArtefactKind, _ trial: TrialSpecification
  ) throws {
    guard case .items(let content) = content, let items = content.items else {
      throw CommandError.notAboutItems(name, kind)
    }
    let wanted = try rows.items(of: trial.data.filter { [.calibrate, .score].contains($0.key) })
    let lacking = wanted.subtracting(items).count
    if lacking > 0 { throw CommandError.missingItems(name, lacking: lacking, of: wanted.count) }
    let width = content.arrays.first?.shape.dropFirst().reduce(1, *) ?? 1
    if kind == .scores, width != 1 { throw CommandError.manyScores(name, width) }
  }

  /// A file that the program left in its folder.
  private func contents(_ path: String, in work: String) throws -> [UInt8] {
    let url = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: work + "/")).standardizedFileURL
    guard
      url.resolvingSymlinksInPath().path.hasPrefix(
        URL(fileURLWithPath: work).resolvingSymlinksInPath().path + "/")
    else { throw CommandError.outside(path) }
    guard let data = FileManager.default.contents(atPath: url.path) else { throw CommandError.missing(path) }
    return [UInt8](data)
  }

  // MARK: Files beside the study

  /// Files beside the study that a failing program spoke of and that are not declared.
  private func hints(_ log: String, _ call: CommandCall) -> [String] {
    let folder = call.folder.isEmpty ? "." : call.folder
    let declared = Set(call.files.map(\.path))
    guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
    var found: [String] = []
    for case let name as String in names {
      if names.level > 3 { names.skipDescendants() }
      let last = (name as NSString).lastPathComponent
      guard last.count > 2, last.contains("."), !last.hasSuffix(".md"), !declared.contains(name) else {
        continue
      }
      let module = last.hasSuffix(".py") ? "'\(last.dropLast(3))'" : last
      if log.contains(last) || log.contains("No module named \(module)") { found.append(name) }
      if found.count == 3 { break }
    }
    return found.sorted()
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func absolute(_ path: String) throws -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
