import Experiments
import Protocols
import Studies

/// Fills the inputs of a trial with the artefacts of the trials that earlier experiments of its study came to.
struct StageSources {
  private let results: [String: ExperimentResults]

  /// - Parameter results: of the earlier experiments, by name, all complete.
  init(_ results: [String: ExperimentResults]) { self.results = results }

  /// What the input hands over to the trial of a seed.
  func sources(_ input: StageInput, seed: Int) -> [TrialInput.Source] {
    guard let earlier = results[input.experiment] else {
      preconditionFailure("'\(input.experiment)' has not run yet")
    }
    let rows = earlier.evaluations(ofCell: input.cell).flatMap(\.rows)
    let taken = input.seeds == .all ? rows : rows.filter { $0.seed == seed }
    precondition(!taken.isEmpty, "a checked study has a trial to start from")
    return taken.map { row in
      TrialInput.Source(artefacts: row.outcome.artefacts.filter { input.artefacts.contains($0.name) })
    }
  }
}
