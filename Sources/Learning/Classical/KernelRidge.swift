import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// Kernel ridge regression (`Estimators.KernelRidge`).
package struct KernelRidge: EstimatorModel {
  package static let name = "kernel-ridge"
  package static let revision = 1
  package static let summary = "ridge regression in the space of a kernel, without an intercept"
  package static let hyperparameters =
    KernelSettings.declaration + [
      Hyperparameter("penalty", .number(1e-12...1e12), default: .number(1), "added to the kernel's diagonal")
    ]
  package static let predictions: TargetKind? = .regression

  private let kernel: KernelSettings
  private let penalty: Double

  package init(_ settings: Settings) {
    kernel = KernelSettings(settings)
    penalty = settings.number("penalty")
  }

  package func fit(_ rows: FitRows, stream: (_ purpose: String, _ index: Int) -> RandomStream) throws
    -> FittedModel
  {
    let count = rows.features.rows
    let fit = try Estimators.KernelRidge(
      rows.features, Matrix(rows: count, columns: 1, values: rows.numbers), kernel.kernel(rows.features),
      penalty: penalty)
    let flops = count * count * rows.features.columns + count * count * count / 3 + 2 * count * count
    return FittedModel(cost: CountedCost(examples: count, flops: flops)) { fit.predict($0).values }
  }
}
