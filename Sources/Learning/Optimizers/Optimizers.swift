import Parts

/// All optimizers; one line each, in alphabetical order.
package let optimizerRegistry = Registry<any Optimizer.Type>(
  .optimizer,
  [
    Adagrad.self,
    Adam.self,
    AdamW.self,
    Lion.self,
    Momentum.self,
    NAdam.self,
    Nesterov.self,
    RMSprop.self,
    SAM.self,
    SGD.self,
    Shampoo.self,
    SOAP.self,
  ], name: { $0.name })
