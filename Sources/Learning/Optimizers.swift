import Parts

/// All optimizers; one line each, in alphabetical order.
package let optimizerRegistry = Registry<any Optimizer.Type>(
  .optimizer,
  [
    Adam.self,
    SGD.self,
  ], name: { $0.name })
