/// The range of k independent standard normals: the studentised range with infinitely many degrees of freedom,
/// as Nemenyi's comparison of ranks needs it.
package struct NormalRangeDistribution: Sendable {
  package let count: Int
  /// Points of the rule with Φ and φ there; an analytic integrand that decays like a normal density is summed
  /// exactly to 1e-15 at this spacing (trapezoidal rule).
  private let points: [(z: Double, weight: Double, cumulative: Double)]

  package init(count: Int) {
    precondition(count >= 2, "a range of at least two")
    self.count = count
    let spacing = 0.125
    points = (-96...96).map { i in
      let z = Double(i) * spacing
      return (z, spacing * NormalDistribution.density(z), NormalDistribution.cumulative(z))
    }
  }

  /// P(R ≤ q) and P(R > q) = k·∫ φ(z)·(Φ(z)ᵏ⁻¹ − (Φ(z) − Φ(z − q))ᵏ⁻¹) dz, the largest value being z.
  package func tails(_ q: Double) -> Tails {
    if q.isNaN { return .undefined }
    if q <= 0 { return Tails(lower: 0, upper: 1) }
    var lower = 0.0
    var upper = 0.0
    for point in points {
      let below = NormalDistribution.cumulative(point.z - q)
      let within = max(0, point.cumulative - below)
      var inner = 1.0
      // aᵐ − bᵐ = (a − b)·Σ aⁱ·bᵐ⁻¹⁻ⁱ keeps the digits of small tails.
      var mixed = 0.0
      for _ in 0..<(count - 1) {
        mixed = mixed * point.cumulative + inner
        inner *= within
      }
      lower += point.weight * inner
      upper += point.weight * below * mixed
    }
    return Tails(lower: Double(count) * lower, upper: Double(count) * upper)
  }

  /// The q that the range exceeds with probability 1 − p.
  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return invert(p, from: 3, in: 0...Double.infinity) { q in
      // The slope only steers the search; the bracket decides.
      let step = 1e-4
      return (tails(q), (tails(q + step).lower - tails(q - step).lower) / (2 * step))
    }
  }
}
