import Foundation

/// A wish to stop from outside: Ctrl-C, or the `SIGTERM` of a batch system.
///
/// The first signal is noted, so that finished trials can be kept and workers ended; the second ends the process.
enum Interruption {
  /// The number of the signal that came; 0 while none did.
  static var signal: Int32 { received }

  /// Calls `body` with signals noted instead of obeyed.
  static func noted<Value>(_ body: () throws -> Value) rethrows -> Value {
    received = 0
    // Whoever started this program may have blocked them.
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    let handler: @convention(c) (Int32) -> Void = { number in
      received = number
      Foundation.signal(number, SIG_DFL)
    }
    let before = signals.map { number in (number, Foundation.signal(number, handler)) }
    defer { for (number, old) in before { Foundation.signal(number, old) } }
    return try body()
  }

  private static let signals = [SIGINT, SIGTERM, SIGHUP]
}

/// Set by the handler, read by the thread that waits for trials; a word is written at once.
nonisolated(unsafe) private var received: Int32 = 0

/// A build was stopped from outside.
package struct Interrupted: Error, CustomStringConvertible {
  /// The signal that asked for it.
  package let signal: Int32
  /// Trials that finished in this build.
  let trialsRun: Int

  /// What a shell expects of a program that a signal ended.
  package var exitCode: Int32 { 128 + signal }

  package var description: String {
    let name = [SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP"][signal] ?? "signal \(signal)"
    return
      "stopped by \(name); \(count(trialsRun, "trial")) finished in this build and \(trialsRun == 1 ? "is" : "are") kept"
      + "\n   fix: run the same command again; it goes on from there"
  }
}
