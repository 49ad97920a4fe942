import Parts

/// All models; one line each, in alphabetical order.
package let modelRegistry = Registry<any Model.Type>(
  .model,
  [
    Linear.self,
    Logistic.self,
    MLP.self,
  ], name: { $0.name })
