import Experiments

/// An archive that forgets everything at the end: for tests of the store's callers.
package final class MemoryArchive: TrialArchive {
  private var trials: [TrialKey: TrialRecord] = [:]
  private var attempts: [FailedTrial] = []
  private var frozen: [Digest: String] = [:]
  private var looks: [LookRecord] = []
  private var costs = PastCosts()

  package init() {}

  package func outcomes(for keys: [TrialKey], withCurves: Bool) -> [TrialKey: StoredTrial] {
    var found: [TrialKey: StoredTrial] = [:]
    for key in keys {
      guard let trial = trials[key]?.trial else { continue }
      found[key] =
        withCurves
        ? trial : StoredTrial(key: key, outcome: trial.outcome.withoutCurves, cost: trial.cost)
    }
    return found
  }

  package func present(_ keys: [TrialKey]) -> Set<TrialKey> { Set(keys.filter { trials[$0] != nil }) }

  package func pastCosts(of shapes: Set<Digest>) -> PastCosts {
    var found = costs
    found.byShape = found.byShape.filter { shapes.contains($0.key) }
    return found
  }

  package func commit(_ batch: StoreBatch) {
    for trial in batch.trials where trial.replaces || trials[trial.key] == nil {
      let specification = trial.specification.canonicalForm
      let (shape, cost) = trial.pastCost(specification: specification, outcome: trial.outcome.canonicalForm)
      costs.add(cost, shape: shape, procedure: trial.specification.procedure)
      trials[trial.key] = TrialRecord(
        trial: StoredTrial(key: trial.key, outcome: trial.outcome, cost: trial.cost),
        procedure: trial.specification.procedure,
        specification: String(decoding: specification, as: UTF8.self))
    }
    attempts += batch.attempts
    for record in batch.frozen where frozen[record.hash] == nil { frozen[record.hash] = record.text }
    for look in batch.looks where !looks.contains(look) { looks.append(look) }
  }

  package func trials(matchingPrefix hex: String) -> [TrialRecord] {
    guard let range = keyRange(prefix: hex) else { return [] }
    return trials.values.filter { range.contains($0.trial.key) }.sorted { $0.trial.key < $1.trial.key }
  }

  package func failed(matchingPrefix hex: String) -> [TrialKey] {
    guard let range = keyRange(prefix: hex) else { return [] }
    return Set(attempts.map(\.key).filter(range.contains)).sorted()
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
