import Experiments

/// The columns of the author's table, and what each is for.
struct TableHeader {
  let names: [String]
  let target: Int
  let group: Int?
  let item: Int?

  init(_ names: [String], places: [DataPlace], for file: AuthorFile) throws(DataError) {
    self.names = names
    if names.count == 1, names[0].contains(";") || names[0].contains("\t") {
      throw DataError(
        .badDataFile, "the header of '\(file.path)' is one column, \(quoted(names[0]))",
        fix: "separate the cells by commas", place: places[0])
    }
    var seen: Set<String> = []
    for (name, place) in zip(names, places) {
      if name.isEmpty {
        throw DataError(.badDataFile, "a column has no name", fix: "name it in the header", place: place)
      }
      if !seen.insert(name).inserted {
        throw DataError(
          .badDataFile, "two columns are named \(quoted(name))", fix: "give each column a name of its own",
          place: place)
      }
    }
    target = try Self.find(file.target, "target", names, file)
    if let name = file.group {
      guard name != file.target else {
        throw DataError(
          .badDataFile, "\(quoted(name)) is both 'target' and 'group' of '\(file.name)'",
          fix: "name another column, or leave 'group' out")
      }
      group = try Self.find(name, "group", names, file)
    } else {
      group = nil
    }
    if let name = file.item {
      guard name != file.target, name != file.group else {
        throw DataError(
          .badDataFile,
          "\(quoted(name)) is 'item' and '\(name == file.target ? "target" : "group")' of '\(file.name)'",
          fix: "name another column, or leave 'item' out")
      }
      item = try Self.find(name, "item", names, file)
    } else {
      item = nil
    }
    guard names.count > 1 + (group == nil ? 0 : 1) + (item == nil ? 0 : 1) else {
      throw DataError(
        .badDataFile, "'\(file.path)' has no feature columns",
        note: "every column but target, group and item is a feature",
        fix: "add at least one column of numbers")
    }
  }

  private static func find(
    _ name: String, _ key: String, _ names: [String], _ file: AuthorFile
  ) throws(DataError) -> Int {
    if let place = names.firstIndex(of: name) { return place }
    let shown = names.prefix(20).map { quoted($0) }.joined(separator: ", ")
    throw DataError(
      .badDataFile, "'\(file.path)' has no column \(quoted(name)) for '\(key)'",
      note: "its columns are \(shown)\(names.count > 20 ? " and \(names.count - 20) more" : "")",
      fix: names.first { $0.lowercased() == name.lowercased() }.map { "write \(quoted($0))" })
  }
}
