import Parts

/// All procedures; one line each, in alphabetical order.
package let procedureRegistry = Registry<any Procedure.Type>(
  .procedure,
  [
    AgentTrial.self,
    Calibrate.self,
    ClassIncremental.self,
    Classifier.self,
    ConformalClassifier.self,
    ConformalRegressor.self,
    ConformalSelectionOfRows.self,
    ConformalSelectionSimulation.self,
    Ensemble.self,
    Episode.self,
    ImageSamples.self,
    PopulationToy.self,
    Regressor.self,
    VerdictSimulation.self,
  ], name: { $0.name })
