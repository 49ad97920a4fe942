import Claims
import Experiments
import Protocols
import TrialStore

/// Makes selections and looks durable: first in the store, then in the ledger beside the study.
final class StudyGate: EvaluationGate {
  private(set) var ledger: Ledger
  private let studyPath: String
  private let archive: any TrialArchive
  private let claims: [Claim]

  init(studyPath: String, archive: any TrialArchive, claims: [Claim]) {
    self.studyPath = studyPath
    self.archive = archive
    self.claims = claims
    ledger = Ledger(studyPath: studyPath)
  }

  func commit(frozen: [Frozen], look: Look) throws {
    let entry = try ledger.entry(for: look, frozen: frozen, claims: claims)
    var batch = StoreBatch()
    batch.frozen = frozen.map { FrozenRecord(hash: $0.hash, text: $0.canonicalForm) }
    if let entry { batch.looks = [LookRecord(study: studyPath, line: entry.line)] }
    try archive.commit(batch)
    if let entry { try ledger.append(entry) }
  }
}
