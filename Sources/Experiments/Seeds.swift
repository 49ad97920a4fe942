/// The three pools seeds come from; a seed means different random numbers in each.
package enum SeedPool: String, Sendable, CaseIterable {
  case tuning, evaluation, auxiliary
}

/// Where a trial's randomness comes from: the pool and the author's seed, independent of the study.
package struct SeedPath: Hashable, Sendable {
  package let pool: SeedPool
  package let seed: Int

  package init(pool: SeedPool, seed: Int) {
    self.pool = pool
    self.seed = seed
  }
}
