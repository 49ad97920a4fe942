import Experiments
import Parts
import Randomness

/// Points of a Halton sequence scrambled by the seed (Halton, "On the efficiency of certain quasi-random sequences of
/// points", Numerische Mathematik 2, 1960).
///
/// Coordinate d of point i is the radical inverse of i in the d-th prime base, each of its digits sent through a random
/// permutation of its own (Owen, "A randomized Halton algorithm in R", 2017). Suggestion i depends on the space, the
/// stream and i alone.
package struct HaltonSearch: Tuner {
  package static let name = "halton"
  package static let revision = 1
  package static let summary = "an even spread over the space: a Halton sequence scrambled by the seed"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let bases = Self.primes(space.dimensions.count)
    let permutations = bases.enumerated().map { dimension, base in
      var random = stream("permutations", dimension)
      return (0..<Self.digits(base)).map { _ in random.permutation(base).map(Int.init) }
    }
    return BatchSearch(
      budget,
      allowedConfigurations(space, count: budget.trials) { index in
        bases.indices.map { Self.radicalInverse(index, bases[$0], permutations[$0]) }
      })
  }

  /// 0.d₀d₁… in the base, where …d₁d₀ are the number's digits and digit k goes through permutation k.
  package static func radicalInverse(_ index: Int, _ base: Int, _ permutations: [[Int]]) -> Double {
    var (rest, weight, value) = (index, 1.0, 0.0)
    for permutation in permutations {
      weight /= Double(base)
      value += Double(permutation[rest % base]) * weight
      rest /= base
    }
    return min(value, 1.0.nextDown)
  }

  /// Digits until their weight falls below 2⁻⁵³.
  package static func digits(_ base: Int) -> Int {
    var (count, weight) = (0, 1.0)
    while weight > 0x1p-53 { (count, weight) = (count + 1, weight / Double(base)) }
    return count
  }

  package static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }
}
