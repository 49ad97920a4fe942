import EngineTestSupport
import Experiments
import TrialStore

/// The store alone: making keys, committing, finding.
struct StoreBench {
  let folder: String
  let size: Int

  func run(_ series: inout Series) throws {
    let path = folder + "/bench.sqlite"
    let store = try TrialStore(writingAt: path) {}
    let trials = series.time("make keys", size) { (0..<size).map { sampleSpecification(seed: $0) } }
    try series.time("insert, 100 a commit", size) {
      for start in stride(from: 0, to: size, by: 100) {
        var batch = StoreBatch()
        batch.trials = trials[start..<min(size, start + 100)].enumerated().map { offset, trial in
          FinishedTrial(
            key: trial.key, specification: trial, outcome: sampleOutcome(Double(start + offset)),
            cost: MeasuredCost(cpuSeconds: 1, wallSeconds: 1, peakBytes: 1, host: "bench"))
        }
        try store.commit(batch)
      }
    }
    let found = try series.time("look up outcomes", size) { try store.outcomes(for: trials.map(\.key)) }
    precondition(found.count == size)
    let present = try series.time("look up keys", size) { try store.present(trials.map(\.key)) }
    precondition(present.count == size)
    var count = 0
    try series.time("read fields of keys", size) {
      try store.forEachTrial(of: "echo") { _, specification in
        count += try KeyFields(specification).fields.count
      }
    }
    precondition(count > size)
  }
}
