import Experiments

/// What a race is run to: the first step at which a curve reaches a value.
package struct Target: Hashable, Sendable {
  /// What time is counted in; never a wall time.
  package enum Unit: String, Sendable, CaseIterable {
    /// The steps of the curve, such as epochs.
    case steps
    /// Counted cost up to the hit: the trial's, in proportion to the curve's steps.
    case examples, flops
  }

  /// The curve's column.
  package let column: String
  /// Whether values at or above `value` reach it; else those at or below.
  package let isLarger: Bool
  package let value: Double
  package let unit: Unit

  package init(column: String, isLarger: Bool, value: Double, unit: Unit) {
    self.column = column
    self.isLarger = isLarger
    self.value = value
    self.unit = unit
  }

  /// As a study writes it.
  package var text: String { "\(column) \(isLarger ? ">=" : "<=") \(numberLabel(value))" }

  /// The time at which an outcome reaches it; infinite where it never does or diverged.
  package func time(_ outcome: Outcome) -> Double {
    guard outcome.status == .finished, let curve = outcome.curves.first(where: { $0.name == column }),
      let last = curve.steps.last, last > 0,
      let hit = curve.values.firstIndex(where: { isLarger ? $0 >= value : $0 <= value })
    else { return .infinity }
    let step = Double(curve.steps[hit])
    switch unit {
    case .steps: return step
    case .examples: return Double(outcome.cost.examples) * step / Double(last)
    case .flops: return Double(outcome.cost.flops) * step / Double(last)
    }
  }
}
