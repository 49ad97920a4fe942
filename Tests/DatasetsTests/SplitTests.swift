import Datasets
import Experiments
import Parts
import Testing

/// Splits by seed: no row on both sides, strata kept, twins together, other seeds other splits.
struct SplitTests {
  private let library = DataLibrary(folder: shippedFolder)

  private func rows(_ path: String, _ step: SubsetStep) throws -> [Int32] {
    try library.rows(for: try library.reference(path).adding(step)).rows
  }

  private func seed(_ seed: Int, _ pool: SeedPool = .evaluation) -> SeedPath {
    SeedPath(pool: pool, seed: seed)
  }

  @Test(arguments: ["breast-cancer", "digits", "diabetes"]) func foldsCoverWithoutOverlap(_ name: String)
    throws
  {
    let all = try library.rows(name).rows
    let folds = try (1...4).map { try rows(name, .folds([$0], of: 4, by: seed(7))) }
    #expect(folds.flatMap { $0 }.sorted() == all)
    #expect(folds.map(\.count).max()! - folds.map(\.count).min()! <= 1)
    #expect(
      try rows(name, .folds([1, 3, 4], of: 4, by: seed(7))) == (folds[0] + folds[2] + folds[3]).sorted())
  }

  @Test func aDrawHasTheSizesAskedForAndTheClassesOfAll() throws {
    let dataset = try library.rows("breast-cancer").dataset
    let share = Double(dataset.labels.count { $0 == 0 }) / Double(dataset.rows)
    for number in 0..<5 {
      let fit = try rows("breast-cancer", .drawn(.fit, fit: 120, score: 300, by: seed(number)))
      let score = try rows("breast-cancer", .drawn(.score, fit: 120, score: 300, by: seed(number)))
      #expect(fit.count == 120 && score.count == 300)
      #expect(Set(fit).isDisjoint(with: score))
      for side in [fit, score] {
        let here = Double(side.count { dataset.labels[Int($0)] == 0 }) / Double(side.count)
        #expect(abs(here - share) < 0.01)
      }
    }
  }

  @Test func otherSeedsAndPoolsSplitOtherwise() throws {
    let splits = try [seed(0), seed(1), seed(0, .tuning)].map { seed in
      try rows("digits", .folds([1], of: 5, by: seed))
    }
    #expect(Set(splits).count == 3)
    #expect(try rows("digits", .folds([1], of: 5, by: seed(0))) == splits[0])
    // By chance a fifth of a fold lies in a given fold of another seed.
    let shared = Double(Set(splits[0]).intersection(splits[1]).count) / Double(splits[0].count)
    #expect(abs(shared - 0.2) < 0.06)
  }

  @Test func twinsStayOnOneSide() throws {
    let all = RowGroups(try library.rows("letter").dataset).digests
    func digests(_ rows: [Int32]) -> Set<RowDigest> { Set(rows.map { all[Int($0)] }) }
    let fit = try rows("letter", .folds([1, 2], of: 3, by: seed(3)))
    let score = try rows("letter", .folds([3], of: 3, by: seed(3)))
    #expect(digests(fit).isDisjoint(with: digests(score)))
    let drawn = try [DataRole.fit, .score].map {
      try rows("letter", .drawn($0, fit: 4000, score: 4000, by: seed(3)))
    }
    #expect(digests(drawn[0]).isDisjoint(with: digests(drawn[1])))
  }

  @Test func innerFoldsCoverTheTrainingPartAndNothingElse() throws {
    let base = try library.reference("breast-cancer")
    for outer in Division.draw(fit: 120, score: 300).splitsForTest(base)
      + Division.folds(3).splitsForTest(base)
    {
      let training = Set(try library.rows(for: outer[.fit]!).rows)
      let scored = Set(try library.rows(for: outer[.score]!).rows)
      #expect(training.isDisjoint(with: scored))
      for fold in 1...4 {
        let fit = outer[.fit]!.adding(.folds((1...4).filter { $0 != fold }, of: 4, by: seed(0, .tuning)))
        let score = outer[.fit]!.adding(.folds([fold], of: 4, by: seed(0, .tuning)))
        let seen = Set(try library.rows(for: fit).rows + library.rows(for: score).rows)
        #expect(seen == training)
      }
    }
  }

  @Test func aDrawLargerThanTheDataIsRefused() throws {
    #expect(throws: DataError.self) { try rows("iris", .drawn(.fit, fit: 120, score: 31, by: seed(0))) }
  }
}

/// Splits as `Protocols` makes them; that floor is above this one.
private enum Division {
  case folds(Int)
  case draw(fit: Int, score: Int)

  func splitsForTest(_ base: DataReference) -> [[DataRole: DataReference]] {
    let seed = SeedPath(pool: .evaluation, seed: 1000)
    switch self {
    case .folds(let count):
      return (1...count).map { fold in
        [
          .fit: base.adding(.folds((1...count).filter { $0 != fold }, of: count, by: seed)),
          .score: base.adding(.folds([fold], of: count, by: seed)),
        ]
      }
    case .draw(let fit, let score):
      return [
        [
          .fit: base.adding(.drawn(.fit, fit: fit, score: score, by: seed)),
          .score: base.adding(.drawn(.score, fit: fit, score: score, by: seed)),
        ]
      ]
    }
  }
}
