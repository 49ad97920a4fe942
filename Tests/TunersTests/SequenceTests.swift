import Experiments
import Parts
import Randomness
import Testing
import Tuners

/// Even spreads, against SciPy's `qmc.Sobol` and `qmc.Halton` (References/sequences.py).
struct SequenceTests {
  private static let sobol: [(index: Int, words: [UInt32])] = [
    (
      1,
      [
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
        2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648,
      ]
    ),
    (
      2,
      [
        3221225472, 1073741824, 1073741824, 1073741824, 3221225472, 3221225472, 1073741824, 3221225472,
        3221225472, 3221225472, 3221225472, 3221225472, 1073741824, 1073741824, 3221225472, 1073741824,
        3221225472, 1073741824, 3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824,
        1073741824, 3221225472, 1073741824, 3221225472, 1073741824, 3221225472, 1073741824, 1073741824,
        1073741824, 3221225472, 3221225472, 3221225472, 1073741824, 1073741824, 1073741824, 1073741824,
        1073741824, 3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824, 1073741824,
        3221225472, 3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824, 3221225472,
        1073741824, 3221225472, 3221225472, 3221225472, 1073741824, 3221225472, 3221225472, 3221225472,
      ]
    ),
    (
      3,
      [
        1073741824, 3221225472, 3221225472, 3221225472, 1073741824, 1073741824, 3221225472, 1073741824,
        1073741824, 1073741824, 1073741824, 1073741824, 3221225472, 3221225472, 1073741824, 3221225472,
        1073741824, 3221225472, 1073741824, 3221225472, 3221225472, 1073741824, 3221225472, 3221225472,
        3221225472, 1073741824, 3221225472, 1073741824, 3221225472, 1073741824, 3221225472, 3221225472,
        3221225472, 1073741824, 1073741824, 1073741824, 3221225472, 3221225472, 3221225472, 3221225472,
        3221225472, 1073741824, 3221225472, 3221225472, 1073741824, 3221225472, 3221225472, 3221225472,
        1073741824, 1073741824, 3221225472, 3221225472, 1073741824, 3221225472, 3221225472, 1073741824,
        3221225472, 1073741824, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824, 1073741824,
      ]
    ),
    (
      100,
      [
        1778384896, 1107296256, 3321888768, 3120562176, 3791650816, 3187671040, 100663296, 2046820352,
        2717908992, 2986344448, 1979711488, 2919235584, 2046820352, 3657433088, 1375731712, 2113929216,
        2919235584, 3187671040, 3590324224, 1442840576, 3254779904, 1711276032, 33554432, 2113929216,
        100663296, 33554432, 4060086272, 2852126720, 1040187392, 3120562176, 3053453312, 1778384896,
        1107296256, 1107296256, 1577058304, 2852126720, 4194304000, 2046820352, 3858759680, 570425344,
        3053453312, 2852126720, 1778384896, 2113929216, 1107296256, 2583691264, 1174405120, 3053453312,
        3120562176, 2852126720, 3791650816, 3456106496, 301989888, 3590324224, 1644167168, 3321888768,
        369098752, 1174405120, 1778384896, 704643072, 2113929216, 100663296, 1979711488, 2785017856,
      ]
    ),
    (
      1023,
      [
        4194304, 3233808384, 2629828608, 624951296, 801112064, 1883242496, 599785472, 2654994432,
        1480589312, 3653238784, 2915041280, 155189248, 557842432, 2856321024, 1556086784, 1992294400,
        1346371584, 3762290688, 2512388096, 1371537408, 3720347648, 79691776, 3409969152, 843055104,
        1027604480, 1614807040, 2185232384, 3267362816, 3611295744, 1866465280, 3988783104, 2638217216,
        1941962752, 3753902080, 1430257664, 3711959040, 4047503360, 4240441344, 3871342592, 2998927360,
        2713714688, 4181721088, 3988783104, 465567744, 2134900736, 1337982976, 4148166656, 3275751424,
        3619684352, 3535798272, 1111490560, 742391808, 2831155200, 1749024768, 3896508416, 473956352,
        3426746368, 3695181824, 3124756480, 1514143744, 440401920, 843055104, 3393191936, 171966464,
      ]
    ),
  ]

  private static let halton: [(index: Int, point: [Double])] = [
    (
      1,
      [
        0.5, 0.3333333333333333, 0.2, 0.14285714285714285, 0.09090909090909091, 0.07692307692307693,
        0.058823529411764705, 0.05263157894736842,
      ]
    ),
    (
      2,
      [
        0.25, 0.6666666666666666, 0.4, 0.2857142857142857, 0.18181818181818182, 0.15384615384615385,
        0.11764705882352941, 0.10526315789473684,
      ]
    ),
    (
      7,
      [
        0.875, 0.5555555555555556, 0.44, 0.02040816326530612, 0.6363636363636364, 0.5384615384615385,
        0.4117647058823529, 0.3684210526315789,
      ]
    ),
    (
      100,
      [
        0.1484375, 0.4115226337448559, 0.032, 0.29154518950437314, 0.1652892561983471, 0.7337278106508875,
        0.8996539792387543, 0.27700831024930744,
      ]
    ),
  ]

  @Test func plainSobolPointsAreSciPys() {
    let sequence = SobolSequence(dimensions: 64)
    for (index, words) in Self.sobol {
      #expect(sequence.point(index) == words.map { Double($0) * 0x1p-32 })
    }
    #expect(sequence.point(0) == [Double](repeating: 0, count: 64))
  }

  /// What makes the sequence even survives scrambling: every 2ᵏ consecutive points from a multiple of 2ᵏ have one
  /// point in each of the 2ᵏ equal parts of every dimension.
  @Test func scrambledSobolPointsStayEven() {
    let sequence = SobolSequence(dimensions: 70, scrambledBy: stream)
    for start in [0, 64, 320] {
      let points = (start..<start + 64).map(sequence.point)
      for dimension in 0..<64 {
        #expect(Set(points.map { Int($0[dimension] * 64) }).count == 64)
      }
      #expect(points.allSatisfy { $0.count == 70 && $0.allSatisfy { 0 <= $0 && $0 < 1 } })
    }
    // Two dimensions together: a point in each of the 8 × 8 squares (this pair is a net).
    let squares = (0..<64).map(sequence.point).map { Int($0[0] * 8) * 8 + Int($0[1] * 8) }
    #expect(Set(squares).count == 64)
    let other = SobolSequence(dimensions: 70) {
      RandomStream(seed: 12, role: "tuner", purpose: $0, index: $1)
    }
    #expect(other.point(5) != sequence.point(5))
  }

  @Test func plainHaltonPointsAreSciPys() {
    let primes = HaltonSearch.primes(8)
    #expect(primes == [2, 3, 5, 7, 11, 13, 17, 19])
    for (index, point) in Self.halton {
      for (base, expected) in zip(primes, point) {
        let identity = [[Int]](repeating: Array(0..<base), count: HaltonSearch.digits(base))
        #expect(abs(HaltonSearch.radicalInverse(index, base, identity) - expected) < 1e-15)
      }
    }
  }

  private func quantiles(_ tuner: any Tuner, _ trials: Int) -> [[Double]] {
    let space = Space(
      (0..<3).map {
        Dimension(name: "x\($0)", path: ["x"], domain: .number(from: 0, to: 1, logarithmic: false))
      })
    var search = tuner.search(space, budget: SearchBudget(trials: trials), stream: stream)
    return search.ask().map { suggestion in (0..<3).map { suggestion.configuration.number("x\($0)") } }
  }

  @Test func everyShareOfALatinHypercubeIsUsedOnce() {
    for trials in [1, 2, 7, 50] {
      let points = quantiles(LatinHypercube(Settings()), trials)
      for dimension in 0..<3 {
        #expect(Set(points.map { Int($0[dimension] * Double(trials)) }) == Set(0..<trials))
      }
    }
  }

  @Test func smallSearchesBeginLargeOnes() {
    for tuner in [SobolSearch(Settings()), HaltonSearch(Settings())] as [any Tuner] {
      #expect(quantiles(tuner, 5) == Array(quantiles(tuner, 40).prefix(5)))
    }
  }

  /// The star discrepancy of even spreads is far below that of independent draws (about 0.08 at 256 points).
  @Test func spreadsAreMoreEvenThanDraws() {
    func unevenness(_ points: [[Double]]) -> Double {
      var worst = 0.0
      for i in 1...8 {
        for j in 1...8 {
          let (x, y) = (Double(i) / 8, Double(j) / 8)
          let share = Double(points.count { $0[0] < x && $0[1] < y }) / Double(points.count)
          worst = max(worst, abs(share - x * y))
        }
      }
      return worst
    }
    #expect(unevenness(quantiles(SobolSearch(Settings()), 256)) < 0.01)
    #expect(unevenness(quantiles(HaltonSearch(Settings()), 256)) < 0.03)
    #expect(unevenness(quantiles(RandomSearch(Settings()), 256)) > 0.03)
  }
}
