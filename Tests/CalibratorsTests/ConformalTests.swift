import Calibrators
import Randomness
import Testing

@Suite struct ConformalTests {
  @Test func theQuantileIsTheRankThatCovers() {
    let scores = (1...9).map(Double.init)
    #expect(conformalQuantile(scores, coverage: 0.9) == 9)
    #expect(conformalQuantile(scores, coverage: 0.91) == .infinity)
    #expect(conformalQuantile(scores.reversed(), coverage: 0.5) == 5)
    #expect(conformalQuantile([], coverage: 0.1) == .infinity)
  }

  @Test func theJackknifePlusIntervalTurnsWithItsSign() {
    let predictions = [1.0, 2, 3, 4, 5, 6, 7, 8, 9]
    let residuals = [3.0, 1, 4, 1, 5, 9, 2, 6, 5]
    let (low, high) = jackknifePlusInterval(predictions: predictions, residuals: residuals, coverage: 0.8)
    // The second smallest of prediction − residual and the eighth smallest of prediction + residual.
    #expect(low == -2 && high == 14)
    let turned = jackknifePlusInterval(
      predictions: predictions.map { -$0 }, residuals: residuals, coverage: 0.8)
    #expect(turned.low == -high && turned.high == -low)
  }

  @Test func theScoresAreThoseOfThePapers() {
    // One calibration row: at coverage ½ the threshold is its own score.
    let p = [0.5, 0.3, 0.15, 0.05]
    func threshold(_ score: ConformalSets.Score, _ label: Int32, _ u: Double) -> Double {
      ConformalSets(
        score, coverage: 0.5, isClassConditional: false, probabilities: p, classes: 4, labels: [label],
        uniforms: [u]
      ).thresholds[0]
    }
    #expect(threshold(.threshold, 1, 1) == 0.7)
    #expect(abs(threshold(.cumulative(penalty: 0, free: 0), 2, 0.4) - (0.8 + 0.06)) < 1e-15)
    #expect(abs(threshold(.cumulative(penalty: 0.1, free: 1), 2, 1) - (0.95 + 0.2)) < 1e-15)
  }

  /// Over many draws the sets of each kind hold the truth as often as they promise, and class-conditional ones in the rare
  /// class too, where the others need not.
  @Test func coverageHolds() {
    let kinds: [(ConformalSets.Score, Bool)] = [
      (.threshold, false), (.cumulative(penalty: 0, free: 0), false),
      (.cumulative(penalty: 0.05, free: 1), false), (.threshold, true),
    ]
    for (score, isClassConditional) in kinds {
      var (held, total, heldRare, rare) = (0, 0, 0, 0)
      for draw in 0..<400 {
        var stream = RandomStream(seed: UInt64(draw), role: "test", purpose: "sets")
        func rows(_ count: Int) -> (p: [Double], labels: [Int32], u: [Double]) {
          var (p, labels, u) = ([Double](), [Int32](), [Double]())
          for _ in 0..<count {
            let label = Int32(stream.uniform() < 0.2 ? 2 : stream.below(2))
            // Class 2 is predicted badly.
            let weights = (0..<3).map { $0 == label && label != 2 ? 1 + stream.uniform() : stream.uniform() }
            p += weights.map { $0 / weights.reduce(0, +) }
            labels.append(label)
            u.append(stream.uniform())
          }
          return (p, labels, u)
        }
        let (fit, new) = (rows(100), rows(20))
        let sets = ConformalSets(
          score, coverage: 0.8, isClassConditional: isClassConditional, probabilities: fit.p, classes: 3,
          labels: fit.labels, uniforms: fit.u
        ).sets(probabilities: new.p, uniforms: new.u)
        for (row, label) in new.labels.enumerated() {
          total += 1
          held += sets[row * 3 + Int(label)] ? 1 : 0
          rare += label == 2 ? 1 : 0
          heldRare += label == 2 && sets[row * 3 + 2] ? 1 : 0
        }
      }
      // The expected share lies in [0.8, 0.8 + 1/101]; the standard error over draws is below 0.005.
      #expect((0.78...0.83).contains(Double(held) / Double(total)) || isClassConditional)
      if isClassConditional {
        #expect(Double(heldRare) / Double(rare) > 0.78)
      } else {
        #expect(Double(heldRare) / Double(rare) < 0.78)
      }
    }
  }
}
