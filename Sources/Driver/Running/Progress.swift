import Foundation

/// Tells people how far the trials are: one live line on a terminal, now and then a plain line elsewhere.
final class Progress {
  private let isQuiet: Bool
  private var title = ""
  private var total = 0
  private var cached = 0
  private var done = 0
  private var failed = 0
  private var start = 0.0
  private var lastPrint = 0.0

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// A new set of trials, of which `cached` need not run.
  func begin(_ title: String, total: Int, cached: Int) {
    self.title = title
    self.total = total
    self.cached = cached
    done = 0
    failed = 0
    start = Self.now
    lastPrint = start
  }

  /// Trials that have just become durable.
  func advance(finished: Int, failed: Int) {
    done += finished + failed
    self.failed += failed
    let now = Self.now
    guard !isQuiet, now - lastPrint >= (Console.isTerminal ? 0.2 : 10) else { return }
    lastPrint = now
    print(line(now), stays: false)
  }

  func end() {
    guard !isQuiet, total > 0 else { return }
    print(line(Self.now), stays: true)
  }

  private func line(_ now: Double) -> String {
    let toRun = total - cached
    var parts = ["\(title): \(done + cached) of \(total) trials"]
    if cached > 0 { parts.append("\(cached) from the store") }
    if failed > 0 { parts.append("\(failed) failed") }
    if done > 0, now > start {
      let rate = Double(done) / (now - start)
      parts.append("\(Int(rate.rounded())) a second")
      if done < toRun { parts.append("\(Int((Double(toRun - done) / rate).rounded(.up))) s left") }
    }
    return parts.joined(separator: ", ")
  }

  private func print(_ line: String, stays: Bool) {
    guard Console.isTerminal else { return Console.error(line) }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)\(stays ? "\n" : "")".utf8))
  }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
