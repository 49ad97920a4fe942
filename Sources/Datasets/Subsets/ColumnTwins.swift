import Experiments
import Parts

/// Finds rows of one data set again in another that has more columns: the same rows under another name, with columns
/// added that hold one value throughout.
enum ColumnTwins {
  /// The most ways of leaving out columns that are tried.
  private static let attemptLimit = 256

  /// For each choice of as many constant columns of `wide` as it has more than `columns`, the digests of its rows
  /// without them; none where the choices are too many to try.
  static func reducedDigests(of wide: Dataset, to columns: Int) -> [[RowDigest]] {
    let surplus = wide.columns - columns
    guard surplus > 0, columns > 0, wide.rows > 0 else { return [] }
    let constant = (0..<wide.columns).filter { column in
      let first = wide.features[column]
      return (1..<wide.rows).allSatisfy { wide.features[$0 * wide.columns + column] == first }
    }
    guard let choices = combinations(constant, taking: surplus) else { return [] }
    return choices.map { dropped in
      let kept = (0..<wide.columns).filter { !dropped.contains($0) }
      let features = (0..<wide.rows).flatMap { row in kept.map { wide.features[row * wide.columns + $0] } }
      return RowDigest.all(of: Dataset(kind: wide.kind, features: features, columns: columns))
    }
  }

  /// All ways to take some of the items; nil where there are too many.
  private static func combinations(_ items: [Int], taking count: Int) -> [[Int]]? {
    var chosen: [[Int]] = [[]]
    for _ in 0..<count {
      chosen = chosen.flatMap { choice in items.filter { $0 > choice.last ?? -1 }.map { choice + [$0] } }
      if chosen.count > attemptLimit { return nil }
    }
    return chosen
  }
}
