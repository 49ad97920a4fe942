import EngineTestSupport
import Execution
import Experiments
@preconcurrency import Glibc
import TrialStore

/// A program for the tests of the engine: a worker whose procedures misbehave on demand, the parent of one, and a
/// writer of a store.
@main struct WorkerProbe {
  static func main() throws {
    let arguments = CommandLine.arguments
    setvbuf(stdout, nil, Int32(_IOLBF), 0)
    switch arguments[1] {
    case "worker": try serveWorker(run: run)
    case "checkpoint-worker":
      let files = TrialFolder(path: arguments[2])
      try serveWorker { try walk($0, files) }
    case "die":
      fputs("no such library\n", stderr)
      exit(7)
    case "parent": try beParent(pidFile: arguments[2])
    case "write": try write(to: arguments[2])
    case "keep": try keep(in: arguments[2])
    case "program":
      let words = ["-c", "sleep 1000 & echo $$ $! > '\(arguments[2])'; wait"]
      let program = Program(name: "sh", arguments: words, folder: "/", environment: ["PATH": "/usr/bin:/bin"])
      _ = try program.run(input: [], timeLimit: nil)
    case "hold": try hold(arguments[2])
    case "write-as-nobody":
      setuid(65534)
      try report { try write(to: arguments[2]) }
    case "count-as-nobody":
      setuid(65534)
      try report { print(try TrialStore.reading(at: arguments[2])!.counts().trials) }
    case "write-until-full":
      // A limit on the size of files stands for a full disk.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: rlim_t(arguments[3])!, rlim_max: rlim_t(arguments[3])!)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      try report { try write(to: arguments[2]) }
    default: preconditionFailure("unknown command \(arguments[1])")
    }
  }

  /// Runs a worker pool on a trial that hangs after it wrote its process number.
  static func beParent(pidFile: String) throws {
    let pool = WorkerPool(executable: try Probe.path, arguments: ["worker"], count: 1)
    let specification = TrialSpecification(
      procedure: "hang-with-child", settings: Settings(["file": .text(pidFile)]), revisions: [], data: [:],
      seed: SeedPath(pool: .tuning, seed: 0), measures: [], fingerprint: "")
    pool.submit([TrialRequest(key: specification.key, specification: specification)])
    _ = try pool.next()
  }

  /// Commits trial after trial and prints each one's number once it is durable.
  static func write(to path: String) throws {
    let store = try TrialStore(writingAt: path) { print("waiting") }
    for number in 0... {
      let specification = sampleSpecification(seed: number)
      var batch = StoreBatch()
      batch.trials = [
        FinishedTrial(
          key: specification.key, specification: specification, outcome: sampleOutcome(Double(number)),
          cost: MeasuredCost(cpuSeconds: 1, wallSeconds: 1, peakBytes: 1, host: "probe"))
      ]
      try store.commit(batch)
      print(number)
    }
  }

  /// Keeps artefact after artefact and prints each one's number once it is durable.
  static func keep(in path: String) throws {
    let folder = TrialFolder(path: path)
    for number in 0... {
      let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 40_000 + number)
      _ = try folder.keep(bytes)
      print(number)
    }
  }

  /// Holds the right to write until standard input ends.
  static func hold(_ path: String) throws {
    let store = try TrialStore(writingAt: path) { print("waiting") }
    print("open")
    while readLine() != nil {}
    withExtendedLifetime(store) {}
  }

  static func report(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as StoreError {
      print(error)
    }
  }
}
