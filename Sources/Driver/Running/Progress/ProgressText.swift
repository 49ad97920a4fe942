import Foundation
import TrialStore

/// Experiments on their way, in the words that people see.
struct ProgressText {
  private struct Start {
    let seconds: Double
    let ran: Int
  }

  private var starts: [Int: Start] = [:]

  /// Whether something of an experiment has run or is about to, so that it is worth a line.
  static func isActive(_ tally: ExperimentTally) -> Bool {
    tally.finished + tally.failed > 0
      || (tally.state != .closed && tally.done > 0 && tally.done < tally.total)
  }

  /// `tuning/honest: 480 of 1,000 trials, 300 from the store, 2 failed, 25 a second, 21 s left, best accuracy 0.913`.
  ///
  /// - Parameter index: the experiment's place, by which its pace is remembered.
  mutating func line(_ tally: ExperimentTally, _ index: Int) -> String {
    let now = monotonicSeconds()
    let ran = tally.finished + tally.failed
    let start = starts[index] ?? Start(seconds: now, ran: ran)
    starts[index] = start
    let isClosed = tally.state == .closed
    let known =
      isClosed
      ? NumberText.count(tally.done) : "\(NumberText.count(tally.done)) of \(NumberText.count(tally.total))"
    var parts = ["\(Self.name(tally)): \(known) trials"]
    if tally.cached > 0 { parts.append("\(NumberText.count(tally.cached)) from the store") }
    if tally.failed > 0 { parts.append("\(NumberText.count(tally.failed)) failed") }
    if ran > start.ran, now > start.seconds {
      let rate = Double(ran - start.ran) / (now - start.seconds)
      parts.append(rate >= 1 ? "\(Int(rate.rounded())) a second" : "\(duration(1 / rate)) each")
      if !isClosed { parts.append("\(duration(Double(tally.total - tally.done) / rate)) left") }
    }
    if let best = tally.best, let selection = tally.selection {
      parts.append(
        "best \(selection.column) \(NumberText.fixed(best, decimals: NumberText.decimals(value: best)))")
    }
    return parts.joined(separator: ", ")
  }

  /// The study's own name and the experiment's: `my-study/tuned`.
  static func name(_ tally: ExperimentTally) -> String {
    let report = StudyFiles.reportPath(tally.study)
    return "\(report.split(separator: "/").last ?? "")/\(tally.name)"
  }

  /// What a build came to, as its last line.
  static func closing(trialsRun: Int, studies: Int, upToDate: Int, profile: String) -> String {
    "\(count(trialsRun, "trial")) ran, \(count(studies, "study", "studies")) in profile \(profile)"
      + (upToDate > 0 ? ", \(NumberText.count(upToDate)) up to date" : "")
  }
}

/// `0.4 s`, `35 s`, `12 min`, `3.5 h`.
func duration(_ seconds: Double) -> String {
  switch seconds {
  case ..<0.95: "\((seconds * 10).rounded(.up) / 10) s"
  case ..<100: "\(Int(seconds.rounded(.up))) s"
  case ..<6000: "\(Int((seconds / 60).rounded(.up))) min"
  default: "\((seconds / 360).rounded(.up) / 10) h"
  }
}
