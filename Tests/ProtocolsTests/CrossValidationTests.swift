import Experiments
import Protocols
import Testing
import Tuners

/// Splits of one data set: every outer split has a search of its own that sees its training part alone.
@Suite struct CrossValidationTests {
  private let whole = DataReference(source: .registered("set"), steps: [], content: "content")

  /// The cells of one arm as the checker makes them.
  private func cells(
    _ outer: Division, seeds: [Int], inner: Division? = .folds(3), isFlat: Bool = false
  ) -> [CellDeclaration] {
    let arm = Fake.cell(tuning: inner == nil ? nil : Fake.tuning(forEach: []), seeds: seeds)
    return seeds.flatMap { seed -> [CellDeclaration] in
      let splits = outer.splits(of: whole, by: SeedPath(pool: .evaluation, seed: seed), trialSeed: seed)
      return splits.map { split in
        guard let tuning = arm.tuning, let inner else { return arm.split(split, tuning: nil) }
        let scoring = tuning.seeds.flatMap { seed in
          isFlat
            ? splits.map { Split(seed: seed, fold: $0.fold, data: $0.data) }
            : inner.splits(of: split.data[.fit]!, by: SeedPath(pool: .tuning, seed: seed), trialSeed: seed)
        }
        return arm.split(
          split,
          tuning: tuning.validated(
            on: isFlat ? [.fit: whole] : [.fit: split.data[.fit]!], splits: scoring,
            withinFold: !isFlat && split.fold != nil))
      }
    }
  }

  private func plan(_ cells: [CellDeclaration], _ rule: any Rule.Type) throws -> ExperimentPlan {
    try ExperimentPlan(name: "e", profile: "full", rule: rule, cells: cells)
  }

  private func trials(_ plan: ExperimentPlan, search: Int) -> [TrialSpecification] {
    var search = Search(plan.searches[search], tuner: RandomSearch(Settings()))
    return search.nextBatch().flatMap(\.trials)
  }

  @Test func foldsScoreEveryRowOnceASeed() throws {
    let plan = try self.plan(cells(.folds(4), seeds: [7, 8], inner: nil), CrossValidation.self)
    #expect(plan.cells.count == 8 && plan.searches.isEmpty && plan.evaluationCount == 8)
    let scored = plan.cells.map { $0.evaluation.dataTexts.first { $0.role == .score }!.text }
    #expect(Set(scored).count == 8)
    #expect(scored[0] == "set/fold 1 of 4 by evaluation seed 7")
    #expect(plan.cells[0].evaluation.dataTexts[0].text == "set/fold 2+3+4 of 4 by evaluation seed 7")
    #expect(plan.cells.map { $0.factors.last!.level } == [1, 2, 3, 4, 1, 2, 3, 4].map(Setting.integer))
  }

  @Test func everyOuterSplitHasItsOwnSearchOnItsTrainingPart() throws {
    let plan = try self.plan(cells(.folds(2), seeds: [7, 8]), NestedCrossValidation.self)
    // Two repetitions for each of four splits.
    #expect(plan.searches.count == 8)
    #expect(Set(plan.cells.map(\.searches)).count == 4)
    for cell in plan.cells {
      let training = cell.evaluation.dataTexts.first { $0.role == .fit }!.text
      for search in cell.searches {
        let trials = self.trials(plan, search: search)
        // 8 configurations, 2 tuning seeds, 3 inner folds.
        #expect(trials.count == 48 && plan.searches[search].trialCount == 48)
        #expect(trials.allSatisfy { $0.seed.pool == .tuning })
        for reference in trials.flatMap(\.data.values) {
          #expect(reference.text.hasPrefix(training + "/fold ") && reference.text.contains("by tuning seed"))
        }
      }
    }
  }

  @Test func aDrawHasOneSplitASeed() throws {
    let plan = try self.plan(cells(.draw(fit: 12, score: 30), seeds: [7, 8, 9]), NestedCrossValidation.self)
    #expect(plan.cells.count == 3 && plan.searches.count == 6)
    #expect(
      plan.cells[0].evaluation.dataTexts.map(\.text) == [
        "set/fit of 12 + 30 rows by evaluation seed 7", "set/score of 12 + 30 rows by evaluation seed 7",
      ])
    #expect(plan.searches.map(\.splitSeed) == [7, 7, 8, 8, 9, 9])
  }

  @Test func theFlatTwinIsScoredOnTheReportedFolds() throws {
    let cells = cells(.folds(2), seeds: [7, 8], isFlat: true)
    let plan = try self.plan(cells, FlatCrossValidation.self)
    // One search a seed and repetition, shared by the folds it reports.
    #expect(plan.searches.count == 4)
    #expect(plan.cells.map(\.searches) == [[0, 1], [0, 1], [2, 3], [2, 3]])
    let scored = Set(trials(plan, search: 0).map { $0.data[.score]!.text })
    #expect(scored == ["set/fold 1 of 2 by evaluation seed 7", "set/fold 2 of 2 by evaluation seed 7"])
    #expect(FlatCrossValidation.isLeaky && !NestedCrossValidation.isLeaky)
  }

  @Test func otherInnerSplitsAreAnotherLook() throws {
    let three = try plan(cells(.folds(2), seeds: [7]), NestedCrossValidation.self).look
    let four = try plan(cells(.folds(2), seeds: [7], inner: .folds(4)), NestedCrossValidation.self).look
    #expect(three.evaluation == four.evaluation && three.plan != four.plan)
  }
}
