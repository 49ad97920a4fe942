import Parts

/// All calibrators; one line each, in alphabetical order.
package let calibratorRegistry = Registry<any Calibrator.Type>(
  .calibrator,
  [
    Beta.self,
    Dirichlet.self,
    EnsembleTemperature.self,
    HistogramBinning.self,
    Isotonic.self,
    MatrixScaling.self,
    None.self,
    Platt.self,
    Temperature.self,
    VectorScaling.self,
  ], name: { $0.name })
