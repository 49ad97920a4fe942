/// The error function 2/√π·∫₀ˣ e^(−t²) dt = P(½, x²) with the sign of x.
package func errorFunction(_ x: Double) -> Double {
  x < 0 ? -errorFunction(-x) : incompleteGamma(0.5, x * x).lower
}

/// 1 − erf x, exact to its own last digits also where erf x is close to 1.
package func complementaryErrorFunction(_ x: Double) -> Double {
  x < 0 ? 1 + errorFunction(-x) : incompleteGamma(0.5, x * x).upper
}

/// The standard normal distribution, the same bits on every machine.
package enum NormalDistribution {
  /// e^(−z²/2) / √(2π).
  package static func density(_ z: Double) -> Double { exponential(-0.5 * z * z - halfLogTwoPi) }

  /// P(Z ≤ z) and P(Z > z), each exact to its own last digits.
  package static func tails(_ z: Double) -> Tails {
    if z.isNaN { return .undefined }
    let shares = incompleteGamma(0.5, 0.5 * z * z)
    let lower = Tails(lower: 0.5 * shares.upper, upper: 0.5 + 0.5 * shares.lower)
    return z < 0 ? lower : lower.swapped
  }

  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double { tails(z).lower }

  /// The z that Z exceeds with probability 1 − p; infinite at 0 and 1.
  package static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0.5 { return 0 }
    // Abramowitz & Stegun 26.2.22, within 0.003.
    let t = (-2 * logarithm(min(p, 1 - p))).squareRoot()
    let start = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + t * 0.04481))
    return invert(p, from: p < 0.5 ? -start : start, in: -Double.infinity...Double.infinity) {
      (tails($0), density($0))
    }
  }
}
