import TrialStore

/// Plain lines for logs: how far the running experiments are, at most every ten seconds, and how each ended.
final class PlainReporter: BuildReporter {
  private var text = ProgressText()
  private var lastLines = monotonicSeconds()
  private var closed: Set<Int> = []

  private static let intervalSeconds = 10.0

  func take(_ event: BuildEvent) {
    switch event {
    case .started, .trial: break
    case .progress(let tallies): show(tallies)
    case .report(let path, let isChanged): Console.error("\(path) \(isChanged ? "written" : "unchanged")")
    case .note(let note): Console.error(note)
    case .ended(_, let ran, let studies, let upToDate, let profile):
      Console.error(
        ProgressText.closing(trialsRun: ran, studies: studies, upToDate: upToDate, profile: profile))
    }
  }

  private func show(_ tallies: [ExperimentTally]) {
    let isDue = monotonicSeconds() - lastLines >= Self.intervalSeconds
    for (index, tally) in tallies.enumerated() where ProgressText.isActive(tally) && !closed.contains(index) {
      let line = text.line(tally, index)
      if tally.state == .closed { closed.insert(index) }
      if isDue || tally.state == .closed { Console.error(line) }
    }
    if isDue { lastLines = monotonicSeconds() }
  }
}
