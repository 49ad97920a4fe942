import Estimators
import Foundation
import Randomness
import Tensors
import Testing

/// Forest-based analysis of variance: exact on functions a tree can represent, near the analytic values elsewhere.
@Suite struct FunctionalANOVATests {
  private func forest(
    dimensions: Int, rows: Int, trees: Int = 16, _ function: ([Double]) -> Double
  ) throws -> RandomForest {
    var numbers = RandomStream(seed: 3, role: "test", purpose: "points")
    let points = (0..<rows).map { _ in (0..<dimensions).map { _ in numbers.uniform() } }
    return try RandomForest(
      Matrix(rows: rows, columns: dimensions, values: points.flatMap { $0 }), points.map(function),
      trees: trees,
      TreeSettings()
    ) { RandomStream(seed: 3, role: "test", purpose: "tree", index: $0) }
  }

  private func mean(_ rows: [[Double]], _ column: Int) -> Double {
    rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
  }

  private let square: [ClosedRange<Double>] = [0...1, 0...1]

  @Test func aStepInOneInputIsAllOfTheVariance() throws {
    let anova = FunctionalANOVA(
      try forest(dimensions: 2, rows: 200) { $0[0] < 0.5 ? 0 : 1 }, box: square)
    #expect(mean(anova.main, 0) > 1 - 1e-12)
    #expect(abs(mean(anova.main, 1)) < 1e-12 && abs(mean(anova.pairs, 0)) < 1e-12)
    let curve = anova.marginal(0, at: [0, 0.25, 0.75, 1])
    #expect(curve.allSatisfy { $0 == [0, 0, 1, 1] })
  }

  @Test func aProductOfSignsIsAllInteraction() throws {
    let anova = FunctionalANOVA(
      try forest(dimensions: 2, rows: 3000) { ($0[0] < 0.5) == ($0[1] < 0.5) ? 1 : -1 }, box: square)
    #expect(mean(anova.pairs, 0) > 0.97)
    #expect(mean(anova.main, 0) < 0.02 && mean(anova.main, 1) < 0.02)
    #expect(anova.marginal(0, at: 0.2, 1, at: 0.8) == -1 && anova.marginal(0, at: 0.2, 1, at: 0.2) == 1)
  }

  @Test func sharesOfATreeAddUpToOneInTwoDimensions() throws {
    let anova = FunctionalANOVA(
      try forest(dimensions: 2, rows: 150) { sin(6 * $0[0]) * $0[1] + $0[0] }, box: square)
    for (main, pairs) in zip(anova.main, anova.pairs) {
      #expect(abs(main[0] + main[1] + pairs[0] - 1) < 1e-9)
    }
  }

  @Test func totalsAreMainEffectsAndAllInteractions() throws {
    let anova = FunctionalANOVA(
      try forest(dimensions: 3, rows: 120) { sin(6 * $0[0]) * $0[1] + $0[0] * $0[2] },
      box: [0...1, 0...1, 0...1])
    for (tree, total) in anova.total.enumerated() {
      let (main, pairs) = (anova.main[tree], anova.pairs[tree])
      // What the three pairs and the triple have left of the whole.
      let triple = 1 - main.reduce(0, +) - pairs.reduce(0, +)
      let expected = [
        main[0] + pairs[0] + pairs[1] + triple, main[1] + pairs[0] + pairs[2] + triple,
        main[2] + pairs[1] + pairs[2] + triple,
      ]
      for (a, b) in zip(total, expected) { #expect(abs(a - b) < 1e-9) }
    }
  }

  @Test func theGFunctionHasItsAnalyticShares() throws {
    let a = [0.0, 1, 4.5]
    let partial = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let variance = partial.reduce(1) { $0 * (1 + $1) } - 1
    let anova = FunctionalANOVA(
      try forest(dimensions: 3, rows: 6000) { u in
        zip(u, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
      }, box: [0...1, 0...1, 0...1])
    for i in 0..<3 { #expect(abs(mean(anova.main, i) - partial[i] / variance) < 0.03) }
    #expect(abs(mean(anova.pairs, 0) - partial[0] * partial[1] / variance) < 0.03)
  }

  @Test func ishigamiHasItsAnalyticShares() throws {
    let anova = FunctionalANOVA(
      try forest(dimensions: 3, rows: 6000) { u in
        let x = u.map { (2 * $0 - 1) * Double.pi }
        return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
      }, box: [0...1, 0...1, 0...1])
    // The forest is a surrogate: rows that its trees have not separated blur the shares.
    for (i, share) in [0.3139, 0.4424, 0].enumerated() { #expect(abs(mean(anova.main, i) - share) < 0.1) }
    // Pairs (0, 1), (0, 2), (1, 2).
    #expect(abs(mean(anova.pairs, 1) - 0.2437) < 0.05 && mean(anova.pairs, 0) < 0.03)
  }
}
