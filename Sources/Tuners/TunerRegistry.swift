import Parts

/// All registered tuners, by name.
package let tunerRegistry = Registry<any Tuner.Type>(
  .tuner,
  [
    ASHA.self,
    Bayesian.self,
    BOHB.self,
    CMAES.self,
    DefaultSearch.self,
    DEHB.self,
    DifferentialEvolution.self,
    Genetic.self,
    GridSearch.self,
    HaltonSearch.self,
    Hyperband.self,
    LatinHypercube.self,
    PB2.self,
    PBT.self,
    RandomSearch.self,
    SMAC.self,
    SobolSearch.self,
    SuccessiveHalving.self,
    TPE.self,
  ], name: { $0.name })
