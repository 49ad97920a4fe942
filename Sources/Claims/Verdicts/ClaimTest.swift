import Statistics

extension Claim {
  /// How a claim is tested. A new test is a case here, its meaning and its method.
  package enum Test: String, CaseIterable, Sendable {
    case binomial, bootstrap
    case correctedResampled = "corrected-resampled"
    case jonckheereTerpstra = "jonckheere-terpstra"
    case logRank = "log-rank"
    case mannWhitney = "mann-whitney"
    case nemenyi
    case pairedBootstrap = "paired-bootstrap"
    case permutation
    case restrictedMean = "restricted-mean"
    case sign
    case tTest = "t-test"
    case tost
    case welch
    case wilcoxon

    /// What the reference page says of it.
    package var meaning: String {
      switch self {
      case .binomial: "levels that are 0 or 1, such as solved or not: exact, against a share"
      case .bootstrap: "each experiment is resampled on its own"
      case .correctedResampled:
        "the mean of the differences over splits of one data set, whose training parts overlap: a t-test with variance × (1/n + test/train) (Nadeau & Bengio 2003)"
      case .jonckheereTerpstra:
        "values rise or fall with ordered groups: `jonckheere(x, y)` against 0; values change places within a unit's levels"
      case .logRank:
        "two groups' times to a target, over the rows: whether one reaches it sooner throughout; see `censored`"
      case .mannWhitney: "two independent groups, one larger than the other: ranks"
      case .nemenyi:
        "two of several methods by their mean ranks over a unit's levels, all pairs taken together (Nemenyi 1963); the methods are the levels of the column in which the sides differ"
      case .pairedBootstrap: "units are resampled, and experiments share their levels"
      case .restrictedMean:
        "two groups' mean times to a target, up to the shorter of their longest times; see `censored`"
      case .permutation: "signs of the differences flipped, level by level"
      case .sign: "how many differences lie on each side of the bound: exact"
      case .tTest: "the mean of the differences, which are normal"
      case .tost: "equality within `margin`, by two one-sided tests of the paired bootstrap (Schuirmann 1987)"
      case .welch: "the means of two independent normal groups, of different spread"
      case .wilcoxon: "signed ranks of the differences, which are symmetric"
      }
    }

    /// p-values against "at most the bound" and "at least the bound".
    struct Pair {
      let above: Double
      let below: Double
      /// Why nothing can be said; both are then 1.
      let obstacle: String?

      init(above: Double, below: Double) {
        self.above = above
        self.below = below
        obstacle = nil
      }

      init(obstacle: String) {
        above = 1
        below = 1
        self.obstacle = obstacle
      }

      init(_ result: TestResult) {
        above = result.pAbove ?? 1
        below = result.pBelow ?? 1
        obstacle = result.obstacle ?? (above.isNaN || below.isNaN ? "its levels do not vary" : nil)
      }
    }

    /// What a test is computed from.
    enum Method {
      /// The sampling distribution of the quantity.
      case resampling(isPaired: Bool)
      /// The quantity at each level of the only unit, and the bound.
      case levels(@Sendable (_ values: [Double], _ bound: Double) -> Pair)
      /// The two sides of the comparison at each level of the only unit, the bound added to the second.
      case sides(@Sendable ([Double], [Double]) -> Pair)
      /// The same, with the size of a test part over that of its training part.
      case splits(@Sendable (_ values: [Double], _ bound: Double, _ testShare: Double) -> Pair)
      /// Mean ranks of all methods over the levels of the only unit.
      case ranks
      /// The pairs of `jonckheere`.
      case trend
      /// The rows of the two columns that are compared, as times of which some are censored.
      case times(isRestrictedMean: Bool)
    }

    /// Whether it judges by the interval that tables and charts show, too.
    package var isOfIntervals: Bool {
      if case .resampling = method { true } else { false }
    }

    var method: Method {
      switch self {
      case .pairedBootstrap, .tost: .resampling(isPaired: true)
      case .bootstrap: .resampling(isPaired: false)
      case .correctedResampled:
        .splits { values, bound, share in
          Pair(StudentTest.correctedResampled(values, testShare: share).result(against: bound))
        }
      case .jonckheereTerpstra: .trend
      case .nemenyi: .ranks
      case .logRank: .times(isRestrictedMean: false)
      case .restrictedMean: .times(isRestrictedMean: true)
      case .mannWhitney: .sides { Pair(mannWhitneyTest($0, $1)) }
      case .welch: .sides { Pair(StudentTest.welch($0, $1).result()) }
      case .sign: .levels { values, bound in Pair(signTest(values.map { $0 - bound })) }
      case .tTest: .levels { values, bound in Pair(StudentTest.oneSample(values).result(against: bound)) }
      case .wilcoxon: .levels { values, bound in Pair(wilcoxonSignedRankTest(values.map { $0 - bound })) }
      case .binomial:
        .levels { values, bound in
          guard values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            return Pair(obstacle: "a binomial test needs levels of 0 and 1")
          }
          guard bound >= 0, bound <= 1 else {
            return Pair(obstacle: "the bound of a binomial test is a share")
          }
          return Pair(
            binomialTest(successes: values.count { $0 == 1 }, trials: values.count, probability: bound))
        }
      case .permutation:
        .levels { values, bound in
          let test = SignFlipTest(
            differences: values.map { $0 - bound }, draws: Evaluator.draws, seed: Evaluator.seed)
          return Pair(above: test.pAbove, below: test.pBelow)
        }
      }
    }

    /// Whether it is computed from one value a level, so that its claims have one unit.
    var needsOneUnit: Bool {
      switch method {
      case .resampling, .times: false
      case .levels, .sides, .splits, .ranks, .trend: true
      }
    }
  }
}
