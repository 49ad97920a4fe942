import Experiments

/// A cell's evaluation: its rows cannot be reached but through a committed selection.
package struct SealedEvaluation: Sendable {
  private let template: TrialTemplate
  private let data: [DataRole: DataReference]
  private let seeds: [Int]
  /// What is evaluated, whatever the seeds.
  let subject: String

  init(_ cell: CellDeclaration) {
    template = cell.template
    data = cell.evaluationData
    seeds = cell.evaluationSeeds
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(cell.template.identity)
      for (role, reference) in cell.evaluationData.sorted(by: { $0.key < $1.key }) {
        w.value("\(role.rawValue) \(reference.identity)")
      }
    }
    subject = writer.text
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
  package func open(_ frozen: Frozen, space: Space, permit: Permit) -> [TrialSpecification] {
    precondition(permit.hashes.contains(frozen.hash), "the selection is not durable yet")
    return trials(frozen.configuration, space: space)
  }

  private func trials(_ configuration: Settings, space: Space) -> [TrialSpecification] {
    seeds.map {
      template.trial(configuration, space: space, data: data, seed: SeedPath(pool: .evaluation, seed: $0))
    }
  }

  /// What identifies the evaluation in its experiment's digest.
  var identity: String { "\(subject) \(seeds)" }
}
