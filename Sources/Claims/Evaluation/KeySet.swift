/// The combinations of values that a `per` groups by.
struct KeySet {
  let columns: [String]
  /// One text a column, for each key.
  let texts: [[String]]
  /// The level of each unit that a key stands for (key × unit), −1 where a key spans several or none.
  let codes: [[Int32]]

  /// The one key of everything, where there is no `per`.
  static func single(units: Int) -> KeySet {
    KeySet(columns: [], texts: [[]], codes: [[Int32](repeating: -1, count: units)])
  }

  var count: Int { texts.count }

  /// Which unit each key fixes, so that its weight belongs to the key and not to the rows within.
  func carries(_ unit: Int, key: Int) -> Bool { codes[key][unit] >= 0 }

  /// Whether some key stands for a level of some unit.
  var carriesUnits: Bool { codes.contains { $0.contains { $0 >= 0 } } }

  /// Places of equal keys in both sets, in this one's order, and how many keys of either have no partner.
  func matched(with other: KeySet) -> (pairs: [(Int, Int)], unmatched: Int) {
    let order = columns.map { other.columns.firstIndex(of: $0)! }
    var places: [[String]: Int] = [:]
    for (place, texts) in other.texts.enumerated() { places[order.map { texts[$0] }] = place }
    let pairs = texts.enumerated().compactMap { place, texts in places[texts].map { (place, $0) } }
    return (pairs, count + other.count - 2 * pairs.count)
  }

  /// `task = mnist, width = 16`.
  func description(of key: Int) -> String { Self.description(columns, texts[key]) }

  static func description(_ columns: [String], _ texts: [String]) -> String {
    zip(columns, texts).map { "\($0) = \($1)" }.joined(separator: ", ")
  }

  /// The keys at some places.
  func picked(_ places: [Int]) -> KeySet {
    KeySet(columns: columns, texts: places.map { texts[$0] }, codes: places.map { codes[$0] })
  }

  /// The coarser keys of some of the columns, and for each key of this set the coarser one it falls under.
  func grouped(by names: [String]) -> (keys: KeySet, groups: [Int]) {
    let order = names.map { columns.firstIndex(of: $0)! }
    var places: [[String]: Int] = [:]
    var grouped: [[String]] = []
    let groups = texts.map { texts in
      let key = order.map { texts[$0] }
      if let place = places[key] { return place }
      places[key] = grouped.count
      grouped.append(key)
      return grouped.count - 1
    }
    let units = codes.first?.count ?? 0
    // A group fixes a unit where all its keys agree on it.
    var shared = [[Int32]](repeating: [Int32](repeating: -2, count: units), count: grouped.count)
    for (key, group) in groups.enumerated() {
      for unit in 0..<units {
        let code = codes[key][unit]
        shared[group][unit] = shared[group][unit] == -2 || shared[group][unit] == code ? code : -1
      }
    }
    return (KeySet(columns: names, texts: grouped, codes: shared), groups)
  }
}
