import Experiments
import TrialStore

/// Finds for trials that are not in the store what keeps them from being hits: the one field, if there is one, in
/// which each differs from a trial that is there.
///
/// The store is read once, or twice where some trial has no such neighbour. The work grows with the stored trials
/// plus the missing ones, not with their product: a missing trial is looked up by the sum of the hashes of all its
/// fields but those left out.
struct MissExplanation {
  /// A missing trial, explained.
  struct Explained {
    /// What differs; nil where several fields do from every stored trial.
    var omission: KeyOmission?
    /// A stored trial that differs in this alone.
    var neighbour: TrialKey?
  }

  private(set) var explained: [Explained]
  private let fields: [KeyFields]
  private let procedures: [String]

  /// More missing trials than these are not compared one by one.
  static let most = 100_000

  /// - Parameters:
  ///   - missing: the trials, each with the paths of its searched hyperparameters.
  init(_ missing: [(trial: TrialSpecification, searched: [String])], in store: TrialStore) throws {
    fields = try missing.map { try KeyFields($0.trial.canonicalForm) }
    procedures = missing.map(\.trial.procedure)
    explained = Array(repeating: Explained(), count: missing.count)
    for procedure in Set(procedures).sorted() {
      let own = procedures.indices.filter { procedures[$0] == procedure }
      var index = NeighbourIndex()
      for place in own { index.add(fields[place], searched: missing[place].searched, place: place) }
      try store.forEachTrial(of: procedure) { key, specification in
        index.visit(try KeyFields(specification)) { place, omission in
          if let known = explained[place].omission, known.rank <= omission.rank { return }
          explained[place] = Explained(omission: omission, neighbour: key)
        }
      }
    }
  }

  /// For some of the missing trials the stored trial that differs in the fewest fields; none where the procedure has
  /// never run.
  func nearest(to places: [Int], in store: TrialStore) throws -> [Int: TrialKey] {
    if places.isEmpty { return [:] }
    var best: [Int: (key: TrialKey, count: Int)] = [:]
    for procedure in Set(places.map { procedures[$0] }).sorted() {
      let own = places.filter { procedures[$0] == procedure }
      let sets = own.map { Set(fields[$0].fields) }
      try store.forEachTrial(of: procedure) { key, specification in
        let stored = try KeyFields(specification).fields
        for (place, set) in zip(own, sets) {
          let count = stored.count { !set.contains($0) }
          if count < best[place]?.count ?? .max { best[place] = (key, count) }
        }
      }
    }
    return best.mapValues(\.key)
  }
}

/// Missing trials by the hashes of their fields without those of each omission.
private struct NeighbourIndex {
  private struct Table {
    let omission: KeyOmission
    /// The missing trials of a sum of hashes.
    var places: [UInt64: [Int]] = [:]
    /// Whether a path is left out, by the path's number.
    var leavesOut: [Bool] = []
  }

  private var tables: [Table] = []
  private var tableOf: [String: Int] = [:]
  private var numbers: [String: Int] = [:]
  private var paths: [String] = []

  mutating func add(_ fields: KeyFields, searched: [String], place: Int) {
    let hashed = hashed(fields)
    for omission in KeyOmission.all(for: fields, searched: searched) {
      let identity = omission.name + (omission.rank.kind >= 6 ? " \(searched)" : "")
      let table = tableOf[identity] ?? tables.count
      if table == tables.count {
        tables.append(Table(omission: omission))
        tableOf[identity] = table
      }
      tables[table].places[sum(hashed, without: table), default: []].append(place)
    }
  }

  /// Calls `body` with every missing trial that a stored one explains for the first time under an omission.
  mutating func visit(_ stored: KeyFields, _ body: (Int, KeyOmission) -> Void) {
    let hashed = hashed(stored)
    for table in tables.indices where !tables[table].places.isEmpty {
      guard let places = tables[table].places.removeValue(forKey: sum(hashed, without: table)) else {
        continue
      }
      for place in places { body(place, tables[table].omission) }
    }
  }

  private mutating func hashed(_ fields: KeyFields) -> [(path: Int, hash: UInt64)] {
    fields.fields.map { field in
      let number = numbers[field.path] ?? paths.count
      if number == paths.count {
        numbers[field.path] = number
        paths.append(field.path)
      }
      return (number, Self.hash(field))
    }
  }

  private mutating func sum(_ hashed: [(path: Int, hash: UInt64)], without table: Int) -> UInt64 {
    for path in tables[table].leavesOut.count..<max(paths.count, tables[table].leavesOut.count) {
      tables[table].leavesOut.append(tables[table].omission.contains(paths[path]))
    }
    var sum: UInt64 = 0
    for (path, hash) in hashed where !tables[table].leavesOut[path] { sum &+= hash }
    return sum
  }

  /// FNV-1a over path and value, mixed so that sums of hashes are as good as hashes.
  private static func hash(_ field: KeyField) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for byte in field.path.utf8 { take(byte) }
    take(0xff)
    for byte in field.value.utf8 { take(byte) }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }
}
