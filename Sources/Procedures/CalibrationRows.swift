import Calibrators
import Experiments
import Parts
import Tensors

/// The outputs of a classifier, or of several, for the rows of a role, with the truth: from the logits that earlier trials
/// kept, or from a table of outputs.
struct CalibrationRows {
  let logits: Logits
  let labels: [Int32]

  static let input = InputDeclaration(
    "logits", .logits, items: [.calibrate, .score], takesSeveral: true, isRequired: false,
    isReplacedByOutputs: true,
    "logits of the rows to calibrate on and to score; several classifiers' are pooled")

  init(_ role: DataRole, _ context: TrialContext, for procedure: any Procedure.Type) throws {
    let rows = context.rows(role)
    guard rows.dataset.kind == .classification else {
      throw ProcedureError.wrongTarget(procedure: procedure.name, needs: .classification)
    }
    if rows.rows.isEmpty { throw ProcedureError.noRows(procedure: procedure.name, role: role) }
    let classes = rows.dataset.classes.count
    labels = rows.rows.map { rows.dataset.labels[Int($0)] }
    guard context.has(Self.input.name) else {
      logits = Logits(members: [try Self.outputs(rows, for: procedure)], classes: classes)
      return
    }
    let members = try context.rows(role, of: Self.input.name)
    for member in members where member.width != classes {
      throw ArtefactError.malformed("\(member.width) logits a row, where the data have \(classes) classes")
    }
    if members.isEmpty { throw ArtefactError.malformed("no trial handed over logits") }
    logits = Logits(members: members.map { $0.values.map(Double.init) }, classes: classes)
  }

  /// The logits in the rows of a table.
  private static func outputs(_ rows: RowSet, for procedure: any Procedure.Type) throws -> [Double] {
    let columns = rows.dataset.columns
    let values = rows.rows.flatMap { row in
      rows.dataset.features[Int(row) * columns..<(Int(row) + 1) * columns].map { Double($0) }
    }
    switch rows.dataset.holds {
    case .logits: return values
    case .probabilities: return values.map { logarithm(max($0, 1e-30)) }
    case .features: throw ProcedureError.noOutputs(procedure: procedure.name)
    }
  }
}
