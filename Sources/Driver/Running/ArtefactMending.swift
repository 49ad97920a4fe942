import Experiments
import TrialStore

/// Knows which trial made each artefact of this build, and which artefacts that are needed cannot be read.
///
/// An artefact is looked at only when a trial that starts from it has to run or a report shows what it holds: what is
/// merely kept may be freed.
struct ArtefactMending {
  private let files: TrialFolder
  private var makers: [Digest: TrialSpecification] = [:]
  private var sound: Set<Digest> = []

  init(files: TrialFolder) { self.files = files }

  /// Remembers what a trial gave.
  mutating func note(_ outcome: Outcome, of trial: TrialSpecification) {
    for artefact in outcome.artefacts { makers[artefact.digest] = trial }
  }

  /// Those of the artefacts that are missing or damaged, each once, with what is the matter.
  mutating func broken(_ digests: [Digest]) -> [(digest: Digest, problem: String)] {
    var broken: [(digest: Digest, problem: String)] = []
    var seen: Set<Digest> = []
    for digest in digests where !sound.contains(digest) {
      guard seen.insert(digest).inserted else { continue }
      do {
        _ = try files.read(digest)
        sound.insert(digest)
      } catch {
        broken.append((digest, "\(error)"))
      }
    }
    return broken
  }

  /// The trial that made an artefact; nil where this build has not met it.
  func maker(of digest: Digest) -> TrialSpecification? { makers[digest] }
}

extension TrialSpecification {
  /// The artefacts that the trial reads.
  var startingArtefacts: [Digest] { inputs.flatMap(\.sources).flatMap(\.artefacts).map(\.digest) }
}
