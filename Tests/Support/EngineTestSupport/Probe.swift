import Foundation

/// The program `WorkerProbe`, which plays the worker, the parent or the writer on demand.
package enum Probe {
  /// Where the build put it: beside the test bundle.
  package static var path: String {
    get throws {
      let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(filePath: bundle).deletingLastPathComponent().appending(path: "WorkerProbe").path(
        percentEncoded: false)
    }
  }

  /// Starts it with those arguments; its standard output and input are pipes.
  package static func start(_ arguments: [String]) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: try path)
    process.arguments = arguments
    let output = Pipe()
    let input = Pipe()
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    return Run(process: process, output: output.fileHandleForReading, input: input.fileHandleForWriting)
  }

  /// A running probe.
  package final class Run {
    private let process: Process
    private let output: FileHandle
    private let input: FileHandle
    private var rest: [UInt8] = []

    init(process: Process, output: FileHandle, input: FileHandle) {
      self.process = process
      self.output = output
      self.input = input
    }

    /// The next line it prints, waited for; nil when it has ended.
    package func nextLine() -> String? {
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          defer { rest.removeSubrange(...end) }
          return String(decoding: rest[..<end], as: UTF8.self)
        }
        let more = output.availableData
        if more.isEmpty { return nil }
        rest += more
      }
    }

    /// All whole lines until it ends.
    package func remainingLines() -> [String] {
      var lines: [String] = []
      while let line = nextLine() { lines.append(line) }
      return lines
    }

    /// Closes its standard input and waits until it has ended.
    package func finish() {
      try? input.close()
      process.waitUntilExit()
    }

    /// Ends it as `kill -9` does.
    package func kill() {
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }
}

/// Calls `body` with a new folder that is removed afterwards.
package func withTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path(percentEncoded: false))
}

/// Whether a process of that number lives.
package func isAlive(_ id: Int32) -> Bool { kill(id, 0) == 0 }

/// Waits until something holds, at most ten seconds; whether it does.
package func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<1000 {
    if condition() { return true }
    usleep(10_000)
  }
  return condition()
}
