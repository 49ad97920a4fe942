import Foundation
import Randomness
import Statistics
import Testing

/// Sensitivity indices against the analytic values of the field's two test functions.
@Suite struct SensitivityTests {
  private func stream(_ purpose: String) -> RandomStream {
    RandomStream(seed: 5, role: "test", purpose: purpose)
  }

  /// Ishigami's function, a = 7, b = 0.1, its inputs scaled from the unit cube to [−π, π]³.
  private func ishigami(_ u: [Double]) -> Double {
    let x = u.map { (2 * $0 - 1) * Double.pi }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
  }

  /// Sobol's g-function with these coefficients.
  private func g(_ a: [Double]) -> ([Double]) -> Double {
    { u in zip(u, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) } }
  }

  private func check(_ found: [SensitivityEstimate], _ expected: [Double], within tolerance: Double) {
    for (estimate, value) in zip(found, expected) {
      #expect(abs(estimate.value - value) < tolerance, "\(estimate) for \(value)")
      #expect(estimate.interval.contains(estimate.value))
      #expect(estimate.interval.lowerBound - 0.02 < value && value < estimate.interval.upperBound + 0.02)
    }
  }

  @Test func sobolIndicesOfIshigami() {
    // Saltelli et al. 2008, "Global sensitivity analysis: the primer", section 4.6.
    let (a, b) = (7.0, 0.1)
    let pi4 = pow(Double.pi, 4)
    let variance = a * a / 8 + b * pi4 / 5 + b * b * pi4 * pi4 / 18 + 0.5
    let v1 = 0.5 * pow(1 + b * pi4 / 5, 2)
    let v2 = a * a / 8
    let v13 = b * b * pi4 * pi4 * (1 / 18.0 - 1 / 50.0)
    let indices = SobolIndices(dimensions: 3, samples: 16_384, stream: stream, function: ishigami)
    check(indices.first, [v1 / variance, v2 / variance, 0], within: 0.02)
    check(indices.total, [(v1 + v13) / variance, v2 / variance, v13 / variance], within: 0.02)
  }

  @Test func sobolIndicesOfTheGFunction() {
    let a = [0.0, 1, 4.5, 9]
    let partial = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let variance = partial.reduce(1) { $0 * (1 + $1) } - 1
    let total = partial.map { own in own * partial.reduce(1) { $0 * (1 + $1) } / (1 + own) / variance }
    let indices = SobolIndices(dimensions: 4, samples: 16_384, stream: stream, function: g(a))
    check(indices.first, partial.map { $0 / variance }, within: 0.02)
    check(indices.total, total, within: 0.02)
  }

  @Test func intervalsCoverTheTruth() {
    let a = [0.0, 1, 4.5, 9]
    let partial = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let variance = partial.reduce(1) { $0 * (1 + $1) } - 1
    var hits = 0
    for run in 0..<60 {
      let indices = SobolIndices(
        dimensions: 4, samples: 512,
        stream: { RandomStream(seed: UInt64(run), role: "coverage", purpose: $0) }, function: g(a))
      hits += zip(indices.first, partial).count { $0.interval.contains($1 / variance) }
    }
    // Nominal 95 % of 240; the bootstrap of a ratio falls a little short.
    #expect((211...240).contains(hits), "\(hits)")
  }

  @Test func morrisFindsTheSlopesOfALinearFunction() {
    let screening = MorrisScreening(dimensions: 3, trajectories: 20, stream: stream) {
      3 * $0[0] - 2 * $0[1] + 0 * $0[2]
    }
    for (i, slope) in [3.0, -2, 0].enumerated() {
      #expect(abs(screening.effect[i].value - slope) < 1e-12)
      #expect(abs(screening.size[i].value - abs(slope)) < 1e-12)
      #expect(screening.deviation[i].value < 1e-12)
    }
  }

  @Test func morrisRanksTheGFunctionAndSeesItsInteractions() {
    let screening = MorrisScreening(
      dimensions: 4, trajectories: 400, stream: stream, function: g([0, 1, 4.5, 9]))
    let sizes = screening.size.map(\.value)
    #expect(sizes == sizes.sorted(by: >))
    let deviations = screening.deviation.map(\.value)
    #expect(deviations == deviations.sorted(by: >))
    for estimate in screening.size { #expect(estimate.interval.contains(estimate.value)) }
  }

  @Test func morrisOfIshigamiHasTheExactMomentsOfItsGrid() {
    // On the grid {0, 1/3, 2/3, 1} and with Δ = 2/3, every effect of the second input is that of 7·sin², from π at an
    // edge to π/3 inside or back: ±7·sin²(π/3)/Δ.
    let screening = MorrisScreening(dimensions: 3, trajectories: 50, stream: stream, function: ishigami)
    #expect(abs(screening.size[1].value - 7 * 0.75 * 1.5) < 1e-9)
  }

  @Test func learningRateSensitivityIsTheMeanLossOfNotKnowing() {
    #expect(learningRateSensitivity([2, 2, 2], initialLoss: 4) == 0)
    #expect(learningRateSensitivity([1, 2, 3], initialLoss: 4) == 1)
    #expect(learningRateSensitivity([1, .nan, 9], initialLoss: 4) == 2)
    #expect(learningRateSensitivity([], initialLoss: 4).isNaN)
  }
}
