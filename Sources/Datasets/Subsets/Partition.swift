import Experiments
import Parts
import Randomness

/// Divides rows into parts: stratified, groups kept whole, fixed by the data alone.
///
/// Neither a seed nor the order of rows in the file plays a role. A stratum is a class; for a numeric target,
/// a tenth of the subset's rows by rank. A group belongs to the stratum most of its rows lie in (ties: the
/// first). Groups, ordered by stratum and then by their smallest row digest, are dealt one by one to the part
/// that has the fewest rows of that stratum (ties: the fewest rows in all, then the lowest number). So the
/// parts' row counts of a stratum differ by at most its largest group, by one where there are no twins and no
/// author's groups, as long as groups are pure.
package enum Partition {
  /// Raised when the same data would be divided otherwise; part of every content digest.
  package static let revision = 1

  /// The part of each of `rows`, from 1 to `count`.
  package static func parts(of rows: [Int32], in dataset: Dataset, groups: RowGroups, count: Int) -> [Int32] {
    let strata = strata(of: rows, in: dataset)
    return deal(members(rows, strata, groups), strata, count: count)
  }

  /// The fold of each of `rows`, from 1 to `count`: as parts, but a stratum's groups are dealt in the order of a
  /// random stream.
  package static func folds(
    of rows: [Int32], in dataset: Dataset, groups: RowGroups, count: Int, stream: RandomStream
  ) -> [Int32] {
    let strata = strata(of: rows, in: dataset)
    return deal(shuffled(members(rows, strata, groups), stream), strata, count: count)
  }

  /// The rows of a random draw: 1 for the `fit` rows, 2 for the `score` rows, 0 for those left over.
  ///
  /// Groups, a stratum after the other and shuffled within it, go to the side that lags most behind its share of the
  /// rows dealt so far, unless it has no room for them. So both sides have the strata's shares, and without twins and
  /// author's groups exactly the sizes asked for.
  package static func draw(
    of rows: [Int32], in dataset: Dataset, groups: RowGroups, fit: Int, score: Int, stream: RandomStream
  ) -> [Int32] {
    let strata = strata(of: rows, in: dataset)
    let sizes = [rows.count - fit - score, fit, score]
    var given = [0, 0, 0]
    var dealt = 0
    var result = [Int32](repeating: 0, count: rows.count)
    for group in shuffled(members(rows, strata, groups), stream) {
      dealt += group.places.count
      func lag(_ side: Int) -> Double {
        Double(sizes[side]) * Double(dealt) / Double(rows.count) - Double(given[side])
      }
      var best = 0
      var isRoom = given[0] + group.places.count <= sizes[0]
      for side in 1...2 where given[side] + group.places.count <= sizes[side] {
        if !isRoom || lag(side) > lag(best) { best = side }
        isRoom = true
      }
      given[best] += group.places.count
      for place in group.places { result[place] = Int32(best) }
    }
    return result
  }

  /// The groups of each stratum in random order.
  private static func shuffled(_ members: [Group], _ stream: RandomStream) -> [Group] {
    var stream = stream
    let place = stream.permutation(members.count)
    return members.indices.sorted { (members[$0].stratum, place[$0]) < (members[$1].stratum, place[$1]) }
      .map { members[$0] }
  }

  private static func deal(_ members: [Group], _ strata: [Int32], count: Int) -> [Int32] {
    let stratumCount = Int(strata.max() ?? 0) + 1
    var rowsOfStratum = [Int](repeating: 0, count: count * stratumCount)
    var rowsInAll = [Int](repeating: 0, count: count)
    var result = [Int32](repeating: 0, count: strata.count)
    for group in members {
      var best = 0
      for part in 1..<max(1, count) {
        let here = (rowsOfStratum[part * stratumCount + group.stratum], rowsInAll[part])
        if here < (rowsOfStratum[best * stratumCount + group.stratum], rowsInAll[best]) { best = part }
      }
      for place in group.places {
        rowsOfStratum[best * stratumCount + Int(strata[place])] += 1
        rowsInAll[best] += 1
        result[place] = Int32(best + 1)
      }
    }
    return result
  }

  private struct Group {
    var places: [Int]
    var digest: RowDigest
    var stratum = 0
  }

  /// The groups that occur among the rows, in the order they are dealt; `places` are positions in `rows`.
  private static func members(_ rows: [Int32], _ strata: [Int32], _ groups: RowGroups) -> [Group] {
    var number = [Int32](repeating: -1, count: groups.group.count)
    var members: [Group] = []
    members.reserveCapacity(rows.count)
    for (place, row) in rows.enumerated() {
      let group = Int(groups.group[Int(row)])
      let digest = groups.digests[Int(row)]
      if number[group] < 0 {
        number[group] = Int32(members.count)
        members.append(Group(places: [place], digest: digest))
      } else {
        let known = Int(number[group])
        members[known].places.append(place)
        members[known].digest = min(members[known].digest, digest)
      }
    }
    for i in members.indices { members[i].stratum = commonest(members[i].places, strata) }
    return members.sorted { ($0.stratum, $0.digest) < ($1.stratum, $1.digest) }
  }

  private static func commonest(_ places: [Int], _ strata: [Int32]) -> Int {
    let sorted = places.map { strata[$0] }.sorted()
    var best = (stratum: sorted[0], length: 0)
    var start = 0
    for i in 1...sorted.count where i == sorted.count || sorted[i] != sorted[start] {
      if i - start > best.length { best = (sorted[start], i - start) }
      start = i
    }
    return Int(best.stratum)
  }

  private static func strata(of rows: [Int32], in dataset: Dataset) -> [Int32] {
    if dataset.kind == .classification { return rows.map { dataset.labels[Int($0)] } }
    let targets = rows.map { dataset.targets[Int($0)] }
    let order = targets.indices.sorted { targets[$0] < targets[$1] }
    var strata = [Int32](repeating: 0, count: rows.count)
    var rank = 0
    for (i, place) in order.enumerated() {
      // Equal targets share the rank of the first, so that their order does not matter.
      if i > 0, targets[place] != targets[order[i - 1]] { rank = i }
      strata[place] = Int32(rank * 10 / rows.count)
    }
    return strata
  }
}
