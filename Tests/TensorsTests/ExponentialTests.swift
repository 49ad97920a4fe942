import Foundation
import Tensors
import Testing

/// The largest relative difference between `ours` and `reference` over the points.
private func largestError(
  _ points: [Float], _ ours: (Float) -> Float, _ reference: (Double) -> Double
) -> Double {
  points.reduce(0) { worst, x in
    let exact = reference(Double(x))
    return max(worst, abs(Double(ours(x)) - exact) / max(abs(exact), 1e-37))
  }
}

private func spread(_ from: Float, _ to: Float, _ count: Int = 100_001) -> [Float] {
  (0..<count).map { from + (to - from) * Float($0) / Float(count - 1) }
}

@Suite struct ExponentialTests {
  @Test func exponentialIsAccurate() {
    #expect(largestError(spread(-87, 88), { Tensors.exponential($0) }, { exp($0) }) < 2e-7)
  }

  @Test func exponentialSaturatesAndKeepsNaN() {
    #expect(Tensors.exponential(Float(-1000)) == Tensors.exponential(Float(-87)))
    #expect(Tensors.exponential(Float.infinity) == Tensors.exponential(Float(88)))
    #expect(Tensors.exponential(Float.nan).isNaN)
    #expect(Tensors.exponential(Float(0)) == 1)
  }

  @Test func doubleExponentialIsAccurate() {
    var worst = 0.0
    for i in 0...200_000 {
      let x = -700 + 1400 * Double(i) / 200_000
      worst = max(worst, abs(Tensors.exponential(x) / exp(x) - 1))
    }
    #expect(worst < 1e-15)
    #expect(Tensors.exponential(-1e9) == 0)
    #expect(Tensors.exponential(-Double.infinity) == 0)
    #expect(Tensors.exponential(Double.nan).isNaN)
  }

  @Test func tanhIsAccurateAlsoNearZero() {
    #expect(largestError(spread(-12, 12), hyperbolicTangent, { tanh($0) }) < 4e-7)
    #expect(largestError(spread(-1e-3, 1e-3), hyperbolicTangent, { tanh($0) }) < 4e-7)
    #expect(hyperbolicTangent(.infinity) == 1)
    #expect(hyperbolicTangent(-.infinity) == -1)
    #expect(hyperbolicTangent(.nan).isNaN)
    #expect(hyperbolicTangent(-0.0).sign == .minus)
  }

  @Test func reciprocalSquareRootIsAccurate() {
    let sizes = spread(-86, 88).map { Tensors.exponential($0) }
    #expect(largestError(sizes, reciprocalSquareRoot, { 1 / $0.squareRoot() }) < 3e-7)
    #expect(0 * reciprocalSquareRoot(0) == 0)
  }

  @Test func logarithmIsAccurateAlsoNearOne() {
    let sizes = spread(-86, 88).map { Tensors.exponential($0) }
    #expect(largestError(sizes, logarithm, { log($0) }) < 3e-7)
    #expect(largestError(spread(0.999, 1.001).filter { $0 != 1 }, logarithm, { log($0) }) < 3e-7)
    #expect(logarithm(1) == 0)
  }
}
