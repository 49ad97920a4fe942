import Execution
import Experiments
import Foundation
import TrialStore

/// The declared files of commands, made ready to run: copies under the digest of what they are made from, with what
/// their `build` added, in `programs` beside the store.
///
/// A program runs in a folder that holds copies of these and nothing else, so a file that is not declared is not there.
struct ProgramFolder {
  let files: TrialFolder

  /// The most time that making a program may take, in seconds.
  private static let buildLimitSeconds = 600.0

  /// Copies the program of a call into a folder that is there and empty; makes it first where nobody has.
  func copy(_ call: CommandCall, to target: String) throws {
    let made = files.programFolder(call.programDigest)
    if call.build.isEmpty {
      for file in call.files { try copyDeclared(file, of: call, to: target) }
      return
    }
    if !FileManager.default.fileExists(atPath: made) { try make(call, as: made) }
    for name in try FileManager.default.contentsOfDirectory(atPath: made).sorted() {
      try FileManager.default.copyItem(atPath: "\(made)/\(name)", toPath: "\(target)/\(name)")
    }
  }

  /// Runs the build in a folder of its own and gives it its name when it is whole.
  private func make(_ call: CommandCall, as made: String) throws {
    let draft = "\(made).\(getpid()).part"
    try? FileManager.default.removeItem(atPath: draft)
    try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: draft) }
    for file in call.files { try copyDeclared(file, of: call, to: draft) }
    let program = Program(
      name: call.build[0], arguments: Array(call.build.dropFirst()), folder: draft,
      environment: commandEnvironment(call, temporary: draft))
    let run = try program.run(input: [], timeLimit: Self.buildLimitSeconds)
    guard run.ending == ProgramRun.success else {
      write(run.log)
      switch run.ending {
      case .ended(let status): throw CommandError.notBuilt(status)
      case .timedOut(let seconds): throw CommandError.notBuilt("no result after \(numberLabel(seconds)) s")
      case .flooded(let bytes): throw CommandError.notBuilt("more than \(bytes >> 20) MiB of output")
      }
    }
    // Where another worker was faster, its program is as good.
    if rename(draft, made) != 0, errno != ENOTEMPTY, errno != EEXIST {
      throw CommandError.notBuilt(String(cString: strerror(errno)))
    }
  }

  private func copyDeclared(_ file: CommandCall.File, of call: CommandCall, to folder: String) throws {
    let source = call.folder.isEmpty ? file.path : "\(call.folder)/\(file.path)"
    guard let bytes = FileManager.default.contents(atPath: source) else {
      throw CommandError.missing(file.path)
    }
    guard bytes.withUnsafeBytes({ Digest(of: $0) }) == file.digest else {
      throw CommandError.changed(file.path)
    }
    let target = "\(folder)/\(file.path)"
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try bytes.write(to: URL(fileURLWithPath: target))
    if FileManager.default.isExecutableFile(atPath: source) { chmod(target, 0o755) }
  }
}

/// All of the environment that a command gets: where programs lie, a language, folders, and what the study declares.
func commandEnvironment(_ call: CommandCall, temporary: String) -> [String: String] {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  return ["HOME": temporary, "LANG": "C.UTF-8", "PATH": path, "TMPDIR": temporary]
    .merging(call.environment) { $1 }
}

/// Puts what a program wrote into the log of the trial.
func write(_ log: String) {
  guard !log.isEmpty else { return }
  FileHandle.standardError.write(Data((log.hasSuffix("\n") ? log : log + "\n").utf8))
}
