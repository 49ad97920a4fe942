import Randomness
import Tensors

// What the benchmark against scikit-learn times, one plain function each: its default settings, our own names.

/// 100 trees on the fit rows, √columns tried at each node; class probabilities of the score rows, rows × classes.
package func benchmarkRandomForest(
  _ features: Matrix, _ classes: ClassLabels, score: Matrix, seed: UInt64
) throws -> [Double] {
  let settings = TreeSettings(columnsTried: Int(Double(features.columns).squareRoot()))
  return try RandomForest(features, classes, trees: 100, settings) {
    RandomStream(seed: seed, role: "benchmark", purpose: "tree", index: $0)
  }.predict(score)
}

/// An RBF machine of natural width with C = 1 on the fit rows; shares of votes of the score rows, rows × classes.
package func benchmarkSupportVectorMachine(
  _ features: Matrix, _ classes: ClassLabels, score: Matrix
) throws -> [Double] {
  try SupportVectorMachine(features, classes, .rbf(scale: naturalKernelScale(features)), cost: 1)
    .voteShares(score)
}

/// A Matérn-5/2 process with hyperparameters fitted from 1 + `restarts` starts; ln p(standardised targets).
package func benchmarkGaussianProcess(
  _ features: Matrix, _ targets: [Double], isRelevanceDetermined: Bool, restarts: Int, seed: UInt64
) throws -> Double {
  var search = GaussianProcess.Search()
  search.isRelevanceDetermined = isRelevanceDetermined
  search.restarts = restarts
  let stream = RandomStream(seed: seed, role: "benchmark", purpose: "starts")
  return try GaussianProcess(features, targets, search, stream: stream).logMarginalLikelihood
}
