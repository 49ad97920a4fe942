/// The exact test of a count of successes against a probability.
///
/// Two-sided: the total probability of all counts that are no likelier than the one observed.
package func binomialTest(successes: Int, trials: Int, probability: Double = 0.5) -> TestResult {
  guard trials > 0, successes >= 0, successes <= trials else { return TestResult(obstacle: "no trials") }
  guard probability >= 0, probability <= 1 else { return TestResult(obstacle: "no probability") }
  let distribution = BinomialDistribution(trials: trials, probability: probability)
  let above = distribution.tails(successes - 1).upper
  let below = distribution.tails(successes).lower
  let observed = distribution.mass(successes) * (1 + 1e-7)
  let mode = Int((Double(trials + 1) * probability).rounded(.down))
  // The counts beyond the mode whose mass has fallen to the observed one: the mass is monotone there.
  var twoSided = 1.0
  if successes < mode {
    let far = firstIndex(mode...trials + 1) { distribution.mass($0) <= observed }
    twoSided = min(1, below + distribution.tails(far - 1).upper)
  } else if successes > mode {
    let far = firstIndex(0...mode) { distribution.mass($0) > observed } - 1
    twoSided = min(1, above + distribution.tails(far).lower)
  }
  return TestResult(
    statistic: Double(successes) / Double(trials), pAbove: above, pBelow: below, twoSided: twoSided,
    isExact: true)
}

/// The first whole number of a range at which a condition holds, given that it holds from some number on; the last
/// one where it never does.
private func firstIndex(_ range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}

/// The sign test: how many differences are positive among those that are not 0, against a half.
///
/// Assumes only independent differences with the median that is tested. Infinite differences count.
package func signTest(_ differences: [Double]) -> TestResult {
  if let obstacle = sampleObstacle([differences], atLeast: 1, allowsInfinity: true) {
    return TestResult(obstacle: obstacle)
  }
  let signed = differences.filter { $0 != 0 }
  guard !signed.isEmpty else { return TestResult(obstacle: "no variation") }
  return binomialTest(successes: signed.filter { $0 > 0 }.count, trials: signed.count)
}

/// McNemar's exact test of paired outcomes: of the pairs that disagree, how many favour the first (McNemar 1947,
/// with the binomial distribution).
///
/// - Parameters:
///   - onlyFirst: pairs in which only the first succeeds.
///   - onlySecond: pairs in which only the second does.
package func mcNemarTest(onlyFirst: Int, onlySecond: Int) -> TestResult {
  guard onlyFirst >= 0, onlySecond >= 0, onlyFirst + onlySecond > 0 else {
    return TestResult(obstacle: "no pair that disagrees")
  }
  return binomialTest(successes: onlyFirst, trials: onlyFirst + onlySecond)
}
