import Experiments
import TrialStore

/// Events for tools: one JSON object a line on standard output, each with its kind under `event`.
///
/// The manual page on the engine lists the events and their fields.
final class JSONReporter: BuildReporter {
  private var tallies: [ExperimentTally] = []
  private var shownDone: [Int: Int] = [:]
  private var lastProgress = -1.0

  private static let intervalSeconds = 1.0

  func take(_ event: BuildEvent) {
    switch event {
    case .started(let profile, let studies):
      put("started") { w in
        w.key("profile")
        w.value(profile)
        w.key("studies")
        w.array { w in for study in studies { w.value(study) } }
      }
    case .progress(let tallies):
      self.tallies = tallies
      showProgress()
    case .trial(let trial): show(trial)
    case .report(let path, let isChanged):
      put("report") { w in
        w.key("is-changed")
        w.value(isChanged)
        w.key("path")
        w.value(path)
      }
    case .note(let text):
      put("note") { w in
        w.key("text")
        w.value(text)
      }
    case .ended(let status, let ran, _, let upToDate, let profile):
      put("ended") { w in
        w.key("profile")
        w.value(profile)
        w.key("status")
        w.value("\(status)")
        w.key("trials-run")
        w.value(ran)
        w.key("up-to-date")
        w.value(upToDate)
      }
    }
  }

  /// Experiments that moved since they were last shown, at most once a second but for their ends.
  private func showProgress() {
    let isDue = monotonicSeconds() - lastProgress >= Self.intervalSeconds
    if isDue { lastProgress = monotonicSeconds() }
    for (index, tally) in tallies.enumerated() {
      guard tally.done != shownDone[index], isDue || tally.state == .closed else { continue }
      shownDone[index] = tally.done
      put("progress") { w in
        if let best = tally.best {
          w.key("best")
          w.value(best)
        }
        w.key("cached")
        w.value(tally.cached)
        w.key("experiment")
        w.value(tally.name)
        w.key("failed")
        w.value(tally.failed)
        w.key("finished")
        w.value(tally.finished)
        w.key("is-closed")
        w.value(tally.state == .closed)
        w.key("study")
        w.value(tally.study)
        w.key("total")
        w.value(tally.total)
      }
    }
  }

  private func show(_ trial: RanTrial) {
    put("trial") { w in
      w.key("experiment")
      w.value(tallies[trial.experiment].name)
      w.key("key")
      w.value(trial.key.digest.hex)
      if case .failed(let attempt, _) = trial.ending {
        w.key("message")
        w.value(attempt.summary)
      }
      w.key("phase")
      w.value(trial.phase.rawValue)
      if case .finished(_, let seconds) = trial.ending {
        w.key("seconds")
        w.value(seconds)
      }
      w.key("status")
      switch trial.ending {
      case .finished(let isDiverged, _): w.value(isDiverged ? "diverged" : "finished")
      case .failed(_, let isRetried): w.value(isRetried ? "retried" : "failed")
      }
      w.key("study")
      w.value(tallies[trial.experiment].study)
    }
  }

  private func put(_ kind: String, _ body: (inout CanonicalWriter) -> Void) {
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("event")
      w.value(kind)
      body(&w)
    }
    Console.output(writer.text)
  }
}
