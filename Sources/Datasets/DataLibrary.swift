import Experiments
import Parts

/// Reads data sets and finds the rows of subsets, each once per process.
///
/// Use it from one thread. An author's file is read when its content is first asked for; if its bytes differ
/// later, when rows of that content are wanted, that is an error, never other rows.
package final class DataLibrary {
  private let folder: String
  private var contents: [String: String] = [:]
  private var sets: [DataReference: LoadedSet] = [:]
  private var resolved: [DataReference: RowSet] = [:]
  private var digestSets: [DataReference: Set<RowDigest>] = [:]

  /// - Parameter folder: where the files of registered data sets lie.
  package init(folder: String) {
    self.folder = folder
  }

  /// The identity of a source's content, for `DataReference.content`.
  ///
  /// Costs nothing for a registered data set; an author's file is read and digested once.
  package func content(of source: DataSource) throws(DataError) -> String {
    switch source {
    case .registered(let name): return try part(name).facts.content.hex
    case .file(let file):
      if let known = contents[file.path] { return known }
      let content = Self.content(of: try bytes(of: file))
      contents[file.path] = content
      return content
    }
  }

  /// The rows a reference means.
  package func rows(for reference: DataReference) throws(DataError) -> RowSet {
    if let known = resolved[reference] { return known }
    let set = try set(of: reference)
    let resolver = SubsetResolver(set.dataset, groups: { set.groups }, name: reference.setName)
    var rows = try resolver.rows(reference.steps)
    if !reference.without.isEmpty {
      for other in reference.without {
        let seen = try known(rows.rows, of: set, in: other)
        rows = RowSet(dataset: rows.dataset, rows: zip(rows.rows, seen).filter { !$1 }.map(\.0))
      }
    }
    resolved[reference] = rows
    return rows
  }

  /// The digests of the rows a reference means, in their order: rows with equal features have equal digests.
  package func digests(for reference: DataReference) throws(DataError) -> [RowDigest] {
    let rows = try rows(for: reference).rows
    let digests = try set(of: reference).groups.digests
    return rows.map { digests[Int($0)] }
  }

  /// How many rows of a reference have a twin among those of another: the same features, or the same but for columns
  /// that one of the data sets has more and that are constant throughout.
  package func sharedRows(_ reference: DataReference, _ other: DataReference) throws(DataError) -> Int {
    try known(try rows(for: reference).rows, of: try set(of: reference), in: other).count { $0 }
  }

  /// Whether each of some rows has a twin among those of a reference.
  private func known(
    _ rows: [Int32], of set: LoadedSet, in other: DataReference
  ) throws(DataError) -> [Bool] {
    let otherSet = try self.set(of: other)
    let otherRows = try self.rows(for: other).rows
    let otherDigests = try digestSet(other)
    func flags(_ own: [RowDigest], _ seen: Set<RowDigest>) -> [Bool] {
      rows.map { seen.contains(own[Int($0)]) }
    }
    var found = flags(set.groups.digests, otherDigests)
    func add(_ more: [Bool]) { for (row, isKnown) in more.enumerated() where isKnown { found[row] = true } }
    let (columns, otherColumns) = (set.dataset.columns, otherSet.dataset.columns)
    if columns > otherColumns {
      for reduced in set.reduced(to: otherColumns) { add(flags(reduced, otherDigests)) }
    } else if columns < otherColumns {
      for reduced in otherSet.reduced(to: columns) {
        add(flags(set.groups.digests, Set(otherRows.map { reduced[Int($0)] })))
      }
    }
    return found
  }

  private func digestSet(_ reference: DataReference) throws(DataError) -> Set<RowDigest> {
    if let known = digestSets[reference] { return known }
    let found = Set(try digests(for: reference))
    digestSets[reference] = found
    return found
  }

  /// The stable ids of the rows a reference means, in their order: no two rows of a data set share one.
  package func items(for reference: DataReference) throws(DataError) -> [RowDigest] {
    let rows = try rows(for: reference).rows
    let ids = try set(of: reference).groups.ids
    let altered = reference.alterations.map { "/\($0.text)" }.joined()
    return rows.map { row in
      altered.isEmpty
        ? ids[Int(row)] : RowDigest(Digest(of: "\(ids[Int(row)].high) \(ids[Int(row)].low)\(altered)"))
    }
  }

  private func set(of reference: DataReference) throws(DataError) -> LoadedSet {
    let whole = DataReference(source: reference.source, steps: [], content: reference.content)
    if let known = sets[whole] { return known }
    let dataset: Dataset
    switch reference.source {
    case .registered(let name): dataset = try registered(name, content: reference.content)
    case .file(let file):
      let bytes = try bytes(of: file)
      guard Self.content(of: bytes) == reference.content else { throw .changed(file) }
      dataset = try AuthorTable.read(bytes, of: file)
    }
    let set = LoadedSet(dataset)
    sets[whole] = set
    return set
  }

  private func registered(_ name: String, content: String) throws(DataError) -> Dataset {
    let part = try part(name)
    guard part.facts.content.hex == content else {
      throw DataError(
        .corruptedFile, "the data set '\(name)' of this version of Assay is not the one that was asked for",
        note: "its files or its reader have changed since", fix: "check and build the study again")
    }
    var files: [[UInt8]] = []
    for file in part.files {
      let bytes: [UInt8]
      do {
        bytes = try fileBytes("\(folder)/\(file.name)")
      } catch  where error.kind == .missingFile {
        throw .notShipped(file, name, folder)
      }
      let found = Digest(of: bytes).hex
      guard found == file.sha256 else { throw .wrongDigest(file, name, found: found) }
      files.append(bytes)
    }
    return try part.init(Settings()).read(files)
  }

  private func part(_ name: String) throws(DataError) -> any DatasetSource.Type {
    if let part = datasetRegistry[name] { return part }
    throw DataError(
      .unknownData, "unknown data \(quoted(name))",
      note: "known: \(datasetRegistry.names.joined(separator: ", "))")
  }

  private func bytes(of file: AuthorFile) throws(DataError) -> [UInt8] {
    do {
      return try fileBytes(file.path)
    } catch  where error.kind == .missingFile {
      throw DataError(
        .missingFile, "there is no file '\(file.path)'", note: "the data '\(file.name)' name it",
        fix: "put the file there, or correct 'file'")
    }
  }

  private static func content(of bytes: [UInt8]) -> String {
    let lines = [
      "table \(AuthorTable.revision)", "partition \(Partition.revision)", "sha256 \(Digest(of: bytes).hex)",
    ]
    return Digest(of: lines.joined(separator: "\n")).hex
  }
}

/// A data set in memory, with its groups once they are needed.
private final class LoadedSet {
  let dataset: Dataset
  private(set) lazy var groups = RowGroups(dataset)

  private var reductions: [Int: [[RowDigest]]] = [:]

  init(_ dataset: Dataset) { self.dataset = dataset }

  /// The rows' digests without constant columns that a narrower data set lacks, one list a choice of them.
  func reduced(to columns: Int) -> [[RowDigest]] {
    if let known = reductions[columns] { return known }
    let found = ColumnTwins.reducedDigests(of: dataset, to: columns)
    reductions[columns] = found
    return found
  }
}

extension DataError {
  fileprivate static func changed(_ file: AuthorFile) -> DataError {
    DataError(
      .corruptedFile, "the file '\(file.path)' changed after the study was checked",
      note: "trials of one build must see the same rows",
      fix: "leave the file alone and run the command again")
  }

  fileprivate static func notShipped(_ file: DatasetFile, _ set: String, _ folder: String) -> DataError {
    DataError(
      .missingFile, "the file '\(file.name)' of the data set '\(set)' is missing",
      note: "it belongs in '\(folder)'",
      fix: "restore it from Assay's repository")
  }

  fileprivate static func wrongDigest(_ file: DatasetFile, _ set: String, found: String) -> DataError {
    DataError(
      .corruptedFile, "the file '\(file.name)' of the data set '\(set)' is not the one that was registered",
      note: "its SHA-256 is \(found), expected \(file.sha256)", fix: "restore it from Assay's repository")
  }
}
