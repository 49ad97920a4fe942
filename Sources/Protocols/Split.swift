import Experiments

/// One opening of rows: the seed of the trial, and the rows by role.
package struct Split: Hashable, Sendable {
  package let seed: Int
  /// The fold that is scored, from 1; nil where rows are declared or drawn.
  package let fold: Int?
  package let data: [DataRole: DataReference]

  package init(seed: Int, fold: Int?, data: [DataRole: DataReference]) {
    self.seed = seed
    self.fold = fold
    self.data = data
  }
}

/// How cross-validation divides rows by a seed, stratified, twins and the author's groups kept together.
package enum Division: Hashable, Sendable {
  /// Every row is scored once a seed: in its own fold, by what was learned from the others.
  case folds(Int)
  /// So many rows are learned from and so many others scored, drawn anew with each seed.
  case draw(fit: Int, score: Int)

  /// How many splits a seed gives.
  package var splitsPerSeed: Int {
    switch self {
    case .folds(let count): count
    case .draw: 1
    }
  }

  /// The splits of some rows by the seed of a pool.
  ///
  /// - Parameter trialSeed: the seed of the trials on them.
  package func splits(of rows: DataReference, by seed: SeedPath, trialSeed: Int) -> [Split] {
    switch self {
    case .folds(let count):
      (1...count).map { fold in
        let others = (1...count).filter { $0 != fold }
        return Split(
          seed: trialSeed, fold: fold,
          data: [
            .fit: rows.adding(.folds(others, of: count, by: seed)),
            .score: rows.adding(.folds([fold], of: count, by: seed)),
          ])
      }
    case .draw(let fit, let score):
      [
        Split(
          seed: trialSeed, fold: nil,
          data: [
            .fit: rows.adding(.drawn(.fit, fit: fit, score: score, by: seed)),
            .score: rows.adding(.drawn(.score, fit: fit, score: score, by: seed)),
          ])
      ]
    }
  }
}
