import Glibc

/// A program to be run once, with a folder and an environment of its own.
package struct Program: Sendable {
  /// The program's path, or a name that is looked up in the environment's `PATH`.
  package let name: String
  package let arguments: [String]
  /// The working folder.
  package let folder: String
  /// All of its environment.
  package let environment: [String: String]

  package init(name: String, arguments: [String], folder: String, environment: [String: String]) {
    self.name = name
    self.arguments = arguments
    self.folder = folder
    self.environment = environment
  }
}

/// What running a program came to.
package struct ProgramRun: Sendable {
  package enum Ending: Hashable, Sendable {
    /// `exit status 3`, or the signal it died of, such as `SIGSEGV`.
    case ended(String)
    case timedOut(seconds: Double)
    /// It wrote more than is read.
    case flooded(bytes: Int)
  }

  package let ending: Ending
  /// What it wrote to its standard output.
  package let output: [UInt8]
  /// What it wrote to its standard error, capped.
  package let log: String

  /// How an end without a complaint is named.
  package static let success = Ending.ended("exit status 0")
}

extension Program {
  /// The most that is read of a program's output, in bytes.
  private static let outputLimit = 1 << 26
  /// How long it may go unnoticed that a program has ended while something it started holds its pipes, in seconds.
  private static let patienceSeconds = 0.02

  /// Runs the program to its end; all that it started ends with it, also where this process is killed meanwhile.
  ///
  /// - Parameters:
  ///   - input: what it reads on its standard input.
  ///   - seconds: wall time after which it is stopped; nil for no limit.
  /// - Throws: `ExecutionError.cannotStart` where the system does not start it.
  package func run(input: [UInt8], timeLimit seconds: Double?) throws -> ProgramRun {
    signal(SIGPIPE, SIG_IGN)
    let path = try executable()
    let guardian = try Guardian()
    // It waits for a line before it begins, which it gets when the guardian knows of it: where this process is killed
    // in between there is nothing to end.
    let process = try WorkerProcess(
      executable: "/bin/sh",
      arguments: ["-c", #"read -r _ || exit 1; cd -- "$1" && shift && exec "$@""#, "sh", folder, path]
        + arguments,
      wholeEnvironment: environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    guardian.protect(process.id)
    var run = RunningProgram(process, input: Array("\n".utf8) + input)
    let deadline = seconds.map { Execution.seconds(CLOCK_MONOTONIC) + $0 }
    var ending: ProgramRun.Ending?
    while ending == nil {
      run.exchange(within: Self.patienceSeconds)
      if run.output.count > Self.outputLimit { ending = .flooded(bytes: Self.outputLimit) }
      if process.hasEnded() {
        // What it wrote last may still be in the pipes.
        run.exchange(within: 0)
        break
      }
      if let deadline, Execution.seconds(CLOCK_MONOTONIC) >= deadline, let seconds {
        ending = .timedOut(seconds: seconds)
      }
    }
    // The guardian goes first: once the program is reaped its number may be another group's.
    guardian.dismiss()
    let status = process.end(graceSeconds: 0, closingInput: run.isInputOpen)
    return ProgramRun(ending: ending ?? .ended(status), output: run.output, log: run.log.text)
  }

  private func executable() throws -> String {
    if name.contains("/") {
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      if access(path, X_OK) == 0 { return path }
      throw ExecutionError.cannotStart(executable: name, reason: String(cString: strerror(errno)))
    }
    for place in (environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(place)/\(name)"
      if access(path, X_OK) == 0 { return path }
    }
    throw ExecutionError.cannotStart(executable: name, reason: "there is no such program in PATH")
  }
}

/// A program's pipes: what is still to be written, and what has been read.
private struct RunningProgram {
  private(set) var output: [UInt8] = []
  private(set) var log = CappedLog()
  private let process: WorkerProcess
  private var rest: ArraySlice<UInt8>
  private(set) var isInputOpen = true
  private var isOutputOpen = true
  private var isLogOpen = true

  init(_ process: WorkerProcess, input: [UInt8]) {
    self.process = process
    rest = input[...]
  }

  /// Waits for a pipe and moves what can be moved.
  mutating func exchange(within seconds: Double) {
    if isInputOpen, rest.isEmpty {
      close(process.input)
      isInputOpen = false
    }
    var descriptors = [
      pollfd(fd: isOutputOpen ? process.output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isLogOpen ? process.errors : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isInputOpen ? process.input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    poll(&descriptors, 3, Int32(seconds * 1000))
    if descriptors[2].revents != 0 {
      let count = rest.withUnsafeBytes { write(process.input, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      // A program need not read what it is told.
      if count < 0, errno != EAGAIN, errno != EINTR { rest = [] }
    }
    if descriptors[0].revents != 0 {
      isOutputOpen = readAll(process.output) { output.append(contentsOf: $0) }
    }
    if descriptors[1].revents != 0 { isLogOpen = readAll(process.errors) { log.append($0) } }
  }
}

/// A small process that outlives this one for a moment: when this one is gone, however it ended, it kills the program's
/// process group.
private final class Guardian {
  private let process: WorkerProcess

  init() throws {
    process = try WorkerProcess(
      executable: "/bin/sh",
      arguments: [
        "-c", #"read -r group; read -r _; test -z "$group" || kill -KILL "-$group" 2>/dev/null"#,
      ], wholeEnvironment: [])
  }

  func protect(_ group: pid_t) {
    let line = Array("\(group)\n".utf8)
    _ = write(process.input, line, line.count)
  }

  func dismiss() {
    kill(-process.id, SIGKILL)
    _ = process.end(graceSeconds: 0)
  }
}
