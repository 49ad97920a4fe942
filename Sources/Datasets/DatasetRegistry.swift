import Parts

/// All registered data sets, by name.
package let datasetRegistry = Registry<any DatasetSource.Type>(
  .dataset,
  [
    BreastCancer.self,
    Diabetes.self,
    Digits.self,
    FashionMNIST900.self,
    FashionMNIST900In8x8.self,
    Iris.self,
    Letter.self,
    MNISTTest.self,
    MNISTTestIn8x8.self,
    OptdigitsTrain.self,
    SyntheticThermograms.self,
    Wine.self,
  ], name: { $0.name })
