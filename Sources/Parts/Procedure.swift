import Experiments
import Randomness

/// A kind of experiment: given settings, rows by role and a seed, it yields an outcome.
///
/// It must be a pure function: all randomness comes from `TrialContext.stream`, all data from `TrialContext.rows`.
package protocol Procedure: Part {
  /// The roles of data it opens.
  static var roles: [DataRole] { get }
  /// Roles that it opens where a study gives them; none where it is silent.
  static var optionalRoles: [DataRole] { get }
  /// The kind of prediction it makes, which decides the measures that apply; nil where it makes none.
  static var predictions: TargetKind? { get }
  /// Columns it gives besides the study's measures.
  static var columns: [OwnColumn] { get }
  /// What its trials can keep; none where it is silent.
  static var artefacts: [ArtefactDeclaration] { get }
  /// What its trials can start from; nothing where it is silent.
  static var inputs: [InputDeclaration] { get }
  /// The hyperparameter, a whole number, that says how long a run is, where one can stop earlier and be gone on with; see
  /// `PartialRuns`. Nil where it is silent.
  static var resource: String? { get }
  /// Whether its models may be ones that are trained by gradients; true where it is silent.
  static var trains: Bool { get }
  func run(_ context: TrialContext) throws -> Outcome
}

extension Procedure {
  package static var optionalRoles: [DataRole] { [] }
  package static var artefacts: [ArtefactDeclaration] { [] }
  package static var inputs: [InputDeclaration] { [] }
  package static var resource: String? { nil }
  package static var trains: Bool { true }
}

/// What a trial may see: its seed, its measures, and the rows of its own roles, nothing else.
package struct TrialContext: Sendable {
  package let seed: SeedPath
  package let measures: [(column: String, measure: any Measure)]
  private let data: [DataRole: RowSet]
  /// Artefacts and checkpoints; nil where the trial is run without any.
  let stages: TrialStages?

  package init(
    seed: SeedPath, measures: [(column: String, measure: any Measure)], data: [DataRole: RowSet],
    stages: TrialStages? = nil
  ) {
    self.seed = seed
    self.measures = measures
    self.data = data
    self.stages = stages
  }

  /// Whether the study gives rows for a role the procedure opens only then.
  package func has(_ role: DataRole) -> Bool { data[role] != nil }

  /// The rows of a role the procedure declared.
  package func rows(_ role: DataRole) -> RowSet {
    guard let rows = data[role] else {
      preconditionFailure("the procedure did not declare the role '\(role)'")
    }
    return rows
  }

  /// The random stream of this trial for a purpose, such as `initial-weights`.
  package func stream(_ purpose: String, index: Int = 0) -> RandomStream {
    RandomStream(
      seed: UInt64(bitPattern: Int64(seed.seed)), role: seed.pool.rawValue, purpose: purpose, index: index)
  }
}
