import Experiments
import Parts

/// A cell's evaluation: its rows cannot be reached but through a committed selection.
package struct SealedEvaluation: Sendable {
  private let template: TrialTemplate
  private let data: [DataRole: DataReference]
  private let seeds: [Int]
  private let pool: SeedPool
  private let applied: Applied
  /// What its trials start from, by input.
  package let inputs: [StageInput]
  /// What is evaluated, whatever the seeds.
  let subject: String
  /// What identifies the evaluation in its experiment's digest.
  let identity: String

  init(_ cell: CellDeclaration) {
    template = cell.template
    data = cell.evaluationData
    seeds = cell.evaluationSeeds
    pool = cell.isAuxiliary ? .auxiliary : .evaluation
    inputs = cell.inputs
    applied = cell.applied
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(cell.template.identity)
      for (role, reference) in cell.evaluationData.sorted(by: { $0.key < $1.key }) {
        w.value("\(role.rawValue) \(reference.identity)")
      }
      for input in cell.inputs { w.value(input.identity) }
    }
    subject = writer.text
    identity =
      "\(subject) \(pool == .evaluation ? "" : "\(pool.rawValue) ")\(seeds)"
      + (applied == .configuration ? "" : " \(applied.rawValue)")
  }

  package var seedList: [Int] { seeds }
  package var dataTexts: [(role: DataRole, text: String)] {
    data.sorted { $0.key < $1.key }.map { ($0.key, $0.value.text) }
  }

  /// The subsets, for naming their data sets; whoever has no permit gets no trial that opens them.
  var references: [DataReference] { data.sorted { $0.key < $1.key }.map(\.value) }
  var revisions: [PartRevision] { template.revisions }

  /// How many trials it holds, known without opening it.
  package var trialCount: Int { seeds.count }

  /// The evaluation trials of a selection, one a seed.
  ///
  /// - Parameter sources: what an input hands over to the trial of a seed.
  package func open(
    _ frozen: Frozen, space: Space, permit: Permit,
    sources: (StageInput, _ seed: Int) -> [TrialInput.Source] = noSources
  ) -> [TrialSpecification] {
    precondition(permit.hashes.contains(frozen.hash), "the selection is not durable yet")
    let template =
      applied == .schedule ? self.template.following(frozen.schedule, space: space) : self.template
    let model =
      applied == .model && !frozen.schedule.isEmpty ? [TrialInput.Source(artefacts: frozen.model)] : []
    return seeds.map { seed in
      template.trial(
        frozen.configuration, space: space, data: data, seed: SeedPath(pool: pool, seed: seed),
        inputs: inputs.map { TrialInput(name: $0.name, sources: sources($0, seed)) }
          + (model.isEmpty ? [] : [TrialInput(name: PartialRuns.name, sources: model)]), kept: template.kept)
    }
  }
}

/// What a cell without inputs starts from.
package func noSources(_ input: StageInput, _ seed: Int) -> [TrialInput.Source] {
  preconditionFailure("the input '\(input.name)' has nobody to fill it")
}
