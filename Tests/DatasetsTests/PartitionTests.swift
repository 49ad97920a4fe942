import Datasets
import Experiments
import Parts
import Testing

/// A partition covers the rows without overlap, keeps twins and groups together, and is balanced within
/// strata.
struct PartitionTests {
  private func counts(_ parts: [Int32], _ labels: [Int32], _ count: Int, classes: Int) -> [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: count), count: classes)
    for (part, label) in zip(parts, labels) { counts[Int(label)][Int(part) - 1] += 1 }
    return counts
  }

  @Test(arguments: datasetRegistry.names) func partsCoverWithoutOverlap(_ name: String) throws {
    let library = DataLibrary(folder: shippedFolder)
    let all = try library.rows(name)
    for count in [1, 5, 8] {
      let parts = try (1...count).map { try library.rows("\(name)/part \($0) of \(count)").rows }
      #expect(parts.flatMap { $0 }.sorted() == all.rows)
      #expect(parts.allSatisfy { $0 == $0.sorted() })
      #expect(try library.rows("\(name)/part 1-\(count) of \(count)").rows == all.rows)
    }
    let three = try [2, 4, 5].flatMap { try library.rows("\(name)/part \($0) of 5").rows }
    #expect(try library.rows("\(name)/part 2+4-5 of 5").rows == three.sorted())
  }

  @Test(arguments: ["digits", "wine", "breast-cancer", "optdigits-train"], [2, 5, 7])
  func classesAreBalancedWithinOneRow(_ name: String, _ count: Int) throws {
    let dataset = try DataLibrary(folder: shippedFolder).rows(name).dataset
    let rows = Array(0..<Int32(dataset.rows))
    let parts = Partition.parts(of: rows, in: dataset, groups: RowGroups(dataset), count: count)
    for strata in counts(parts, dataset.labels, count, classes: dataset.classes.count) {
      #expect(strata.max()! - strata.min()! <= 1)
    }
    let sizes = (1...count).map { members($0, parts, rows).count }
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test func numericTargetsAreBalancedByTenths() throws {
    let dataset = try DataLibrary(folder: shippedFolder).rows("diabetes").dataset
    let rows = Array(0..<Int32(dataset.rows))
    let parts = Partition.parts(of: rows, in: dataset, groups: RowGroups(dataset), count: 5)
    // The tenth of a row: how many rows have a smaller target, in tenths of all rows.
    let tenths = dataset.targets.map { target in dataset.targets.count { $0 < target } * 10 / dataset.rows }
    for strata in counts(parts, tenths.map(Int32.init), 5, classes: 10) {
      #expect(strata.reduce(0, +) > 30)
      #expect(strata.max()! - strata.min()! <= 1)
    }
  }

  @Test func twinsStayTogether() throws {
    let library = DataLibrary(folder: shippedFolder)
    let letter = try library.rows("letter").dataset
    let groups = RowGroups(letter)
    var rowsOf: [RowDigest: [Int32]] = [:]
    for (row, digest) in groups.digests.enumerated() { rowsOf[digest, default: []].append(Int32(row)) }
    let twins = rowsOf.values.filter { $0.count > 1 }
    #expect(twins.reduce(0) { $0 + $1.count } == 2177)
    let rows = Array(0..<Int32(letter.rows))
    let parts = Partition.parts(of: rows, in: letter, groups: groups, count: 5)
    #expect(twins.allSatisfy { family in Set(family.map { parts[Int($0)] }).count == 1 })
    let largest = twins.map(\.count).max()!
    for strata in counts(parts, letter.labels, 5, classes: 26) {
      #expect(strata.max()! - strata.min()! <= largest)
    }
  }

  @Test func groupsAndTwinsAreMerged() {
    // Rows 0 and 3 are twins (−0 is 0), 3 and 5 share a group, so 0, 3 and 5 belong together; 1 and 2 share a
    // group.
    let dataset = Dataset(
      kind: .classification, features: [0, 1, 2, -0.0, 4, 5, 6, 7], columns: 1,
      labels: [0, 0, 1, 1, 0, 0, 1, 1],
      classes: ["a", "b"], groups: [1, 2, 2, 3, 4, 3, 5, 6])
    let groups = RowGroups(dataset)
    #expect(groups.digests[0] == groups.digests[3])
    for count in 2...4 {
      let parts = Partition.parts(of: Array(0..<8), in: dataset, groups: groups, count: count)
      #expect(parts[0] == parts[3] && parts[3] == parts[5])
      #expect(parts[1] == parts[2])
    }
  }

  @Test(arguments: ["iris", "letter", "diabetes"]) func theOrderOfRowsDoesNotMatter(_ name: String) throws {
    let dataset = try DataLibrary(folder: shippedFolder).rows(name).dataset
    let count = dataset.rows
    // A permutation: multiplication by a number that shares no factor with the row count.
    let order = (0..<count).map { $0 * 7919 % count }
    #expect(Set(order).count == count)
    let columns = dataset.columns
    let shuffled = Dataset(
      kind: dataset.kind,
      features: order.flatMap { dataset.features[($0 * columns)..<(($0 + 1) * columns)] }, columns: columns,
      labels: dataset.labels.isEmpty ? [] : order.map { dataset.labels[$0] }, classes: dataset.classes,
      targets: dataset.targets.isEmpty ? [] : order.map { dataset.targets[$0] })
    let rows = Array(0..<Int32(count))
    let before = Partition.parts(of: rows, in: dataset, groups: RowGroups(dataset), count: 5)
    let after = Partition.parts(of: rows, in: shuffled, groups: RowGroups(shuffled), count: 5)
    #expect(order.map { before[$0] } == after)
  }

  /// Recorded once: a change here changes every result, and needs a new `Partition.revision`.
  @Test func thePartitionIsTheOneOfItsRevision() throws {
    let library = DataLibrary(folder: shippedFolder)
    func digest(_ path: String) throws -> String {
      Digest(of: try library.rows(path).rows.map(String.init).joined(separator: ",")).short
    }
    #expect(try digest("digits/part 1 of 5") == "117dbb2e9bb7")
    #expect(try digest("letter/classes 0-12/part 1-4 of 5") == "83b818a6167a")
    #expect(try digest("diabetes/part 2 of 3") == "6116e314f59a")
    #expect(Partition.revision == 1)
  }
}
