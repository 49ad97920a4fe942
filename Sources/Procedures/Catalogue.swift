import Agents
import Calibrators
import Datasets
import Environments
import Experiments
import Learning
import Measures
import Parts
import Tuners

/// Every registered part of every family, in the fixed order procedure, continual learner, model, optimizer,
/// schedule, agent, environment, calibrator, tuner, measure, data set.
///
/// A model's `predictions` says which procedures it serves: those of the same kind, or all where it is nil.
package let partCatalogue = PartCatalogue(
  procedureRegistry.all.map {
    PartDeclaration(
      family: .procedure, part: $0, predictions: $0.predictions, roles: $0.roles,
      optionalRoles: $0.optionalRoles,
      artefacts: $0.artefacts, inputs: $0.inputs, columns: $0.columns,
      resource: $0.resource)
  }
    + continualLearnerRegistry.all.map { PartDeclaration(family: .continualLearner, part: $0) }
    + modelRegistry.all.map {
      PartDeclaration(
        family: .model, part: $0, predictions: $0.predictions, isTrained: $0 is any NetworkModel.Type,
        generated: $0.generated)
    }
    + optimizerRegistry.all.map { PartDeclaration(family: .optimizer, part: $0) }
    + scheduleRegistry.all.map { PartDeclaration(family: .schedule, part: $0) }
    + reinforcementParts
    + calibratorRegistry.all.map { PartDeclaration(family: .calibrator, part: $0) }
    + tunerRegistry.all.map {
      PartDeclaration(family: .tuner, part: $0, usesPartialRuns: $0.usesPartialRuns)
    }
    + measureRegistry.all.map {
      PartDeclaration(
        family: .measure, part: $0, predictions: $0.predictions, largerIsBetter: $0.largerIsBetter)
    }
    + datasetRegistry.all.map { PartDeclaration(family: .dataset, part: $0, dataset: $0.facts) })

private let reinforcementParts: [PartDeclaration] =
  agentRegistry.all.map { PartDeclaration(family: .agent, part: $0) }
  + environmentRegistry.all.map { PartDeclaration(family: .environment, part: $0) }
