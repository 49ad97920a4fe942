import Parts

/// All models; one line each, in alphabetical order.
package let modelRegistry = Registry<any Model.Type>(
  .model,
  [
    CNN.self,
    Linear.self,
    Logistic.self,
    LSTM.self,
    MLP.self,
    Transformer.self,
  ], name: { $0.name })
