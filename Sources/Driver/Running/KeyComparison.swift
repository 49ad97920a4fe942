import Experiments
import TrialStore

/// Fields of a key that are left out of a comparison: two trials that agree in all other fields differ in these alone.
struct KeyOmission {
  /// What is left out, in the words of a study: `with.epochs`, `the searched values`.
  let name: String
  /// How telling it is that just this differs; of several neighbours that with the lowest rank explains a trial.
  let rank: Rank
  private let prefixes: [String]
  private let takesContents: Bool

  /// What changes a trial rather than making it another of the same kind comes first, and a field before the fields
  /// below which it lies.
  struct Rank: Comparable {
    /// From 0, a revision, to 6, searched values alone; 10 more where other searched values follow from a change.
    let kind: Int
    let depth: Int

    static func < (a: Self, b: Self) -> Bool { (a.kind, -a.depth) < (b.kind, -b.depth) }
  }

  /// `differs` or `differ`.
  var verb: String {
    let isPlural = ["rows", "values", "settings", "numerics", "measures"].contains { name.hasSuffix($0) }
    return isPlural ? "differ" : "differs"
  }

  init(_ name: String, rank: Rank, prefixes: [String], contents: Bool = false) {
    self.name = name
    self.rank = rank
    self.prefixes = prefixes
    takesContents = contents
  }

  func contains(_ path: String) -> Bool {
    if takesContents, path.hasPrefix("data."), path.hasSuffix(".content") { return true }
    return prefixes.contains { prefix in
      path == prefix
        || (path.hasPrefix(prefix)
          && path.dropFirst(prefix.count).first.map { $0 == "." || $0 == "@" } == true)
    }
  }

  /// The omissions worth trying for a trial: each field alone, then what changes together.
  ///
  /// - Parameter searched: the paths of searched hyperparameters.
  static func all(for fields: KeyFields, searched: [String]) -> [KeyOmission] {
    var all = fields.fields.map { field in
      KeyOmission(
        name(of: field.path),
        rank: Rank(kind: kind(of: field.path), depth: field.path.count { $0 == "." || $0 == "@" }),
        prefixes: [field.path])
    }
    all += [
      KeyOmission("the content of the data", rank: Rank(kind: 1, depth: 0), prefixes: [], contents: true),
      KeyOmission("the measures", rank: Rank(kind: 3, depth: 0), prefixes: ["measure"]),
      KeyOmission("the data", rank: Rank(kind: 4, depth: 0), prefixes: ["data"]),
    ]
    guard !searched.isEmpty else {
      return all + [KeyOmission("the settings", rank: Rank(kind: 2, depth: 0), prefixes: ["with"])]
    }
    // Other rows make a search try other values, and so does a wider space.
    for other in all where other.rank.kind != 5 && !other.prefixes.contains(where: searched.contains) {
      all.append(
        KeyOmission(
          "\(other.name), and the searched values",
          rank: Rank(kind: 10 + other.rank.kind, depth: other.rank.depth),
          prefixes: other.prefixes + searched, contents: other.takesContents))
    }
    return all + [
      KeyOmission("the searched values", rank: Rank(kind: 6, depth: 0), prefixes: searched),
      KeyOmission("the settings", rank: Rank(kind: 20, depth: 0), prefixes: ["with"]),
    ]
  }

  /// A field in the words of a study.
  static func name(of path: String) -> String {
    let steps = path.split(separator: ".").map(String.init)
    switch steps[0] {
    case "data" where steps.count > 2: return "the content of the \(steps[1]) data"
    case "data" where steps.count > 1: return "the \(steps[1]) rows"
    case "numerics": return "the numerics"
    case "measure": return "the measure \(path.dropFirst(8))"
    default: return path.hasSuffix("@") ? "the revision of \(path.dropLast())" : path
    }
  }

  private static func kind(of path: String) -> Int {
    if path == "seed" { return 5 }
    if path == "numerics" || path.hasSuffix("@") { return 0 }
    if path.hasSuffix(".content") { return 1 }
    if path.hasPrefix("data.") { return 4 }
    return path.hasPrefix("measure.") ? 3 : 2
  }
}

extension KeyFields {
  /// The fields in which two keys differ. Where a part differs, its own settings and its revision go without saying.
  func differences(from other: KeyFields) -> [(path: String, mine: String?, theirs: String?)] {
    let mine = Dictionary(fields.map { ($0.path, $0.value) }) { first, _ in first }
    let theirs = Dictionary(other.fields.map { ($0.path, $0.value) }) { first, _ in first }
    var found: [(path: String, mine: String?, theirs: String?)] = []
    var replaced: [String] = []
    for path in Set(mine.keys).union(theirs.keys).sorted() where mine[path] != theirs[path] {
      let isBelow = replaced.contains { path.hasPrefix($0 + ".") || path == $0 + "@" }
      if isBelow { continue }
      found.append((path, mine[path], theirs[path]))
      replaced.append(path)
    }
    return found
  }
}
