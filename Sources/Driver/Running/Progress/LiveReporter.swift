import Foundation
import TrialStore

/// One live line a running experiment on a terminal; what is finished scrolls up.
final class LiveReporter: BuildReporter {
  private var text = ProgressText()
  private var lastDrawing = 0.0
  private var drawnCount = 0
  private var closed: Set<Int> = []

  private static let intervalSeconds = 0.1
  /// More lines than these would push each other off a small window.
  private static let mostLines = 10

  func take(_ event: BuildEvent) {
    switch event {
    case .started, .trial: break
    case .progress(let tallies): show(tallies)
    case .report(let path, let isChanged): draw(["\(path) \(isChanged ? "written" : "unchanged")"], live: [])
    case .note(let note): draw([note], live: [])
    case .ended(_, let ran, let studies, let upToDate, let profile):
      let closing = ProgressText.closing(
        trialsRun: ran, studies: studies, upToDate: upToDate, profile: profile)
      draw([closing], live: [])
    }
  }

  private func show(_ tallies: [ExperimentTally]) {
    let active = tallies.enumerated().filter { ProgressText.isActive($1) && !closed.contains($0) }
    let ended = active.filter { $1.state == .closed }
    guard !ended.isEmpty || monotonicSeconds() - lastDrawing >= Self.intervalSeconds else { return }
    lastDrawing = monotonicSeconds()
    for (index, _) in ended { closed.insert(index) }
    let running = active.filter { $1.state != .closed }
    var live = running.prefix(Self.mostLines).map { text.line($1, $0) }
    if running.count > Self.mostLines { live.append("and \(running.count - Self.mostLines) more") }
    draw(ended.map { text.line($1, $0) }, live: live)
  }

  /// Replaces the live lines; `lasting` ones stay above them.
  private func draw(_ lasting: [String], live: [String]) {
    var out = ""
    if drawnCount > 0 { out += "\u{1B}[\(drawnCount)A" }
    out += "\r\u{1B}[J"
    for line in lasting { out += line + "\n" }
    // A line that wraps would be two lines to the cursor.
    for line in live { out += line.prefix(max(20, Self.columns - 1)) + "\n" }
    drawnCount = live.count
    FileHandle.standardError.write(Data(out.utf8))
  }

  private static var columns: Int {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
