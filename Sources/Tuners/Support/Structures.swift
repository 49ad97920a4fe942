import Experiments
import Randomness

/// The structures of a space: which options the choices that others exist under have.
///
/// A model of few configurations is soon sure of the branch that happened to begin well; so a search sees to it that
/// each structure is tried a few times.
struct Structures {
  private let space: Space
  /// Places of the choices that others exist under.
  private let branching: [Int]
  /// What each structure fixes, by place; a choice that does not exist is not fixed.
  let all: [[Int: Setting]]
  /// Tries each structure is due: two more than it has numeric dimensions.
  private let due: [Int]
  /// How often each was named, so that one that has nothing left to try is not named for ever.
  private var named: [Int]

  /// - Parameter limit: beyond so many structures there are none.
  init(_ space: Space, limit: Int) {
    self.space = space
    let branching = space.parentsFirst.filter { place in
      space.dimensions.contains { $0.activation?.parent == space.dimensions[place].name }
    }
    self.branching = branching
    var all: [[Int: Setting]] = branching.isEmpty ? [] : [[:]]
    for place in branching {
      guard case .choice(let options) = space.dimensions[place].domain else { continue }
      all = all.flatMap { structure in
        space.isActive(place) { structure[$0] }
          ? options.map { structure.merging([place: $0]) { $1 } } : [structure]
      }
      if all.count > limit { all = [] }
    }
    if !space.forbidden.isEmpty {
      var random = RandomStream(seed: 0, role: "auxiliary", purpose: "structures")
      all = all.filter { space.allows(space.draw(&random, fixed: $0)) }
    }
    self.all = all
    named = [Int](repeating: 0, count: all.count)
    due = all.map { structure in
      2
        + space.dimensions.indices.count { place in
          if case .choice = space.dimensions[place].domain { return false }
          return space.isActive(place) { structure[$0] }
        }
    }
  }

  /// The structure that lacks most tries, the first of equals; nil where none does.
  mutating func neglected(in history: History) -> [Int: Setting]? {
    guard !all.isEmpty else { return nil }
    var tries = [Int](repeating: 0, count: all.count)
    for configuration in history.configurations {
      if let place = all.firstIndex(where: { holds($0, configuration) }) { tries[place] += 1 }
    }
    var worst: Int?
    for place in all.indices where max(tries[place], named[place]) < due[place] {
      if worst == nil || due[place] - tries[place] > due[worst!] - tries[worst!] { worst = place }
    }
    guard let worst else { return nil }
    named[worst] += 1
    return all[worst]
  }

  func holds(_ structure: [Int: Setting], _ configuration: Settings) -> Bool {
    branching.allSatisfy { configuration[space.dimensions[$0].name] == structure[$0] }
  }
}
