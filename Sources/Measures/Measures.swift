import Parts

/// All measures; one line each, in alphabetical order.
package let measureRegistry = Registry<any Measure.Type>(
  .measure,
  [
    Accuracy.self,
    Brier.self,
    ECE.self,
    ErrorRate.self,
    MAE.self,
    NLL.self,
    R2.self,
    RMSE.self,
    SensitivityAtSpecificity.self,
  ], name: { $0.name })
