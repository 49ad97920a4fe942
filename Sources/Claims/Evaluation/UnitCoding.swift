import Experiments
import Statistics

/// Which level of each unit every selected row belongs to, and what is drawn for what.
///
/// A unit is nested in those of its schema's parents that are units themselves: its levels then count only
/// within theirs (search 0 of fold 1 is not search 0 of fold 2). All other units are crossed: a value means
/// the same level wherever it occurs, so that a seed shared by two experiments is drawn for both at once.
struct UnitCoding {
  let design: ResamplingDesign
  /// Selection × unit × row; −1 where a row has no value for the unit and so is not resampled by it.
  let codes: [[[Int32]]]
  /// Distinct levels by unit as people count them: nested ones within their parent, at most.
  let levels: [(unit: String, count: Int)]
  /// Units with a single level: nothing can be said of how results vary with them.
  let singleLevelUnits: [String]
  /// Levels of a unit that do not occur in every call that has the unit.
  let unmatched: [(unit: String, count: Int)]

  /// - Parameter isPaired: whether levels are shared across experiments.
  init(
    _ selections: [Selection], tables: [String: ResultTable], scope: ExpressionScope, units: [String],
    isPaired: Bool
  ) {
    let candidates = units.filter { unit in selections.contains { tables[$0.table]?[unit] != nil } }
    let counts = candidates.map { unit in
      Set(selections.flatMap { s in s.rows.map { tables[s.table]!.text(unit, row: $0) } }).subtracting([""])
        .count
    }
    singleLevelUnits = zip(candidates, counts).filter { $0.1 == 1 }.map(\.0)
    // By name, so that the order in which a study lists its units does not change what is drawn.
    let used = zip(candidates, counts).filter { $0.1 > 1 }.map(\.0).sorted()
    let keyed = Set(selections.flatMap(\.keyColumns))
    var codes: [[[Int32]]] = selections.map { _ in [] }
    var designs: [ResamplingDesign.Unit] = []
    var unmatched: [(unit: String, count: Int)] = []
    var nestedCounts: [String: Int] = [:]
    for unit in used {
      // Keys that are units tie the two sides of a comparison together even where experiments are
      // independent.
      let isShared = isPaired || keyed.contains(unit)
      let identities = selections.map { selection in
        Self.identities(selection, tables[selection.table]!, scope, unit, used, isShared: isShared)
      }
      let order = Set(identities.flatMap { $0.compactMap { $0 } }).sorted()
      let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
      for i in selections.indices { codes[i].append(identities[i].map { $0.map { place[$0]! } ?? -1 }) }
      let occurrences = identities.map { Set($0.compactMap { $0 }) }.filter { !$0.isEmpty }
      let isNested = order.contains { !$0.parents.isEmpty }
      let pools = Self.pools(order, occurrences)
      designs.append(
        ResamplingDesign.Unit(name: unit, levelCount: order.count, pools: pools, isNested: isNested))
      if isNested { nestedCounts[unit] = pools.map(\.count).max() }
      let loose = order.filter { level in !occurrences.allSatisfy { $0.contains(level) } }.count
      if isShared, loose > 0 { unmatched.append((unit, loose)) }
    }
    self.codes = codes
    design = ResamplingDesign(units: designs)
    self.unmatched = unmatched
    levels = zip(candidates, counts).map { ($0, nestedCounts[$0] ?? $1) }
  }

  /// One level of a unit: where experiments are independent its own's name, the parents' values, its value.
  private struct Level: Hashable, Comparable {
    let experiment: String
    let parents: [String]
    let value: String

    /// By number where values are numbers, so that the order does not depend on that of rows.
    static func < (a: Level, b: Level) -> Bool {
      if a.experiment != b.experiment { return a.experiment < b.experiment }
      if a.parents != b.parents { return a.parents.lexicographicallyPrecedes(b.parents) }
      if let x = decimal(a.value), let y = decimal(b.value), x != y { return x < y }
      return a.value < b.value
    }
  }

  private static func identities(
    _ selection: Selection, _ table: ResultTable, _ scope: ExpressionScope, _ unit: String, _ used: [String],
    isShared: Bool
  ) -> [Level?] {
    guard table[unit] != nil else { return selection.rows.map { _ in nil } }
    let parents = (scope.schema(selection.table)?.nestedIn[unit] ?? []).filter(used.contains)
    return selection.rows.map { row in
      let value = table.text(unit, row: row)
      guard !value.isEmpty else { return nil }
      return Level(
        experiment: isShared ? "" : selection.experiment, parents: parents.map { table.text($0, row: row) },
        value: value)
    }
  }

  /// Levels with the same parents, split where two groups of calls share none of them: independent samples,
  /// such as different seeds on both sides of a comparison, are drawn apart.
  private static func pools(_ order: [Level], _ occurrences: [Set<Level>]) -> [[Int]] {
    var group = Array(order.indices)
    func root(_ i: Int) -> Int { group[i] == i ? i : root(group[i]) }
    for levels in occurrences {
      var first: [[String]: Int] = [:]
      for (place, level) in order.enumerated() where levels.contains(level) {
        if let other = first[level.parents] {
          let (a, b) = (root(other), root(place))
          group[max(a, b)] = min(a, b)
        } else {
          first[level.parents] = place
        }
      }
    }
    var pools: [[Int]] = []
    var poolOfRoot: [Int: Int] = [:]
    for place in order.indices {
      let root = root(place)
      if let pool = poolOfRoot[root] {
        pools[pool].append(place)
      } else {
        poolOfRoot[root] = pools.count
        pools.append([place])
      }
    }
    return pools
  }
}
