/// The χ² distribution of a sum of squared standard normals.
package struct ChiSquareDistribution: Sendable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom above 0")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X ≤ x) and P(X > x).
  package func tails(_ x: Double) -> Tails {
    x.isNaN ? .undefined : incompleteGamma(degreesOfFreedom / 2, max(0, x) / 2)
  }

  /// The x that X exceeds with probability 1 − p.
  package func quantile(_ p: Double) -> Double { 2 * inverseIncompleteGamma(degreesOfFreedom / 2, p) }
}
