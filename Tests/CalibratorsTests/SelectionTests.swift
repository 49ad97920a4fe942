import Calibrators
import Randomness
import Testing

@Suite struct SelectionTests {
  @Test func theProcedureTakesTheLargestRankUnderTheLine() {
    #expect(ConformalSelection.rejections(ascending: [0.01, 0.03, 0.04, 0.9], level: 0.1) == 3)
    #expect(ConformalSelection.rejections(ascending: [0.03, 0.5], level: 0.05) == 0)
    #expect(ConformalSelection.selection([0.9, 0.04, 0.01, 0.03], level: 0.1) == [false, true, true, true])
    #expect(ConformalSelection.selection([0.5, 0.6], level: 0.1) == [false, false])
  }

  /// Sizes against the definition written out, with ties.
  @Test func sizesAreThoseOfTheDefinition() {
    var stream = RandomStream(seed: 4, role: "test", purpose: "selection")
    for _ in 0..<20 {
      let calibration = (0..<15).map { _ in Double(stream.below(6)) }
      let isPositive = (0..<15).map { _ in stream.uniform() < 0.4 }
      let new = (0..<12).map { _ in Double(stream.below(6)) }
      let scores = ConformalSelection.Scores(calibration: calibration, isPositive: isPositive, new: new)
      let v = zip(calibration, isPositive).map { ($1 ? 1000 : 0) - $0 }
      for level in [0.1, 0.3, 0.5] {
        let sizes = ConformalSelection.sizes(scores, level: level)
        for j in new.indices {
          let p = new.indices.map { l -> Double in
            if l == j { return 0 }
            let below = v.count { $0 <= -new[l] } + (-new[j] <= -new[l] ? 1 : 0)
            return Double(below) / 16
          }
          #expect(sizes[j] == ConformalSelection.rejections(ascending: p.sorted(), level: level))
          #expect(sizes[j] == ConformalSelection.size(scores, of: j, level: level))
        }
      }
      for (j, p) in scores.pValues.enumerated() {
        #expect(p == Double(1 + v.count { $0 < -new[j] }) / 16)
      }
    }
  }

  /// With one candidate nothing is chosen, and the deterministic selection is within the plain one.
  @Test func oneCandidateSelectsNoMoreThanThePlainProcedure() {
    var stream = RandomStream(seed: 5, role: "test", purpose: "selection")
    var (found, plain) = (0, 0)
    for _ in 0..<50 {
      let calibration = (0..<60).map { _ in stream.normal() }
      let isPositive = calibration.map { $0 + stream.normal() > 0 }
      let new = (0..<40).map { _ in stream.normal() }
      let scores = ConformalSelection.Scores(calibration: calibration, isPositive: isPositive, new: new)
      let all = ConformalSelection.selection(scores.pValues, level: 0.3)
      let kept = ConformalSelection.optimised(
        [scores], level: 0.3, pruning: .deterministic, stream: &stream)
      for (one, other) in zip(kept, all) where one { #expect(other) }
      found += kept.count { $0 }
      plain += all.count { $0 }
    }
    #expect(found > 0 && plain >= found)
  }
}
