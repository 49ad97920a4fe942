import Experiments
import Protocols
import Testing
import Tuners

@Suite struct SearchTests {
  private func search(_ tuning: TuningDeclaration) throws -> Search {
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self, cells: [Fake.cell(tuning: tuning)])
    return Search(plan.searches[0], tuner: RandomSearch(Settings()))
  }

  @Test func everyCandidateIsScoredOnAllTuningSeeds() throws {
    var search = try self.search(Fake.tuning(trials: 4))
    let batch = search.nextBatch()
    #expect(batch.count == 4)
    for candidate in batch {
      #expect(
        candidate.trials.map(\.seed) == [SeedPath(pool: .tuning, seed: 0), SeedPath(pool: .tuning, seed: 1)])
    }
  }

  @Test func theBestMeanIsFrozen() throws {
    var search = try self.search(Fake.tuning(trials: 3))
    let batch = search.nextBatch()
    // Candidate 1 has the best mean, candidate 2 the best single seed.
    search.record([
      [Fake.outcome(0.5), Fake.outcome(0.5)], [Fake.outcome(0.75), Fake.outcome(0.5)],
      [Fake.outcome(0.9), Fake.outcome(0.1)],
    ])
    #expect(search.nextBatch().isEmpty)
    let frozen = search.freeze()
    #expect(frozen.candidate == 1)
    #expect(frozen.configuration == batch[1].configuration)
    #expect(frozen.tuningScore == 0.625)
    #expect(frozen.candidateCount == 3)
  }

  /// The interquartile mean leaves a quarter of the seeds out at each end, rounded down.
  @Test func statisticsOverTuningSeeds() {
    func score(_ statistic: Selection.Statistic, _ values: [Double]) -> Double {
      Selection(direction: .max, statistic: statistic, column: "score").score(values)
    }
    let values = [9.0, 1, 2, 100, 3, 4, -50, 5]
    #expect(score(.iqm, values) == 3.5)
    #expect(score(.iqm, [1, 2, 6]) == 3)
    #expect(score(.mean, values) == 9.25)
    #expect(score(.median, values) == 3.5)
  }

  @Test func smallerIsBetterWhereTheStudySaysSo() throws {
    var search = try self.search(Fake.tuning(trials: 2, direction: .min))
    _ = search.nextBatch()
    search.record([[Fake.outcome(2), Fake.outcome(2)], [Fake.outcome(1), Fake.outcome(1)]])
    #expect(search.freeze().candidate == 1)
  }

  @Test func aTieGoesToTheEarliest() throws {
    var search = try self.search(Fake.tuning(trials: 3))
    _ = search.nextBatch()
    search.record(Array(repeating: [Fake.outcome(0.4), Fake.outcome(0.4)], count: 3))
    #expect(search.freeze().candidate == 0)
  }

  @Test func aSeedThatDivergesCostsTheConfiguration() throws {
    var search = try self.search(Fake.tuning(trials: 2))
    _ = search.nextBatch()
    search.record([[Fake.outcome(0.9), Fake.diverged], [Fake.outcome(0.1), Fake.outcome(0.1)]])
    let frozen = search.freeze()
    #expect(frozen.candidate == 1)
    #expect(frozen.divergedCount == 1)
  }

  @Test func aSearchOfDivergedConfigurationsHasNoScore() throws {
    var search = try self.search(Fake.tuning(trials: 2))
    _ = search.nextBatch()
    search.record(Array(repeating: [Fake.diverged, Fake.diverged], count: 2))
    #expect(search.freeze().tuningScore == nil)
  }

  @Test func selectionsOfDifferentSearchesHaveDifferentHashes() throws {
    func frozen(_ tuning: TuningDeclaration) throws -> Frozen {
      var search = try self.search(tuning)
      let count = search.nextBatch().count
      search.record(Array(repeating: [Fake.outcome(0.4), Fake.outcome(0.4)], count: count))
      return search.freeze()
    }
    #expect(try frozen(Fake.tuning(trials: 2)).hash != frozen(Fake.tuning(trials: 3)).hash)
    #expect(try frozen(Fake.tuning(trials: 2)).hash == frozen(Fake.tuning(trials: 2)).hash)
  }
}
