import Experiments
import GRDB

extension TrialStore {
  /// The digests of all artefacts that stored trials gave, each once, in order.
  package func artefacts() throws -> [Digest] {
    try reading { db in
      let texts = try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT artefact.value ->> 'digest' AS digest
          FROM trial, json_each(trial.outcome, '$.artefacts') AS artefact ORDER BY digest
          """)
      return texts.compactMap { Digest(hex: $0) }
    }
  }
}
