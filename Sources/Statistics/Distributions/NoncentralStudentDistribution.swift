/// Student's t of a mean that lies δ standard errors away: what the power of a t-test is computed from.
package struct NoncentralStudentDistribution: Sendable {
  package let degreesOfFreedom: Double
  package let noncentrality: Double

  package init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom above 0")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// P(T ≤ t) and P(T > t): T ≤ t where Z ≤ t·s − δ with s = χ_ν/√ν, averaged over s. In u = ln s the
  /// integrand is analytic and decays on both sides, so that the trapezoidal rule is exact to 1e-13.
  package func tails(_ t: Double) -> Tails {
    if t.isNaN { return .undefined }
    guard degreesOfFreedom < .infinity else { return NormalDistribution.tails(t - noncentrality) }
    let half = degreesOfFreedom / 2
    // Density of u: 2·poissonTerm(ν/2, mean ν/2·e²ᵘ)·ν/2, from Γ(ν/2)⁻¹·(ν s²/2)^(ν/2)·e^(−ν s²/2)·2.
    let spread = 1 / (2 * degreesOfFreedom).squareRoot()
    let spacing = min(1.0 / 16, spread / 4)
    var lower = 0.0
    var upper = 0.0
    func add(_ u: Double) -> Bool {
      let s = exponential(u)
      let weight = spacing * 2 * half * poissonTerm(half, mean: half * s * s)
      let shares = NormalDistribution.tails(t * s - noncentrality)
      lower += weight * shares.lower
      upper += weight * shares.upper
      return weight > 1e-18
    }
    var i = 0.0
    while add(i * spacing) { i += 1 }
    i = -1
    while add(i * spacing) { i -= 1 }
    return Tails(lower: lower, upper: upper)
  }
}
