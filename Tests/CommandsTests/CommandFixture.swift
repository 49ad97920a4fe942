import Commands
import Datasets
import EngineTestSupport
import Experiments
import Foundation
import TrialStore

/// A study's folder with the files of a program, and a store beside it.
struct CommandFixture {
  let folder: String
  let files: TrialFolder
  let library: DataLibrary

  static let dataFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "studies/data").path(percentEncoded: false)

  static func inFolder<Value>(_ body: (CommandFixture) throws -> Value) throws -> Value {
    try withTemporaryFolder { path in
      try FileManager.default.createDirectory(atPath: path + "/study", withIntermediateDirectories: true)
      return try body(
        CommandFixture(
          folder: path + "/study", files: TrialFolder(path: path + "/.assay"),
          library: DataLibrary(folder: dataFolder)))
    }
  }

  func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  func call(
    _ run: [String], build: [String] = [], files names: [String] = [], environment: [String: String] = [:],
    artefacts: [String: ArtefactKind] = ["weights": .weights, "logits": .logits], limit: Double? = 20
  ) throws -> CommandCall {
    let declared = try names.map { name in
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
      return CommandCall.File(path: name, digest: Digest(of: bytes))
    }
    return CommandCall(
      run: run, build: build, files: declared, environment: environment, artefacts: artefacts,
      timeLimitSeconds: limit, folder: folder, others: [])
  }

  func specification(
    _ call: CommandCall, kept: [String] = [], inputs: [TrialInput] = [], pool: SeedPool = .tuning,
    settings: Settings = Settings(["rate": .number(0.5)]), steps: [Int] = [1]
  ) throws -> TrialSpecification {
    let source = DataSource.registered("iris")
    let content = try library.content(of: source)
    func rows(_ part: Int) -> DataReference {
      DataReference(source: source, steps: [.parts([part], of: 5)], content: content)
    }
    return TrialSpecification(
      procedure: "command", settings: settings, revisions: [], data: [.fit: rows(1), .score: rows(2)],
      seed: SeedPath(pool: pool, seed: 7),
      measures: [MeasureRequest(column: "accuracy", measure: "accuracy", settings: Settings())], kept: kept,
      inputs: inputs, command: call, fingerprint: "f")
  }

  func run(_ call: CommandCall, _ specification: TrialSpecification) throws -> Outcome {
    try CommandRunner(library: library, files: files).run(call, specification)
  }

  func run(
    _ words: [String], files: [String] = [], kept: [String] = [], limit: Double? = 20
  ) throws -> Outcome {
    let call = try call(words, files: files, limit: limit)
    return try run(call, specification(call, kept: kept))
  }
}
