import Randomness

/// Variance-based sensitivity of a function on the unit cube whose inputs are independent and uniform.
package struct SobolIndices: Sendable {
  /// By dimension, the share of the variance that the dimension explains alone.
  package let first: [SensitivityEstimate]
  /// By dimension, the share of the variance that is left when all others are known: alone and with others.
  package let total: [SensitivityEstimate]

  /// Estimates the indices with `samples` · (dimensions + 2) evaluations.
  ///
  /// First-order indices by Saltelli et al. 2010 ("Variance based sensitivity analysis of model output", table 2, b),
  /// total indices by Jansen (table 2, f). Deviation: the two base matrices are independent random numbers instead of a
  /// Sobol' sequence, so that the bootstrap over base points gives honest intervals; values are centred by their mean
  /// first, which changes no expectation and lowers the variance.
  ///
  /// - Parameters:
  ///   - samples: base points; at least 2.
  ///   - stream: gives the random stream of a purpose.
  package init(
    dimensions: Int, samples: Int, stream: (_ purpose: String) -> RandomStream,
    function: ([Double]) -> Double
  ) {
    precondition(dimensions >= 1 && samples >= 2, "a function of something, and points to try it at")
    var numbers = stream("base-points")
    let a = (0..<samples).map { _ in (0..<dimensions).map { _ in numbers.uniform() } }
    let b = (0..<samples).map { _ in (0..<dimensions).map { _ in numbers.uniform() } }
    var valuesA = a.map(function)
    var valuesB = b.map(function)
    let mean = (valuesA.reduce(0, +) + valuesB.reduce(0, +)) / Double(2 * samples)
    valuesA = valuesA.map { $0 - mean }
    valuesB = valuesB.map { $0 - mean }
    var first: [SensitivityEstimate] = []
    var total: [SensitivityEstimate] = []
    for i in 0..<dimensions {
      let mixed = (0..<samples).map { n in
        var point = a[n]
        point[i] = b[n][i]
        return function(point) - mean
      }
      func variance(_ units: [Int]) -> Double {
        var sum = 0.0
        var squares = 0.0
        for n in units {
          sum += valuesA[n] + valuesB[n]
          squares += valuesA[n] * valuesA[n] + valuesB[n] * valuesB[n]
        }
        let count = Double(2 * units.count)
        return squares / count - (sum / count) * (sum / count)
      }
      first.append(
        SensitivityEstimate(units: samples, stream: stream("first-order \(i)")) { units in
          units.reduce(0) { $0 + valuesB[$1] * (mixed[$1] - valuesA[$1]) } / Double(units.count)
            / variance(units)
        })
      total.append(
        SensitivityEstimate(units: samples, stream: stream("total \(i)")) { units in
          units.reduce(0) { $0 + (valuesA[$1] - mixed[$1]) * (valuesA[$1] - mixed[$1]) }
            / Double(2 * units.count) / variance(units)
        })
    }
    self.first = first
    self.total = total
  }
}
