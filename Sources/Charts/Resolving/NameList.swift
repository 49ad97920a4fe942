/// Distinct names in the order in which they come.
struct NameList {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]
  private var last = ""
  private var lastPlace: Int?

  /// The place of a name, a new one at the end where it is new; nil for the empty name.
  mutating func place(of name: String) -> Int? {
    if name.isEmpty { return nil }
    // Rows of one group mostly follow each other.
    if name == last { return lastPlace }
    // Few names are found sooner by comparing than by hashing.
    let known = names.count <= 6 ? names.firstIndex(of: name) : places[name]
    let place = known ?? names.count
    if place == names.count {
      places[name] = place
      names.append(name)
    }
    (last, lastPlace) = (name, place)
    return place
  }

  /// The list with those of `order` that it has in front.
  func ordered(_ order: [String]) -> NameList {
    var list = NameList()
    for name in order where places[name] != nil { _ = list.place(of: name) }
    for name in names { _ = list.place(of: name) }
    return list
  }
}
