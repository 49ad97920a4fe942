import Randomness
import Statistics
import Tensors

/// How much is to be gained at a point, from the model's mean and deviation there; losses are minimised.
package enum Acquisition: Hashable {
  /// The logarithm of the expected improvement on the best loss (Jones, Schonlau and Welch, "Efficient global
  /// optimization of expensive black-box functions", J. Global Optimization 13, 1998).
  case expectedImprovement(best: Double)
  /// weight · deviation − mean (Srinivas et al., "Gaussian process optimization in the bandit setting", ICML 2010).
  case confidenceBound(weight: Double)

  /// The value with its derivatives by mean and by deviation.
  package func value(mean: Double, deviation: Double) -> (value: Double, byMean: Double, byDeviation: Double)
  {
    switch self {
    case .confidenceBound(let weight): return (weight * deviation - mean, -1, weight)
    case .expectedImprovement(let best):
      let deviation = max(deviation, 1e-150)
      let z = (best - mean) / deviation
      // ln EI = ln deviation + ln h, h = φ(z) + z·Φ(z); far below the best h/φ is taken by its expansion.
      let (logarithm, cumulative, density): (Double, Double, Double)
      if z > -25 {
        let (phi, mass) = (NormalDistribution.density(z), NormalDistribution.cumulative(z))
        let h = phi + z * mass
        (logarithm, cumulative, density) = (naturalLogarithm(h), mass / h, phi / h)
      } else {
        let w = 1 / (z * z)
        let h = w * (1 - w * (3 - w * (15 - w * (105 - w * 945))))
        let mass = -(1 - w * (1 - w * (3 - w * (15 - w * 105)))) / z
        logarithm = -0.5 * z * z - 0.9189385332046727 + naturalLogarithm(h)
        (cumulative, density) = (mass / h, 1 / h)
      }
      return (
        naturalLogarithm(deviation) + logarithm, -cumulative / deviation, density / deviation
      )
    }
  }
}
