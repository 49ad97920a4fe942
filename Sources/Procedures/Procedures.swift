import Parts

/// All procedures; one line each, in alphabetical order.
package let procedureRegistry = Registry<any Procedure.Type>(
  .procedure,
  [
    AgentTrial.self,
    ClassIncremental.self,
    Classifier.self,
    Ensemble.self,
    Episode.self,
    PopulationToy.self,
    Regressor.self,
    VerdictSimulation.self,
  ], name: { $0.name })
