import Experiments
import GRDB

extension TrialStore {
  /// The digests of the artefacts that stored trials gave.
  ///
  /// - Parameters:
  ///   - trials: those whose artefacts do not count.
  ///   - kind: the kind that does not count; nil counts all.
  package func artefacts(notOf trials: Set<TrialKey>, without kind: ArtefactKind?) throws -> Set<Digest> {
    try reading { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT trial.key, artefact.value ->> 'digest' AS digest
          FROM trial, json_each(trial.outcome, '$.artefacts') AS artefact
          WHERE artefact.value ->> 'kind' <> ?
          """, arguments: [kind?.rawValue ?? ""])
      var digests: Set<Digest> = []
      while let row = try rows.next() {
        guard let digest = Digest(hex: row[1]), !trials.contains(try key(row)) else { continue }
        digests.insert(digest)
      }
      return digests
    }
  }
}
