import Experiments
import Glibc

/// Runs trials in worker processes, so that a crash or an endless loop costs one trial and no more.
///
/// Workers are started when first needed and serve trial after trial. One thread, the caller's, waits for all of them
/// in `next`. Making a pool lets this process ignore SIGPIPE.
package final class WorkerPool: TrialExecutor {
  private let executable: String
  private let arguments: [String]
  package let slots: Int
  private var workers: [Worker] = []
  private var queue: [TrialRequest] = []
  private var queueStart = 0
  private var events: [TrialEvent] = []
  private var failedStarts = 0
  private var lastMemoryWatch = -Double.infinity

  /// So many workers that end in a row without having served a trial are an error.
  private static let failedStartLimit = 3
  /// How long a worker may take until it is ready, in seconds.
  private static let startLimitSeconds = 60.0
  /// How long a worker that closed its pipe may take to end, in seconds.
  private static let graceSeconds = 1.0
  /// How often the memory of running workers is looked at, in seconds: even a worker that does nothing but touch new
  /// pages grows by a few hundred mebibytes meanwhile, no more.
  private static let memoryWatchSeconds = 0.1

  /// - Parameters:
  ///   - executable: the path of a program that calls `serveWorker` when given these arguments.
  ///   - count: how many workers run at a time, at least 1.
  package init(executable: String, arguments: [String], count: Int) {
    precondition(count >= 1)
    self.executable = executable
    self.arguments = arguments
    slots = count
    signal(SIGPIPE, SIG_IGN)
  }

  deinit { shutdown() }

  package func submit(_ requests: [TrialRequest]) {
    queue.removeFirst(queueStart)
    queueStart = 0
    queue += requests
  }

  package var unfinishedCount: Int {
    queue.count - queueStart + events.count
      + workers.count { if case .running = $0.state { true } else { false } }
  }

  package func next(within limit: Double?) throws -> [TrialEvent] {
    let deadline = limit.map { seconds(CLOCK_MONOTONIC) + $0 }
    do {
      try feed()
      while events.isEmpty, unfinishedCount > 0 {
        let wasInterrupted = try wait(until: deadline)
        try feed()
        if wasInterrupted { break }
        if let deadline, seconds(CLOCK_MONOTONIC) >= deadline { break }
      }
    } catch {
      shutdown()
      throw error
    }
    defer { events = [] }
    return events
  }

  package func shutdown() {
    for worker in workers { _ = worker.process.end(graceSeconds: 0) }
    workers = []
    queue = []
    queueStart = 0
    events = []
  }

  /// Gives idle workers the next trials and starts as many workers as there is work for.
  private func feed() throws {
    for worker in workers {
      guard queueStart < queue.count else { return }
      guard case .idle = worker.state else { continue }
      let limit = queue[queueStart].limits.bytes
      if let limit, worker.hasServed, worker.process.residentBytes() > limit / 2 {
        // What earlier trials left behind must not count against this one.
        try end(worker, graceSeconds: 0)
      } else if worker.start(queue[queueStart]) {
        queueStart += 1
      } else {
        // It ended while it had nothing to do: the trial is none the worse.
        worker.state = .idle
        try end(worker, graceSeconds: Self.graceSeconds)
      }
    }
    var starting = workers.count { if case .starting = $0.state { true } else { false } }
    while workers.count < slots, queueStart + starting < queue.count {
      workers.append(
        Worker(
          try WorkerProcess(
            executable: executable, arguments: arguments,
            environment: [("OPENBLAS_NUM_THREADS", "1"), ("SWIFT_BACKTRACE", "enable=no")])))
      starting += 1
    }
  }

  /// Waits until a worker has something to say or some time is over, and takes in what there is; returns whether a
  /// signal ended the wait.
  private func wait(until deadline: Double?) throws -> Bool {
    let present = workers
    var descriptors: [pollfd] = []
    for worker in present {
      descriptors.append(pollfd(fd: worker.process.output, events: Int16(POLLIN), revents: 0))
      let errors = worker.hasErrors ? worker.process.errors : -1
      descriptors.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0))
      let input = worker.outgoing.isEmpty ? -1 : worker.process.input
      descriptors.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
    }
    let now = seconds(CLOCK_MONOTONIC)
    let watch = present.contains { $0.byteLimit != nil } ? now + Self.memoryWatchSeconds : nil
    let wake = (present.compactMap(limit) + [deadline, watch].compactMap { $0 }).min()
    let milliseconds = wake.map { max(0, (($0 - now) * 1000).rounded(.up)) }
    let ready = poll(&descriptors, nfds_t(descriptors.count), Int32(min(milliseconds ?? -1, 1e9)))
    let wasInterrupted = ready < 0 && errno == EINTR
    if ready < 0 { return wasInterrupted }
    for (i, worker) in present.enumerated() {
      if descriptors[3 * i + 1].revents != 0 { worker.readErrors() }
      // A broken pipe shows on the worker's output, which tells what became of its trial.
      if descriptors[3 * i + 2].revents != 0 { _ = worker.send() }
      if descriptors[3 * i].revents != 0 { try takeIn(worker) }
    }
    try enforceLimits()
    return false
  }

  /// Stops workers whose time is over or that hold too much memory.
  private func enforceLimits() throws {
    let now = seconds(CLOCK_MONOTONIC)
    let watchesMemory = now >= lastMemoryWatch + Self.memoryWatchSeconds
    if watchesMemory { lastMemoryWatch = now }
    for worker in workers {
      if let limit = limit(worker), now >= limit {
        try stop(worker)
      } else if watchesMemory, let limit = worker.byteLimit, worker.process.residentBytes() > limit {
        try end(worker, graceSeconds: 0, as: .outgrew(bytes: limit))
      }
    }
  }

  /// When the worker must be stopped, on the monotonic clock.
  private func limit(_ worker: Worker) -> Double? {
    switch worker.state {
    case .starting: worker.since + Self.startLimitSeconds
    case .idle: nil
    case .running(let request): request.limits.seconds.map { worker.since + $0 }
    }
  }

  private func takeIn(_ worker: Worker) throws {
    for arrival in worker.arrivals() {
      switch arrival {
      case .line(let line):
        guard accept(line, from: worker) else { return try refuse(worker, line) }
      case .flood: return try refuse(worker, [])
      case .closed: return try end(worker, graceSeconds: Self.graceSeconds)
      }
    }
  }

  /// Takes a message as what it says; false where it is none, or none that is due.
  private func accept(_ line: [UInt8], from worker: Worker) -> Bool {
    guard let message = try? WorkerMessage(line: line) else { return false }
    switch (message, worker.state) {
    case (.ready, .starting):
      worker.state = .idle
      return true
    case (.finished(let key, let outcome, let cost), .running(let request)) where key == request.key:
      events.append(.finished(key, outcome, cost))
    case (.failed(let key, let message), .running(let request)) where key == request.key:
      events.append(.attempt(key, Attempt(ending: .failed(message), log: worker.currentLog())))
    default: return false
    }
    worker.state = .idle
    worker.hasServed = true
    failedStarts = 0
    return true
  }

  /// Ends a worker that wrote what is no message.
  private func refuse(_ worker: Worker, _ line: [UInt8]) throws {
    let quoted = String(decoding: line.prefix(60), as: UTF8.self).map { $0.isASCII && $0 >= " " ? $0 : "·" }
    try end(
      worker, graceSeconds: 0, as: .failed("the worker answered with something else: '\(String(quoted))'"))
  }

  /// Ends a worker whose time is over.
  private func stop(_ worker: Worker) throws {
    if case .running(let request) = worker.state, let limit = request.limits.seconds {
      try end(worker, graceSeconds: 0, as: .timedOut(seconds: limit))
    } else {
      try end(worker, graceSeconds: 0)
    }
  }

  /// Ends a worker and settles the trial it ran, which by default was crashed by however the worker ended.
  private func end(_ worker: Worker, graceSeconds: Double, as ending: Attempt.Ending? = nil) throws {
    let log = worker.currentLog()
    let status = worker.process.end(graceSeconds: graceSeconds)
    workers.removeAll { $0 === worker }
    if case .running(let request) = worker.state {
      events.append(.attempt(request.key, Attempt(ending: ending ?? .crashed(status), log: log)))
      failedStarts = 0
    } else if !worker.hasServed {
      failedStarts += 1
      if failedStarts == Self.failedStartLimit {
        throw ExecutionError.workersDoNotStart(times: failedStarts, ending: status, log: log)
      }
    }
  }
}
