import Experiments

/// Where trials, attempts, selections and looks are kept: the store on disk, or memory in tests.
///
/// Not safe to share between threads; every function may throw a `StoreError`.
package protocol TrialArchive: AnyObject {
  /// The finished trials among those keys, in bulk.
  ///
  /// - Parameter withCurves: whether to read the outcomes' curves, which are most of their bytes.
  func outcomes(for keys: [TrialKey], withCurves: Bool) throws -> [TrialKey: StoredTrial]

  /// Which of those keys belong to finished trials; reads no outcome.
  func present(_ keys: [TrialKey]) throws -> Set<TrialKey>

  /// What trials of those shapes have cost, and all trials of every procedure.
  func pastCosts(of shapes: Set<Digest>) throws -> PastCosts

  /// Makes a batch durable as a whole and returns only then.
  ///
  /// A trial, selection or look that is already there is left as it is, but for a trial that replaces it; an attempt
  /// is always added.
  func commit(_ batch: StoreBatch) throws

  /// The trials whose key begins with those hexadecimal digits, by key; none where the text is not hexadecimal.
  func trials(matchingPrefix hex: String) throws -> [TrialRecord]

  /// The trials, finished since or not, at which an attempt failed and whose key begins so, by key.
  func failed(matchingPrefix hex: String) throws -> [TrialKey]

  /// The attempts at a trial, the oldest first.
  func attempts(for key: TrialKey) throws -> [Attempt]

  /// The canonical JSON of a selection, or nil where it was never recorded.
  func frozen(_ hash: Digest) throws -> String?

  /// The looks of a study in the order in which they were recorded.
  func looks(study: String) throws -> [String]

  /// How much there is of everything.
  func counts() throws -> StoreCounts
}

extension TrialArchive {
  /// The finished trials among those keys, in bulk and with their curves.
  package func outcomes(for keys: [TrialKey]) throws -> [TrialKey: StoredTrial] {
    try outcomes(for: keys, withCurves: true)
  }

  /// Makes a selection durable.
  package func record(frozen: FrozenRecord) throws {
    var batch = StoreBatch()
    batch.frozen = [frozen]
    try commit(batch)
  }

  /// Makes a look durable.
  package func record(look: LookRecord) throws {
    var batch = StoreBatch()
    batch.looks = [look]
    try commit(batch)
  }
}

/// The smallest and the largest key that begin with a text of hexadecimal digits; nil where it is none.
func keyRange(prefix hex: String) -> ClosedRange<TrialKey>? {
  let digits = hex.lowercased()
  let missing = 64 - digits.utf8.count
  guard missing >= 0, let low = Digest(hex: digits + String(repeating: "0", count: missing)),
    let high = Digest(hex: digits + String(repeating: "f", count: missing))
  else { return nil }
  return TrialKey(low)...TrialKey(high)
}
