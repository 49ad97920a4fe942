@preconcurrency import Glibc
import Synchronization

/// A child process with its own process group and pipes to its standard streams.
///
/// All three descriptors do not block and are closed in other child processes.
struct WorkerProcess {
  let id: pid_t
  /// The writing end of its standard input.
  let input: Int32
  /// The reading end of its standard output.
  let output: Int32
  /// The reading end of its standard error.
  let errors: Int32

  /// Starts the executable, a path, with those arguments and this process' environment, changed as given.
  init(executable: String, arguments: [String], environment changes: [(name: String, value: String)]) throws {
    self = try oneAtATime.withLock { _ in
      try WorkerProcess(spawning: executable, arguments, Self.environment(changes))
    }
  }

  /// Starts the executable, a path, with those arguments and that environment, as `NAME=VALUE`.
  init(executable: String, arguments: [String], wholeEnvironment environment: [String]) throws {
    self = try oneAtATime.withLock { _ in
      try WorkerProcess(spawning: executable, arguments, environment)
    }
  }

  private init(spawning executable: String, _ arguments: [String], _ environment: [String]) throws {
    var ends: [Int32] = []
    func fail(_ code: Int32) -> ExecutionError {
      for end in ends { close(end) }
      return .cannotStart(executable: executable, reason: String(cString: strerror(code)))
    }
    for _ in 0..<3 {
      var pair: [Int32] = [0, 0]
      guard pipe(&pair) == 0 else { throw fail(errno) }
      ends += pair
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (childInput, childOutput, childErrors) = (ends[0], ends[3], ends[5])
    (input, output, errors) = (ends[1], ends[2], ends[4])
    for end in [input, output, errors] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, childInput, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, childOutput, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, childErrors, STDERR_FILENO)

    // A group of its own, so that what the worker starts ends with it and a Ctrl-C reaches the parent alone; signals
    // that the parent ignores or blocks have their usual effect again.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)

    var id: pid_t = 0
    let code = Self.withTexts([executable] + arguments) { argumentTexts in
      Self.withTexts(environment) { environmentTexts in
        posix_spawn(&id, executable, &actions, &attributes, argumentTexts, environmentTexts)
      }
    }
    guard code == 0 else { throw fail(code) }
    for end in [childInput, childOutput, childErrors] { close(end) }
    self.id = id
  }

  /// Ends the process and all that it started, and returns how it had ended: `exit status 3` or `SIGSEGV`.
  ///
  /// - Parameters:
  ///   - graceSeconds: how long it may take to end by itself.
  ///   - closingInput: whether its standard input is still open.
  func end(graceSeconds: Double, closingInput: Bool = true) -> String {
    if closingInput { close(input) }
    close(output)
    close(errors)
    let deadline = seconds(CLOCK_MONOTONIC) + graceSeconds
    while !hasEnded(), seconds(CLOCK_MONOTONIC) < deadline { usleep(200) }
    // Before the process is reaped its number cannot be that of another group.
    kill(-id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    if signal == 0 { return "exit status \((status >> 8) & 0xff)" }
    return signalNames.first { $0.number == signal }?.name ?? "signal \(signal)"
  }

  /// The memory it holds now, without that of its children; 0 where the kernel does not tell.
  func residentBytes() -> Int {
    let file = open("/proc/\(id)/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      let words = buffer[..<max(0, count)].split(separator: UInt8(ascii: " "))
      guard words.count > 1, let pages = Int(String(decoding: words[1], as: UTF8.self)) else { return 0 }
      return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
  }

  func hasEnded() -> Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT | WNOHANG) == 0
      && information.si_signo != 0
  }

  private static func environment(_ changes: [(name: String, value: String)]) -> [String] {
    var entries: [String] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if !changes.contains(where: { text.hasPrefix($0.name + "=") }) { entries.append(text) }
      next += 1
    }
    return entries + changes.map { "\($0.name)=\($0.value)" }
  }

  /// Calls `body` with the texts as an array of C strings that ends with a null pointer.
  private static func withTexts<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// Reads until nothing more is there now; false at the end of the stream.
func readAll(_ descriptor: Int32, _ take: (UnsafeRawBufferPointer) -> Void) -> Bool {
  withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
    // A process that writes without pause must not keep the reader from others.
    for _ in 0..<64 {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return false }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN
      }
      take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return true
  }
}

/// Between the making of a pipe and its marking as private no other worker may start: it would keep the pipe open.
private let oneAtATime = Mutex(())

private let signalNames: [(number: Int32, name: String)] = [
  (SIGABRT, "SIGABRT"), (SIGBUS, "SIGBUS"), (SIGFPE, "SIGFPE"), (SIGHUP, "SIGHUP"), (SIGILL, "SIGILL"),
  (SIGINT, "SIGINT"), (SIGKILL, "SIGKILL"), (SIGPIPE, "SIGPIPE"), (SIGQUIT, "SIGQUIT"), (SIGSEGV, "SIGSEGV"),
  (SIGSYS, "SIGSYS"), (SIGTERM, "SIGTERM"), (SIGTRAP, "SIGTRAP"), (SIGXCPU, "SIGXCPU"), (SIGXFSZ, "SIGXFSZ"),
]
