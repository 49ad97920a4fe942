import Tensors

/// Where a model's code takes its weights from.
///
/// What it gets is an expression: the plain parameter, or whatever the `WeightSource` in force makes of it, so that
/// the same model trains with low-rank, hashed, masked or generated weights. `weights["name"]` is a part of the
/// model with names of its own.
package struct Weights {
  let declarations: Declarations
  private let path: String

  /// Weights of a model to be built in `declarations.graph`.
  package init(_ declarations: Declarations) { self.init(declarations, path: "") }

  private init(_ declarations: Declarations, path: String) {
    self.declarations = declarations
    self.path = path
  }

  package var graph: Graph { declarations.graph }
  /// Whether the graph is for training; otherwise for prediction, where noise is left out.
  package var isTraining: Bool { declarations.isTraining }

  package subscript(name: String) -> Weights { Weights(declarations, path: path + name + ".") }

  /// A weight.
  ///
  /// - Parameter group: how it is trained; by default weight decay concerns it when it has two dimensions or more.
  package func parameter(
    _ name: String, _ shape: [Int], _ initial: InitialValues, group: ParameterGroup? = nil
  ) -> Tensor {
    declarations.weight(
      WantedWeight(
        name: path + name, shape: shape, initial: initial,
        group: group ?? ParameterGroup(decays: shape.count > 1)))
  }

  /// A running mean over training batches, such as batch normalisation keeps, for prediction to read.
  ///
  /// It lies in the block of parameters and is saved with them, but no optimizer moves it: after each training step
  /// it becomes keep · itself + (1 − keep) · `batch`.
  ///
  /// - Parameter batch: this batch's value, with the shape of the running one; nil when not training.
  package func runningMean(
    _ name: String, _ shape: [Int], startingAt initial: Double, keep: Double, of batch: Tensor?
  ) -> Tensor {
    declarations.runningMean(
      DeclaredParameter(
        name: path + name, shape: shape, initial: .constant(initial),
        group: ParameterGroup(rate: 0, decays: false)),
      keep: keep, of: batch)
  }

  /// Dropout (Srivastava et al., JMLR 2014, with the scaling at training time): in training each element is 0 with
  /// probability `share` and otherwise divided by 1 − share; in prediction `x` itself.
  package func dropout(_ x: Tensor, _ share: Double) -> Tensor {
    guard isTraining, share > 0 else { return x }
    return x * declarations.noise(.dropout(share: share), x.shape)
  }

  /// A share for each row of a batch, rows × 1, drawn afresh for each step from Beta(α, α).
  func mixingShares(_ rows: Int, alpha: Double) -> Tensor {
    declarations.noise(.symmetricBeta(alpha), [rows, 1])
  }
}

/// A weight as a model's code asks for it.
package struct WantedWeight {
  package let name: String
  package let shape: [Int]
  package let initial: InitialValues
  package let group: ParameterGroup

  package var count: Int { shape.reduce(1, *) }
}

/// Decides what a model gets for each weight it asks for: an expression of parameters that the source declares.
package protocol WeightSource: Sendable {
  func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor
}

/// Every weight is a parameter of its own.
package struct PlainWeights: WeightSource {
  package init() {}

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    declarations.parameter(wanted.name, wanted.shape, wanted.initial, wanted.group)
  }
}

/// Every weight stays what it starts from, or what is loaded into it.
package struct FrozenWeights: WeightSource {
  package init() {}

  package func weight(_ wanted: WantedWeight, _ declarations: Declarations) -> Tensor {
    declarations.parameter(wanted.name, wanted.shape, wanted.initial, ParameterGroup(rate: 0, decays: false))
  }
}
