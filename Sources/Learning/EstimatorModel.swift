import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// A model that is fitted without a graph, such as a forest or a Gaussian process.
///
/// Its fit has no epochs and follows no gradient of ours, so optimizer and training plan do not concern it.
package protocol EstimatorModel: Model {
  /// Fits the model to the rows; a pure function of settings, rows and streams.
  ///
  /// - Parameter stream: the random stream for a purpose and an index.
  /// - Throws: `EstimatorError` or `LinearAlgebraError` where the rows have no fit.
  func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
}

/// The rows an estimator is fitted to, in double precision.
package struct FitRows: Sendable {
  package enum Targets: Sendable {
    case classes(ClassLabels)
    /// One number a row.
    case numbers([Double])
  }

  /// rows × columns.
  package let features: Matrix
  package let targets: Targets

  package init(features: Matrix, targets: Targets) {
    switch targets {
    case .classes(let classes): precondition(classes.labels.count == features.rows, "a label for each row")
    case .numbers(let numbers): precondition(numbers.count == features.rows, "a target for each row")
    }
    self.features = features
    self.targets = targets
  }

  /// The classes, for a model that serves classification only.
  var classes: ClassLabels {
    guard case .classes(let classes) = targets else {
      preconditionFailure("the procedure asks only models of its kind")
    }
    return classes
  }

  /// The targets, for a model that serves regression only.
  var numbers: [Double] {
    guard case .numbers(let numbers) = targets else {
      preconditionFailure("the procedure asks only models of its kind")
    }
    return numbers
  }
}

/// What a fit came to: a function from features to predictions.
package struct FittedModel: Sendable {
  /// Cost of the fit. A row counts as an example each time a pass over the rows sees it (each tree of a forest
  /// is one); flops are those of matrix products and decompositions, 0 where there are none.
  package let cost: CountedCost
  private let function: @Sendable (Matrix) -> [Double]

  package init(cost: CountedCost, predict function: @escaping @Sendable (Matrix) -> [Double]) {
    self.cost = cost
    self.function = function
  }

  /// - Parameter features: rows × columns, as many columns as in the fit.
  /// - Returns: classification: probabilities, rows × classes, each row summing to 1; a class without fit rows
  ///   has the probability the model gives it, mostly 0. Regression: one number a row.
  package func predict(_ features: Matrix) -> [Double] { function(features) }
}
