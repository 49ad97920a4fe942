import Statistics
import Testing

/// Every function within 1e-12 of mpmath: relative, or absolute where the value is below 1e-280 of 1 or zero.
@Suite struct SpecialFunctionTests {
  typealias V = SpecialFunctionVectors

  private func expect(
    _ value: Double, _ reference: Double, _ row: [Double], location: SourceLocation = #_sourceLocation
  ) {
    let error = abs(value - reference)
    #expect(
      error <= 1e-12 * abs(reference) || error < 1e-290, "\(row) gives \(value)", sourceLocation: location)
  }

  @Test func gammaFunctions() {
    for row in V.logGamma {
      // Near the zeros at 1 and 2 the error is absolute.
      #expect(
        abs(logGamma(row[0]) - row[1]) <= 1e-12 * max(0.01, abs(row[1])), "\(row) gives \(logGamma(row[0]))")
    }
    for row in V.incompleteGamma {
      let shares = incompleteGamma(row[0], row[1])
      expect(shares.lower, row[2], row)
      expect(shares.upper, row[3], row)
    }
  }

  @Test func betaFunction() {
    for row in V.incompleteBeta {
      let shares = incompleteBeta(row[0], row[1], row[2], complement: 1 - row[2])
      expect(shares.lower, row[3], row)
      expect(shares.upper, row[4], row)
    }
  }

  @Test func inverses() {
    for (a, p) in [(0.5, 1e-9), (0.5, 0.3), (2.5, 0.999), (40, 0.01), (3_000, 0.5)] {
      expect(incompleteGamma(a, inverseIncompleteGamma(a, p)).lower, p, [a, p])
    }
    for (a, b, p) in [(0.5, 0.5, 1e-6), (2, 9, 0.3), (30, 2, 0.01), (400, 600, 0.75)] {
      let x = inverseIncompleteBeta(a, b, p)
      expect(incompleteBeta(a, b, x, complement: 1 - x).lower, p, [a, b, p])
    }
  }

  @Test func errorFunctions() {
    for row in V.errorFunction {
      expect(errorFunction(row[0]), row[1], row)
      expect(complementaryErrorFunction(row[0]), row[2], row)
    }
  }

  @Test func normal() {
    for row in V.normal {
      expect(NormalDistribution.cumulative(row[0]), row[1], row)
      expect(NormalDistribution.tails(-row[0]).upper, row[1], row)
    }
    for row in V.normalQuantile { expect(NormalDistribution.quantile(row[0]), row[1], row) }
  }

  @Test func student() {
    for row in V.student {
      let distribution = StudentDistribution(degreesOfFreedom: row[0])
      expect(distribution.cumulative(row[1]), row[2], row)
      expect(distribution.tails(-row[1]).upper, row[2], row)
    }
    for row in V.studentQuantile {
      let distribution = StudentDistribution(degreesOfFreedom: row[0])
      expect(distribution.quantile(row[1]), row[2], row)
    }
    #expect(
      StudentDistribution(degreesOfFreedom: .infinity).cumulative(-1) == NormalDistribution.cumulative(-1))
  }

  @Test func fisherAndChiSquare() {
    for row in V.fisher {
      expect(FisherDistribution(numerator: row[0], denominator: row[1]).tails(row[2]).upper, row[3], row)
    }
    for row in V.fisherQuantile {
      expect(FisherDistribution(numerator: row[0], denominator: row[1]).quantile(row[2]), row[3], row)
    }
    for row in V.chiSquareQuantile {
      expect(ChiSquareDistribution(degreesOfFreedom: row[0]).quantile(row[1]), row[2], row)
    }
  }

  @Test func binomial() {
    for row in V.binomial {
      let distribution = BinomialDistribution(trials: Int(row[0]), probability: row[1])
      expect(distribution.mass(Int(row[2])), row[3], row)
      expect(distribution.tails(Int(row[2])).lower, row[4], row)
    }
  }

  @Test func rangeAndNoncentral() {
    for row in V.normalRange {
      expect(NormalRangeDistribution(count: Int(row[0])).tails(row[1]).upper, row[2], row)
    }
    for row in V.normalRangeQuantile {
      expect(NormalRangeDistribution(count: Int(row[0])).quantile(row[1]), row[2], row)
    }
    for row in V.noncentralStudent {
      let distribution = NoncentralStudentDistribution(degreesOfFreedom: row[0], noncentrality: row[1])
      expect(distribution.tails(row[2]).upper, row[3], row)
    }
  }

  @Test func endsAndNonsense() {
    #expect(logGamma(0).isNaN && logGamma(.infinity) == .infinity)
    #expect(NormalDistribution.cumulative(.infinity) == 1 && NormalDistribution.cumulative(-.infinity) == 0)
    #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.cumulative(.nan).isNaN && NormalDistribution.quantile(.nan).isNaN)
    let student = StudentDistribution(degreesOfFreedom: 3)
    #expect(student.cumulative(.infinity) == 1 && student.cumulative(-.infinity) == 0)
    #expect(student.cumulative(0) == 0.5 && student.quantile(0.5) == 0)
    #expect(student.quantile(1) == .infinity && student.quantile(1.5).isNaN)
    let fisher = FisherDistribution(numerator: 2, denominator: 3)
    #expect(
      fisher.tails(0).upper == 1 && fisher.tails(.infinity).upper == 0 && fisher.tails(.nan).upper.isNaN)
    #expect(inverseIncompleteGamma(1, 0) == 0 && inverseIncompleteGamma(1, 1) == .infinity)
  }
}
