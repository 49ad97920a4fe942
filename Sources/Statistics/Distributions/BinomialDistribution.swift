/// The number of successes in n independent trials.
package struct BinomialDistribution: Sendable {
  package let trials: Int
  package let probability: Double

  package init(trials: Int, probability: Double) {
    precondition(trials >= 0 && probability >= 0 && probability <= 1, "trials from 0, probability in 0 ... 1")
    self.trials = trials
    self.probability = probability
  }

  /// P(X = k).
  package func mass(_ k: Int) -> Double {
    guard k >= 0, k <= trials else { return 0 }
    return binomialTerm(Double(k), Double(trials - k), probability, 1 - probability)
  }

  /// P(X ≤ k) and P(X > k) = I_p(k + 1, n − k) (Abramowitz & Stegun 26.5.24).
  package func tails(_ k: Int) -> Tails {
    if k < 0 { return Tails(lower: 0, upper: 1) }
    if k >= trials { return Tails(lower: 1, upper: 0) }
    return incompleteBeta(
      Double(k + 1), Double(trials - k), probability, complement: 1 - probability
    ).swapped
  }
}
