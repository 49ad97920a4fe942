import Driver
import Execution
import Foundation
import Testing

/// A project in a temporary folder: studies, store and output, removed with the test.
final class Project: Sendable {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "assay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/studies", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The text of a fixture study.
  static func fixture(_ name: String) throws -> String {
    try String(contentsOfFile: "\(repository)/Tests/EndToEndTests/Studies/\(name)", encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// A file of the repository at its own place.
  func copy(_ name: String) throws {
    try write(String(contentsOfFile: "\(Self.repository)/\(name)", encoding: .utf8), to: name)
  }

  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }

  /// Builds inside this process.
  @discardableResult
  func build(
    _ study: String = "studies", profile: String = "full", only: String? = nil, writesJSON: Bool = false,
    executor: (() throws -> any TrialExecutor)? = nil
  ) throws -> BuildSummary {
    try Driver.build(
      BuildRequest(
        studies: ["\(folder)/\(study)"], profile: profile, only: only, output: "\(folder)/output",
        store: "\(folder)/.assay/store.sqlite", workers: 0, display: .nothing,
        writesJSON: writesJSON),
      executor: executor)
  }

  /// The names of output files that differ from an earlier state, or stand in one of the two only.
  func changes(since before: [String: String]) -> [String] {
    let now = output()
    return Set(now.keys).union(before.keys).filter { now[$0] != before[$0] }.sorted()
  }

  /// Every file of the output folder but the stamps, by name.
  func output() -> [String: String] {
    var files: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: "\(folder)/output") ?? .init()
    where !name.contains(".stamps") {
      if let text = read("output/\(name)") { files[name] = text }
    }
    return files
  }
}

/// The tool itself as a process, for what only a process can show.
struct Tool {
  let folder: String

  /// The executable beside the test bundle.
  static let path: String = {
    let products = URL(fileURLWithPath: Home.executablePath()).deletingLastPathComponent()
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("assay").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return products.appendingPathComponent("assay").path
  }()

  struct Run {
    let status: Int32
    let output: String
    let errors: String
  }

  func start(
    _ arguments: [String], program: String = Tool.path, home: String = Project.repository
  ) throws -> (process: Process, output: Pipe, errors: Pipe) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "ASSAY_HOME": home, "ASSAY": Self.path, "XDG_CONFIG_HOME": self.folder + "/config",
    ]) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return (process, output, errors)
  }

  func run(_ arguments: String...) throws -> Run { try ended(start(arguments)) }

  /// Runs a shell's command line, in which `$ASSAY` is the tool.
  func shell(_ line: String, home: String = Project.repository) throws -> Run {
    try ended(start(["-c", line], program: "/bin/bash", home: home))
  }

  private func ended(_ run: (process: Process, output: Pipe, errors: Pipe)) -> Run {
    let (process, output, errors) = run
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problems = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: problems, as: UTF8.self))
  }
}
