import Experiments

/// An archive that forgets everything at the end: for tests of the store's callers.
package final class MemoryArchive: TrialArchive {
  private var trials: [TrialKey: TrialRecord] = [:]
  private var attempts: [FailedTrial] = []
  private var frozen: [Digest: String] = [:]
  private var looks: [LookRecord] = []

  package init() {}

  package func outcomes(for keys: [TrialKey]) -> [TrialKey: StoredTrial] {
    var found: [TrialKey: StoredTrial] = [:]
    for key in keys { found[key] = trials[key]?.trial }
    return found
  }

  package func commit(_ batch: StoreBatch) {
    for trial in batch.trials where trial.replaces || trials[trial.key] == nil {
      trials[trial.key] = TrialRecord(
        trial: StoredTrial(key: trial.key, outcome: trial.outcome, cost: trial.cost),
        procedure: trial.specification.procedure,
        specification: String(decoding: trial.specification.canonicalForm, as: UTF8.self))
    }
    attempts += batch.attempts
    for record in batch.frozen where frozen[record.hash] == nil { frozen[record.hash] = record.text }
    for look in batch.looks where !looks.contains(look) { looks.append(look) }
  }

  package func trials(matchingPrefix hex: String) -> [TrialRecord] {
    guard let range = keyRange(prefix: hex) else { return [] }
    return trials.values.filter { range.contains($0.trial.key) }.sorted { $0.trial.key < $1.trial.key }
  }

  package func attempts(for key: TrialKey) -> [Attempt] {
    attempts.filter { $0.key == key }.map(\.attempt)
  }

  package func frozen(_ hash: Digest) -> String? { frozen[hash] }

  package func looks(study: String) -> [String] {
    looks.filter { $0.study == study }.map(\.line)
  }

  package func counts() -> StoreCounts {
    StoreCounts(trials: trials.count, attempts: attempts.count, frozen: frozen.count, looks: looks.count)
  }
}
