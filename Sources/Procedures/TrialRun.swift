import Datasets
import Experiments
import Measures
import Parts
import Tensors

/// Runs a trial: resolves its procedure, measures and rows, and gives its outcome.
///
/// - Parameters:
///   - library: where rows come from; it keeps loaded data sets for the next trial of this process.
///   - files: where artefacts and checkpoints lie.
/// - Throws: `TrialRunError` where this executable cannot give the result the specification names,
///   `DataError` where
///   the data cannot be had, and what the procedure throws. None of them is an outcome.
package func runTrial(
  _ specification: TrialSpecification, library: DataLibrary, files: any TrialFiles
) throws -> Outcome {
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
  for input in specification.inputs where input.sources.contains(where: \.hasDiverged) {
    return Outcome(
      status: .diverged("a trial behind its input '\(input.name)' diverged"), measures: [:], curves: [],
      cost: CountedCost())
  }
  var rows: [DataRole: RowSet] = [:]
  var items: [DataRole: [RowDigest]] = [:]
  let isStage = !specification.kept.isEmpty || !specification.inputs.isEmpty
  for role in procedure.roles + procedure.optionalRoles {
    guard let reference = specification.data[role] else {
      if procedure.optionalRoles.contains(role) { continue }
      throw TrialRunError.missingRole(specification.procedure, role)
    }
    rows[role] = try library.rows(for: reference)
    if isStage { items[role] = try library.items(for: reference) }
  }
  let outcome = try procedure.init(specification.settings).run(
    TrialContext(
      seed: specification.seed, measures: measures, data: rows,
      stages: TrialStages(specification, files: files, items: items)))
  guard outcome.status != .finished || outcome.artefacts.map(\.name) == specification.kept else {
    throw TrialRunError.otherArtefacts(
      specification.procedure, asked: specification.kept, given: outcome.artefacts.map(\.name))
  }
  return outcome
}

/// Why this executable cannot run a trial as its specification says.
package enum TrialRunError: Error, CustomStringConvertible {
  case otherNumerics(asked: String, here: String)
  case otherRevision(asked: String, here: Int)
  case unknownPart(PartFamily, String)
  case missingRole(String, DataRole)
  case otherArtefacts(String, asked: [String], given: [String])

  package var description: String {
    switch self {
    case .otherNumerics(let asked, let here):
      "the trial asks for the numerics '\(asked)', but this machine has '\(here)'"
    case .otherRevision(let asked, let here):
      "the trial asks for '\(asked)', but this executable holds revision \(here)"
    case .unknownPart(let family, let name): "this executable holds no \(family.rawValue) '\(name)'"
    case .missingRole(let procedure, let role):
      "'\(procedure)' opens rows for the role '\(role.rawValue)', but the trial names none"
    case .otherArtefacts(let procedure, let asked, let given):
      "'\(procedure)' was to keep \(asked.joined(separator: ", ")) but gave \(given.joined(separator: ", "))"
    }
  }
}
