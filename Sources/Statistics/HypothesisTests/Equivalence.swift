/// Whether an estimate is shown to lie within a margin, or not below it.
package struct Equivalence: Hashable, Sendable {
  /// Of "the true value is at most −margin".
  package let pAboveLower: Double
  /// Of "the true value is at least +margin".
  package let pBelowUpper: Double

  /// From one-sided p-values against any bound, such as those of a `SamplingDistribution`.
  package init(margin: Double, above: (Double) -> Double, below: (Double) -> Double) {
    pAboveLower = above(-margin)
    pBelowUpper = below(margin)
  }

  /// From a t-test; NaN where it says nothing.
  package init(_ test: StudentTest, margin: Double) {
    self.init(
      margin: margin, above: { test.result(against: $0).pAbove ?? .nan },
      below: { test.result(against: $0).pBelow ?? .nan })
  }

  /// Two one-sided tests (Schuirmann 1987): equivalent at level α where both pass at α. NaN where undefined.
  package var pEquivalent: Double {
    pAboveLower.isNaN || pBelowUpper.isNaN ? .nan : max(pAboveLower, pBelowUpper)
  }

  /// Not worse by the margin or more, larger values being better.
  package var pNonInferior: Double { pAboveLower }
}
