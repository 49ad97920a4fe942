import Glibc

/// A worker as the pool sees it: the process, what it is doing, and the bytes on their way.
final class Worker {
  /// What a worker is doing.
  enum State {
    /// Its first message is awaited.
    case starting
    case idle
    case running(TrialRequest)
  }

  /// What reading from a worker came to.
  enum Arrival {
    case line([UInt8])
    /// A line without end.
    case flood
    /// Its standard output is closed, mostly because it has ended.
    case closed
  }

  /// The process and its pipes.
  let process: WorkerProcess
  var state = State.starting
  /// When the present state began, on the monotonic clock.
  var since = seconds(CLOCK_MONOTONIC)
  /// Whether it has answered a trial.
  var hasServed = false
  /// Whether its standard error may still bring something.
  private(set) var hasErrors = true
  /// What remains to be written of its request.
  private(set) var outgoing: ArraySlice<UInt8> = []
  private var incoming = LineBuffer()
  private var log = CappedLog()

  /// The longest line that is waited for, in bytes.
  private static let longestLine = 1 << 28

  init(_ process: WorkerProcess) { self.process = process }

  /// The memory that its present trial may make it hold; nil for no limit.
  var byteLimit: Int? {
    if case .running(let request) = state { request.limits.bytes } else { nil }
  }

  /// Sends a request; false where the worker can no longer be reached.
  func start(_ request: TrialRequest) -> Bool {
    readErrors()
    log.clear()
    outgoing = request.line[...]
    state = .running(request)
    since = seconds(CLOCK_MONOTONIC)
    return send()
  }

  /// Writes as much as the pipe takes; false where the worker can no longer be reached.
  func send() -> Bool {
    while !outgoing.isEmpty {
      let count = outgoing.withUnsafeBytes { write(process.input, $0.baseAddress, $0.count) }
      if count < 0 { return errno == EAGAIN || errno == EINTR }
      outgoing = outgoing.dropFirst(count)
    }
    return true
  }

  /// Reads all that has arrived and cuts it into lines.
  func arrivals() -> [Arrival] {
    var arrivals: [Arrival] = []
    let isOpen = readAll(process.output) { incoming.append($0) }
    while let line = incoming.nextLine() { arrivals.append(.line(line)) }
    if incoming.unfinishedCount > Self.longestLine { arrivals.append(.flood) }
    if !isOpen { arrivals.append(.closed) }
    return arrivals
  }

  /// What the worker wrote to its standard error since its trial began, capped.
  func currentLog() -> String {
    readErrors()
    return log.text
  }

  /// Takes into the log what has arrived on its standard error.
  func readErrors() {
    if hasErrors { hasErrors = readAll(process.errors) { log.append($0) } }
  }
}
