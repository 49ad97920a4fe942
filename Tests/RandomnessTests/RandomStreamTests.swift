import Randomness
import Testing

/// Streams are pure functions of their names, and their numbers have the distributions they claim.
struct RandomStreamTests {
  private func stream(seed: UInt64 = 3, role: String = "tuning", purpose: String = "test", index: Int = 0)
    -> RandomStream
  {
    RandomStream(seed: seed, role: role, purpose: purpose, index: index)
  }

  private func words(_ stream: RandomStream) -> [UInt32] {
    var stream = stream
    return (0..<8).map { _ in stream.nextWord() }
  }

  @Test func everyPartOfTheNameMatters() {
    let streams = [
      stream(), stream(seed: 4), stream(role: "evaluation"), stream(purpose: "other"), stream(index: 1),
      stream(seed: 1 << 32 | 3),
    ]
    #expect(Set(streams.map(words)).count == streams.count)
    #expect(words(stream()) == words(stream()))
  }

  @Test func anotherIndexIsTheStreamNamedSo() {
    var used = stream(index: 4)
    _ = used.normal()
    #expect(words(used.indexed(9)) == words(stream(index: 9)))
  }

  @Test func wordsFollowEachOther() {
    var one = stream()
    var other = stream()
    let low = UInt64(other.nextWord())
    let high = UInt64(other.nextWord())
    #expect(one.next() == low | high << 32)
  }

  /// χ² over 64 cells: 63 degrees of freedom, so beyond 120 with probability 2e-5.
  @Test func uniformNumbersFillTheirIntervalEvenly() {
    var random = stream()
    var cells = [Int](repeating: 0, count: 64)
    var floats = [Int](repeating: 0, count: 64)
    for _ in 0..<64_000 {
      let u = random.uniform()
      let f = random.uniformFloat()
      #expect(u >= 0 && u < 1 && f >= 0 && f < 1)
      cells[Int(u * 64)] += 1
      floats[Int(f * 64)] += 1
    }
    for counts in [cells, floats] {
      #expect(counts.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 } < 120)
    }
  }

  @Test func boundedNumbersReachEveryValueEvenly() {
    var random = stream(purpose: "bounded")
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    // χ² with 6 degrees of freedom is beyond 30 with probability 4e-5.
    #expect(counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 } < 30)
    #expect((0..<100).allSatisfy { _ in random.below(1) == 0 })
  }

  /// The first four moments of 200,000 normal numbers, within five standard errors.
  @Test func normalNumbersHaveNormalMoments() {
    var random = stream(purpose: "normal")
    let count = 200_000
    var sums = [0.0, 0.0, 0.0, 0.0]
    for _ in 0..<count {
      let x = random.normal()
      var power = 1.0
      for k in 0..<4 {
        power *= x
        sums[k] += power
      }
    }
    let moments = sums.map { $0 / Double(count) }
    // The variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
    for (moment, (expected, variance)) in zip(moments, [(0.0, 1.0), (1, 2), (0, 15), (3, 96)]) {
      #expect(abs(moment - expected) < 5 * (variance / Double(count)).squareRoot())
    }
  }

  @Test func permutationsHoldEachNumberOnceAndMixWell() {
    var random = stream(purpose: "permutation")
    #expect(random.permutation(0).isEmpty)
    #expect(random.permutation(1) == [0])
    var first = [Int](repeating: 0, count: 5)
    for _ in 0..<10_000 {
      let order = random.permutation(5)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      first[Int(order[0])] += 1
    }
    // χ² with 4 degrees of freedom is beyond 26 with probability 3e-5.
    #expect(first.reduce(0.0) { $0 + (Double($1) - 2000) * (Double($1) - 2000) / 2000 } < 26)
  }

  @Test(arguments: [
    (1.0, 0.0), (2, 0.693147180559945309), (0.5, -0.693147180559945309), (10, 2.302585092994045684),
    (1e-300, -690.775527898213705), (1e300, 690.775527898213705), (1.015625, 0.015504186535965254),
    (0.984375, -0.015748356968139169), (1.4142135623730951, 0.346573590279972655),
  ]) func logarithmsAreExactToTheLastBits(_ x: Double, _ expected: Double) {
    #expect(abs(naturalLogarithm(x) - expected) <= 4e-16 * abs(expected))
  }
}
