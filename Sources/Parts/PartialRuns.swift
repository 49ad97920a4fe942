import Experiments

/// Runs that stop before their end and go on in another trial.
///
/// A procedure whose `resource` is a hyperparameter, such as `epochs`, can end a run after fewer units than that setting
/// says, keep the run's whole state, and go on from such a state. A trial of a partial run has a
/// `TrialSpecification.budget`; one that is to be continued keeps the artefact `state`; one that continues another starts
/// from that trial's state through the input `state`. Both are artefacts like any other: the state is part of the later
/// trial's key by its digest, and a lost one is made again by its trial.
///
/// What is promised of a run that goes on with the same settings: it comes to the bits of one that never stopped,
/// whatever units it stopped at. With other settings, as when a search changes a learning rate in mid-run, it has the
/// weights, the optimiser's state and the used units of the earlier one, and all else is its own; settings that change
/// the state's shape make the trial fail. Cost and curves are of a trial's own units, so that costs can be summed up.
package enum PartialRuns {
  /// The name of the artefact and of the input.
  package static let name = "state"

  /// What a procedure with a resource can keep besides what it declares.
  package static let artefact = ArtefactDeclaration(
    name, .state, needsTraining: true,
    "the run's whole state where it stopped, from which a later trial can go on")
  /// What a procedure with a resource can start from besides what it declares.
  package static let input = InputDeclaration(
    name, .state, takesSeveral: false, isRequired: false, needsTraining: true,
    "the state of an earlier run, to go on from")
}

extension TrialContext {
  /// Where the run is to end, in units from its very start, where a whole run has `whole`.
  package func end(of whole: Int) -> Int { stages?.budget ?? whole }

  /// The state of the run that this one goes on from; nil where it begins.
  package func continuedState() throws -> [UInt8]? { try stages?.bytes(of: PartialRuns.name) }

  /// Whether the trial has to do with parts of runs, so that what cannot stop and go on must refuse it.
  package var isPartial: Bool {
    stages.map { $0.budget != nil || $0.has(PartialRuns.name) || $0.keeps(PartialRuns.name) } ?? false
  }

  /// Keeps the state at the end, where the trial is to be continued.
  package func keep(state: () throws -> [UInt8]) throws -> [Artefact] {
    guard let stages, stages.keeps(PartialRuns.name) else { return [] }
    return [try stages.keep(PartialRuns.name, .state, state())]
  }
}
