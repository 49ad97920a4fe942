import Statistics
import Testing

private func value(_ name: String, _ values: [Double], _ parameter: Double = 0) throws -> Double {
  try #require(FunctionRegistry.function(name)).value(WeightedSample(values), parameter)
}

@Suite struct FunctionTests {
  @Test func handValues() throws {
    let sample: [Double] = [4, 1, 3, 2]
    #expect(try value("mean", sample) == 2.5)
    #expect(try value("median", sample) == 2.5)
    #expect(try value("median", [5, 1, 9]) == 5)
    #expect(try value("min", sample) == 1)
    #expect(try value("max", sample) == 4)
    #expect(try value("count", sample) == 4)
    #expect(try value("iqm", sample) == 2.5)
    #expect(try value("quantile", sample, 0.25) == 1.75)
    #expect(close(try value("sd", sample), (5.0 / 3).squareRoot()))
  }

  @Test func scipyValues() throws {
    typealias S = ScipyVectors
    #expect(close(try value("mean", S.smooth), S.mean))
    #expect(close(try value("sd", S.smooth), S.sd))
    #expect(close(try value("median", S.octave), S.median))
    #expect(close(try value("quantile", S.octave, 0.3), S.quantile30))
    // 16 values: a quarter is a whole number, so that our edges equal SciPy's.
    #expect(close(try value("iqm", S.octave), S.trimmedMean))
    let pairs = PairedSample(S.tied, S.other)
    #expect(close(kendallTauB(pairs), S.kendall))
    #expect(close(spearmanCorrelation(pairs), S.spearman))
    #expect(close(pearsonCorrelation(pairs), S.pearson))
  }

  @Test func kendallOfTopTakesAFifthAndItsTies() {
    let x = (0..<20).map(Double.init)
    let y = x.map { $0 < 16 ? -$0 : $0 }
    #expect(kendallOfTopFifth(PairedSample(x, y)) == 1)
    #expect(kendallTauB(PairedSample(x, y)) < 0)
    // The fourth largest is tied with two more, which are taken along: they are no larger in y.
    let tied = PairedSample(
      [9, 8, 7, 6, 6, 6] + Array(repeating: 0, count: 14),
      [4, 3, 2, 1, 5, 6] + Array(repeating: 9, count: 14))
    #expect(
      close(kendallOfTopFifth(tied), kendallTauB(PairedSample([9, 8, 7, 6, 6, 6], [4, 3, 2, 1, 5, 6]))))
  }

  @Test func calibrationErrorIsTheGapOverBins() {
    // 0.6 lies on an edge and belongs to the bin of 0.55.
    let pairs = PairedSample([0.6, 0.55, 0.9, 0], [1, 0, 1, 0], weights: [1, 2, 1, 1])
    // Bins: 0.6 and twice 0.55 with one right; 0.9 right; 0.
    let expected: Double = (0.7 + 0.1) / 5
    #expect(close(expectedCalibrationError(pairs), expected))
  }

  @Test func weightsCountOccurrences() {
    let written: [Double] = [1, 2, 2, 2, 5, 7, 7]
    let weighted = WeightedSample([7, 1, 2, 5, 3], weights: [2, 1, 3, 1, 0])
    for function in FunctionRegistry.all where function.takesSample {
      #expect(
        close(function.value(weighted, 0.3), function.value(WeightedSample(written), 0.3)), "\(function.name)"
      )
    }
    // So many that a fifth of them are several.
    let pairs = PairedSample(
      [1, 2, 2, 4, 4, 4, 5, 6, 6, 7, 8, 8, 8, 8, 9], [2, 1, 1, 3, 3, 3, 5, 4, 4, 8, 7, 7, 7, 7, 9])
    let weightedPairs = PairedSample(
      [1, 2, 4, 5, 6, 7, 8, 9, 20], [2, 1, 3, 5, 4, 8, 7, 9, 9], weights: [1, 2, 3, 1, 2, 1, 4, 1, 0])
    for function in FunctionRegistry.all {
      // Concordance asks for a value of every item from each level of x; its own tests repeat whole levels.
      guard case .pair(let compare) = function.computation, function.name != "kendall-w" else { continue }
      #expect(close(compare(weightedPairs), compare(pairs)), "\(function.name)")
    }
  }

  @Test func quantilesOfWeightsStayInsideTheOrder() {
    let sample = WeightedSample(ascending: [1, 2, 3], weights: [0, 2, 0])
    #expect(quantile(sample, 0) == 2)
    #expect(quantile(sample, 1) == 2)
    #expect(minimum(sample) == 2)
    #expect(maximum(sample) == 2)
  }

  @Test func undefinedValues() throws {
    for function in FunctionRegistry.all where function.takesSample && function.name != "count" {
      #expect(try value(function.name, []).isNaN, "\(function.name)")
    }
    #expect(try value("count", []) == 0)
    #expect(try value("sd", [3]).isNaN)
    #expect(kendallTauB(PairedSample([1, 1], [1, 2])).isNaN)
    #expect(pearsonCorrelation(PairedSample([2, 2, 2], [1, 2, 3])).isNaN)
    #expect(pearsonCorrelation(PairedSample([.nan, 1], [1, .nan])).isNaN)
  }

  @Test func perfectAgreementIsExact() {
    let pairs = PairedSample([1, 2, 3, 4], [10, 20, 30, 40])
    #expect(kendallTauB(pairs) == 1)
    #expect(kendallTauB(PairedSample([1, 2, 3, 4], [4, 3, 2, 1])) == -1)
    #expect(spearmanCorrelation(pairs) == 1)
  }

  @Test func constantSamplesHaveNoSpread() throws {
    #expect(try value("sd", [0.1, 0.1, 0.1]) == 0)
    #expect(try value("mean", [0.1, 0.1, 0.1]) == 0.1)
  }

  @Test func namesAscendAndHaveMeanings() {
    let names = FunctionRegistry.all.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(FunctionRegistry.all.allSatisfy { !$0.meaning.isEmpty })
    #expect(FunctionRegistry.function("quantile")?.usage == "quantile(x, q)")
  }
}

@Suite struct DistributionTests {
  @Test func studentMatchesScipy() {
    for row in ScipyVectors.student {
      let cumulative = StudentDistribution(degreesOfFreedom: Double(row.degrees)).cumulative(row.t)
      #expect(close(cumulative, row.cumulative, 1e-12), "df \(row.degrees), t \(row.t)")
    }
    for row in ScipyVectors.studentQuantiles {
      let quantile = StudentDistribution(degreesOfFreedom: Double(row.degrees)).quantile(0.975)
      #expect(close(quantile, row.quantile, 1e-9), "df \(row.degrees)")
    }
  }

  @Test func holmExample() {
    // Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1, made monotone.
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { close($0, $1) })
    #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
    #expect(holmAdjusted([]) == [])
  }

  @Test func signFlipsMatchScipy() {
    let exact = SignFlipTest(differences: ScipyVectors.differences, draws: 9_999, seed: 1)
    #expect(exact.patterns == 128)
    #expect(close(exact.pAbove, ScipyVectors.signFlip))
    let random = SignFlipTest(
      differences: ScipyVectors.differences + ScipyVectors.differences, draws: 9_999, seed: 1)
    #expect(random.patterns == 10_000)
    #expect(random.pAbove < exact.pAbove && random.pBelow > 0.99)
    let none = SignFlipTest(differences: [], draws: 9, seed: 1)
    #expect(none.pAbove == 1 && none.pBelow == 1 && none.patterns == 1)
    #expect(SignFlipTest(differences: [1, .infinity], draws: 9, seed: 1).pAbove.isNaN)
  }
}
