import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// A support vector machine: `SupportVectorMachine` for classes, `SupportVectorRegression` for numbers.
package struct KernelSVM: EstimatorModel {
  package static let name = "kernel-svm"
  package static let revision = 1
  package static let summary =
    "a support vector machine, one against one for classes, with a margin without cost for numbers"
  package static let hyperparameters =
    KernelSettings.declaration + [
      Hyperparameter("cost", .number(1e-6...1e6), default: .number(1), "bound of each row's coefficient, C"),
      Hyperparameter(
        "margin", .number(0...10), default: .number(0.1),
        "numbers: errors below it cost nothing, in deviations of the target"),
      Hyperparameter(
        "probabilities", .choice(["votes", "platt"]), default: .text("votes"),
        "classes: shares of the pairs' votes, or sigmoids fitted by cross-validation within each pair"),
    ]
  package static let predictions: TargetKind? = nil

  private let kernel: KernelSettings
  private let cost: Double
  private let margin: Double
  private let isCalibrated: Bool

  package init(_ settings: Settings) {
    kernel = KernelSettings(settings)
    cost = settings.number("cost")
    margin = settings.number("margin")
    isCalibrated = settings.text("probabilities") == "platt"
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let features = rows.features
    let kernel = kernel.kernel(features)
    switch rows.targets {
    case .numbers(let targets):
      let machine = try SupportVectorRegression(features, targets, kernel, cost: cost, margin: margin)
      return FittedModel(cost: CountedCost(examples: features.rows, flops: machine.flops)) {
        machine.predict($0)
      }
    case .classes(let classes):
      let machine = try SupportVectorMachine(features, classes, kernel, cost: cost)
      guard isCalibrated && !machine.pairs.isEmpty else {
        return FittedModel(cost: CountedCost(examples: features.rows, flops: machine.flops)) {
          machine.voteShares($0)
        }
      }
      let scaling = try PlattScaling(
        machine, features, classes, cost: cost, stream: stream("calibration-folds", 0))
      let spent = CountedCost(examples: features.rows, flops: machine.flops + scaling.flops)
      return FittedModel(cost: spent) { scaling.probabilities($0) }
    }
  }
}
