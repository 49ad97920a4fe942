import Experiments

/// Why a command gave no outcome; the trial is an attempt, and is tried again at the next build.
package enum CommandError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It ended otherwise than with exit status 0. `hints` name files beside the study that it spoke of and that are not
  /// declared.
  case ended(String, hints: [String])
  case timedOut(seconds: Double)
  case notStarted(String, reason: String)
  case flooded(bytes: Int)
  /// A line of its output that is not a message.
  case garbage(line: Int, reason: String)
  case missingMeasure(String)
  case missingArtefact(String)
  /// An artefact about items that is no list of numbers by item.
  case notAboutItems(String, ArtefactKind)
  /// An artefact that lacks some of the rows it must be about.
  case missingItems(String, lacking: Int, of: Int)
  /// Scores are one number an item.
  case manyScores(String, Int)
  /// What makes the program failed.
  case notBuilt(String)
  /// A declared file is not what it was when the study was checked.
  case changed(String)
  case missing(String)
  /// A path that leads out of the folder it runs in.
  case outside(String)

  package var description: String {
    switch self {
    case .ended(let how, let hints):
      "the command ended with \(how)"
        + hints.map { "; '\($0)' lies beside the study but is not among its 'files'" }.joined()
    case .timedOut(let seconds): "the command was stopped after its time limit of \(numberLabel(seconds)) s"
    case .notStarted(let name, let reason): "the command '\(name)' does not start: \(reason)"
    case .outside(let path): "the file '\(path)' lies outside the folder that the command runs in"
    case .flooded(let bytes): "the command was stopped after it wrote \(bytes >> 20) MiB to its output"
    case .garbage(let line, let reason): "line \(line) of the command's output is no message: \(reason)"
    case .missingMeasure(let name): "the command ended without reporting the measure '\(name)'"
    case .missingArtefact(let name): "the command ended without giving the artefact '\(name)'"
    case .notAboutItems(let name, let kind):
      "the artefact '\(name)' is \(kind.rawValue), which are given by 'items' and 'values', not as a file"
    case .missingItems(let name, let lacking, let count):
      "the artefact '\(name)' lacks \(lacking) of the \(count) rows to calibrate on and to score"
    case .manyScores(let name, let count):
      "the artefact '\(name)' has \(count) numbers an item, where scores are one"
    case .notBuilt(let how): "the command's build ended with \(how)"
    case .changed(let path): "the file '\(path)' of the command changed after the study was checked"
    case .missing(let path): "the file '\(path)' of the command is missing"
    }
  }
}
