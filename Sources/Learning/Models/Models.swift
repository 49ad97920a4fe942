import Parts

/// All models; one line each, in alphabetical order.
package let modelRegistry = Registry<any Model.Type>(
  .model,
  [
    CellNAS.self,
    CNN.self,
    DecisionTree.self,
    GaussianProcess.self,
    GradientBoosting.self,
    KernelRidge.self,
    KernelSVM.self,
    KNN.self,
    Linear.self,
    Logistic.self,
    LSTM.self,
    MLP.self,
    NaiveBayes.self,
    RandomFeatures.self,
    RandomForest.self,
    Ridge.self,
    Transformer.self,
  ], name: { $0.name })
