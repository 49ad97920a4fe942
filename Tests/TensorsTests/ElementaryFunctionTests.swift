import Foundation
import Tensors
import Testing

/// Our functions against the C library's in double precision, over `from` … `to`.
private func largestError<Number: Scalar>(
  _ from: Number, _ to: Number, absolute: Bool = false, _ ours: (Number) -> Number,
  _ reference: (Double) -> Double
) -> Double {
  (0...100_000).reduce(0) { worst, i in
    let x = from + (to - from) * Number(i) / 100_000
    let exact = reference(Double(x))
    let error = abs(Double(ours(x)) - exact)
    return max(worst, absolute || exact == 0 ? error : error / abs(exact))
  }
}

private func geluSlope(_ x: Double) -> Double {
  0.5 * erfc(-x * 0.5.squareRoot()) + x * exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
}

@Suite struct ElementaryFunctionTests {
  @Test func singlePrecisionIsAccurate() {
    #expect(largestError(Float(-87), 88, Float.exponential, exp) < 2e-7)
    #expect(largestError(Float(1e-30), 3, Float.logarithm, log) < 3e-7)
    #expect(largestError(Float(0.999), 1.001, Float.logarithm, log) < 3e-7)
    #expect(largestError(Float(-12), 12, Float.hyperbolicTangent, Foundation.tanh) < 4e-7)
    #expect(largestError(Float(-1e-3), 1e-3, Float.hyperbolicTangent, Foundation.tanh) < 4e-7)
    #expect(largestError(Float(-100), 100, absolute: true, Float.sine, sin) < 1e-7)
    #expect(largestError(Float(-100), 100, absolute: true, Float.cosine, cos) < 1e-7)
    #expect(largestError(Float(-6), 6, Float.errorFunction, erf) < 4e-7)
    #expect(largestError(Float(-0.5), 0.5, Float.errorFunction, erf) < 4e-7)
    #expect(
      largestError(Float(-8), 8, absolute: true, Float.normalDistribution) {
        0.5 * erfc(-$0 * 0.5.squareRoot())
      } < 2e-7)
    #expect(largestError(Float(-8), 8, absolute: true, Float.geluSlope, geluSlope) < 3e-7)
    #expect(largestError(Float(1e-30), 10, reciprocalSquareRoot) { 1 / $0.squareRoot() } < 5e-7)
  }

  @Test func doublePrecisionIsAccurate() {
    #expect(largestError(-700.0, 700, Double.exponential, exp) < 1e-15)
    #expect(largestError(1e-300, 3.0, Double.logarithm, log) < 1e-15)
    #expect(largestError(0.999, 1.001, Double.logarithm, log) < 1e-15)
    #expect(largestError(-22.0, 22, Double.hyperbolicTangent, Foundation.tanh) < 1e-15)
    #expect(largestError(-1e-3, 1e-3, Double.hyperbolicTangent, Foundation.tanh) < 1e-15)
    #expect(largestError(-1e6, 1e6, absolute: true, Double.sine, sin) < 1e-15)
    #expect(largestError(-1e6, 1e6, absolute: true, Double.cosine, cos) < 1e-15)
    #expect(largestError(-6.0, 6, absolute: true, Double.errorFunction, erf) < 5e-16)
    #expect(largestError(-0.5, 0.5, Double.errorFunction, erf) < 1e-15)
    #expect(largestError(-8.0, 2, Double.normalDistribution) { 0.5 * erfc(-$0 * 0.5.squareRoot()) } < 5e-14)
  }

  @Test func limitsAreDefined() { checkLimits(Float.self); checkLimits(Double.self) }

  private func checkLimits<Number: Scalar>(_ type: Number.Type) {
    #expect(Number.exponential(-1000) == 0)
    #expect(Number.exponential(-.infinity) == 0)
    #expect(Number.exponential(.infinity) == .infinity)
    #expect(Number.exponential(0) == 1)
    #expect(Number.logarithm(0) == -.infinity)
    #expect(Number.logarithm(-1).isNaN)
    #expect(Number.logarithm(.infinity) == .infinity)
    #expect(Number.logarithm(1) == 0)
    #expect(Number.hyperbolicTangent(.infinity) == 1)
    #expect(Number.hyperbolicTangent(-.infinity) == -1)
    #expect(Number.hyperbolicTangent(-0.0).sign == .minus)
    #expect(Number.errorFunction(.infinity) == 1)
    #expect(Number.errorFunction(-.infinity) == -1)
    #expect(Number.geluSlope(0) == 0.5 && Number.geluSlope(-100) == 0 && Number.geluSlope(100) == 1)
    #expect(Number.sine(0) == 0 && Number.cosine(0) == 1)
    #expect(Number.sine(.infinity).isNaN)
    for function in [
      Number.exponential, Number.logarithm, Number.hyperbolicTangent, Number.sine, Number.cosine,
      Number.errorFunction, Number.normalDistribution, Number.geluSlope,
    ] {
      #expect(function(.nan).isNaN)
    }
  }

  @Test func reciprocalSquareRootOfNothingTimesNothingIsNothing() {
    #expect(0 * reciprocalSquareRoot(0) == 0)
  }
}
