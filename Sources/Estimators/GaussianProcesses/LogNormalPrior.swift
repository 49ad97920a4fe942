/// Log-normal beliefs about a Gaussian process's hyperparameters, added to the marginal likelihood that its search
/// maximises: with them few rows do not settle for lengths or noise that many would refute.
package struct LogNormalPrior: Sendable {
  /// Mean and deviation of a logarithm.
  package typealias Belief = (mean: Double, deviation: Double)

  package var signal: Belief
  /// One for all lengths, or one a column.
  package var lengths: [Belief]
  package var noise: Belief

  package init(signal: Belief, lengths: [Belief], noise: Belief) {
    self.signal = signal
    self.lengths = lengths
    self.noise = noise
  }

  /// Adds the logarithm of the density, up to a constant, at the kernel's `logarithms`.
  func add(at logarithms: [Double], to value: inout Double, _ gradient: inout [Double]) {
    for (i, x) in logarithms.enumerated() {
      let belief =
        i == 0 ? signal : i == logarithms.count - 1 ? noise : lengths[lengths.count == 1 ? 0 : i - 1]
      let z = (x - belief.mean) / belief.deviation
      value -= 0.5 * z * z
      gradient[i] -= z / belief.deviation
    }
  }
}
