import Experiments

/// What happens during a build, for whoever shows it.
enum BuildEvent {
  case started(profile: String, studies: [String])
  /// How far all experiments are.
  case progress([ExperimentTally])
  /// A trial has run and what it came to is durable.
  case trial(RanTrial)
  case report(path: String, isChanged: Bool)
  /// Something worth a line, such as a worker that had to be replaced.
  case note(String)
  /// - Parameter upToDate: studies whose reports were not made anew because nothing they rest on has changed.
  case ended(status: BuildSummary.Status, trialsRun: Int, studies: Int, upToDate: Int, profile: String)
}

/// A trial that ran in this build.
struct RanTrial {
  enum Ending {
    case finished(isDiverged: Bool, wallSeconds: Double)
    case failed(Attempt, isRetried: Bool)
  }

  let key: TrialKey
  /// The experiment's place among those of the build.
  let experiment: Int
  let phase: TrialPhase
  let ending: Ending
}

/// Shows a build to people or to tools.
protocol BuildReporter: AnyObject {
  func take(_ event: BuildEvent)
}

/// Shows nothing; mistakes and failures are printed by whoever finds them.
final class SilentReporter: BuildReporter {
  func take(_ event: BuildEvent) {}
}

/// How a build is shown.
package enum BuildDisplay: Sendable {
  /// Live lines on a terminal, plain lines elsewhere.
  case people
  case nothing
  /// One JSON object a line on standard output.
  case json

  func reporter() -> any BuildReporter {
    switch self {
    case .people: Console.isTerminal ? LiveReporter() : PlainReporter()
    case .nothing: SilentReporter()
    case .json: JSONReporter()
    }
  }
}
