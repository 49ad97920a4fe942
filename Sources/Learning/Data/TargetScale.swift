/// The map between a regression's targets and the standardised numbers the network learns.
package struct TargetScale: Sendable {
  private let mean: Double
  /// The population deviation; 1 where all targets are equal.
  private let deviation: Double

  /// The scale of the fit rows' targets, at least one.
  package init(of targets: [Double]) {
    let count = Double(targets.count)
    let mean = targets.reduce(0, +) / count
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    deviation = targets.min() == targets.max() ? 1 : variance.squareRoot()
  }

  /// (target − mean) / deviation.
  package func standardised(_ target: Double) -> Float { Float((target - mean) / deviation) }

  /// A model's output on the targets' own scale.
  package func original(_ output: Double) -> Double { mean + deviation * output }
}
