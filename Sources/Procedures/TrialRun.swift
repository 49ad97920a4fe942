import Datasets
import Experiments
import Measures
import Parts
import Tensors

/// Runs a trial: resolves its procedure, measures and rows, and gives its outcome.
///
/// - Parameter library: where rows come from; it keeps loaded data sets for the next trial of this process.
/// - Throws: `TrialRunError` where this executable cannot give the result the specification names,
///   `DataError` where
///   the data cannot be had, and what the procedure throws. None of them is an outcome.
package func runTrial(_ specification: TrialSpecification, library: DataLibrary) throws -> Outcome {
  guard specification.fingerprint == numericsFingerprint else {
    throw TrialRunError.otherNumerics(asked: specification.fingerprint, here: numericsFingerprint)
  }
  for revision in specification.revisions {
    guard let here = partCatalogue[revision.family, revision.name]?.revision else {
      throw TrialRunError.unknownPart(revision.family, revision.name)
    }
    if here != revision.revision { throw TrialRunError.otherRevision(asked: revision.text, here: here) }
  }
  guard let procedure = procedureRegistry[specification.procedure] else {
    throw TrialRunError.unknownPart(.procedure, specification.procedure)
  }
  let measures = try specification.measures.map { request in
    guard let measure = measureRegistry[request.measure] else {
      throw TrialRunError.unknownPart(.measure, request.measure)
    }
    return (column: request.column, measure: measure.init(request.settings) as any Measure)
  }
  var rows: [DataRole: RowSet] = [:]
  for role in procedure.roles {
    guard let reference = specification.data[role] else {
      throw TrialRunError.missingRole(specification.procedure, role)
    }
    rows[role] = try library.rows(for: reference)
  }
  return try procedure.init(specification.settings)
    .run(TrialContext(seed: specification.seed, measures: measures, data: rows))
}

/// Why this executable cannot run a trial as its specification says.
package enum TrialRunError: Error, CustomStringConvertible {
  case otherNumerics(asked: String, here: String)
  case otherRevision(asked: String, here: Int)
  case unknownPart(PartFamily, String)
  case missingRole(String, DataRole)

  package var description: String {
    switch self {
    case .otherNumerics(let asked, let here):
      "the trial asks for the numerics '\(asked)', but this machine has '\(here)'"
    case .otherRevision(let asked, let here):
      "the trial asks for '\(asked)', but this executable holds revision \(here)"
    case .unknownPart(let family, let name): "this executable holds no \(family.rawValue) '\(name)'"
    case .missingRole(let procedure, let role):
      "'\(procedure)' opens rows for the role '\(role.rawValue)', but the trial names none"
    }
  }
}
