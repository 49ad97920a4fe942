import Parts

/// All registered data sets, by name.
package let datasetRegistry = Registry<any DatasetSource.Type>(
  .dataset,
  [
    BreastCancer.self,
    Diabetes.self,
    Digits.self,
    Iris.self,
    Letter.self,
    MNISTTest.self,
    OptdigitsTrain.self,
    Wine.self,
  ], name: { $0.name })
