import Datasets
import Experiments
import Parts
import Testing

/// Tables of a classifier's outputs: what is read, and the exact message for what is not.
struct OutputsTableTests {
  private func read(
    _ text: String, _ holds: TableContent = .probabilities, path: String = "net.csv", target: String = "y"
  ) throws(DataError) -> Dataset {
    try read(Array(text.utf8), holds, path: path, target: target)
  }

  private func read(
    _ bytes: [UInt8], _ holds: TableContent, path: String, target: String
  ) throws(DataError) -> Dataset {
    try AuthorTable.read(
      bytes,
      of: AuthorFile(
        name: "net", path: path, target: target, group: nil, kind: .classification,
        item: path.hasSuffix(".npy") ? nil : "id", holds: holds))
  }

  @Test func columnsAreClassesAndLabelsTheirNamesOrNumbers() throws {
    let dataset = try read("id,cat,y,dog\na,0.25,dog,0.75\nb,0.5,0,0.5\n")
    #expect(dataset.classes == ["cat", "dog"])
    #expect(dataset.labels == [1, 0])
    #expect(dataset.features == [0.25, 0.75, 0.5, 0.5])
    #expect(dataset.items == ["a", "b"])
    #expect(dataset.holds == .probabilities)
    // A class that no row has is a class all the same, and a column's name comes before a number.
    #expect(try read("id,y,1,0\na,1,3,-2\nb,1,3,-2\n", .logits).labels == [0, 0])
  }

  @Test func rowsAreKnownByTheirIds() throws {
    let same = "0.5,0,0.5\n"
    let dataset = try read("id,cat,y,dog\na,\(same)b,\(same)")
    let groups = RowGroups(dataset)
    #expect(groups.digests[0] != groups.digests[1])
    let other = try read("id,cat,y,dog\nb,0.9,0,0.1\nc,0.9,0,0.1\n")
    #expect(RowGroups(other).digests[0] == groups.digests[1])
  }

  @Test(arguments: [
    ("a,0.25,dog,0.7\nb,1,0,0\n", 2, 1, "the probabilities of a row sum to 0.95"),
    ("a,0.25,dog,0.75\nb,1.5,0,-0.5\n", 3, 3, "1.5 in the column 'cat' is no probability"),
    ("a,nan,dog,0.75\nb,1,0,0\n", 2, 3, "a value is missing in the column 'cat'"),
    ("a,0.25,cow,0.75\nb,1,0,0\n", 2, 8, "the label 'cow' is no class"),
    ("a,0.25,2,0.75\nb,1,0,0\n", 2, 8, "the label '2' is no class"),
    ("a,0.25,1,0.75\na,1,0,0\n", 3, 1, "two rows have the item 'a'"),
  ])
  func mistakesAreAtTheirPlace(rows: String, line: Int, column: Int, message: String) throws {
    let error = #expect(throws: DataError.self) { try read("id,cat,y,dog\n" + rows) }
    #expect(error?.message == message)
    #expect(error?.place == DataPlace(file: "net.csv", line: line, column: column))
  }

  @Test func textAmongLogitsIsNoNumber() throws {
    let error = #expect(throws: DataError.self) {
      try read("id,cat,y,dog\na,2.5,dog,-1\nb,1,0,x\n", .logits)
    }
    #expect(error?.message == "'x' in the column 'dog' is not a number")
  }

  /// A NumPy array of version 1 with the given description and body.
  private func npy(_ description: String, _ body: [UInt8]) -> [UInt8] {
    let header = Array((description + "\n").utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + body
  }

  private func bytes(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) } }
  }

  @Test func arraysAreTables() throws {
    let description = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"
    let array = npy(description, bytes([1, 0.25, 0.75, 0, 0.5, 0.5]))
    let dataset = try read(array, .probabilities, path: "net.npy", target: "c0")
    #expect(dataset.classes == ["c1", "c2"])
    #expect(dataset.labels == [1, 0])
    #expect(dataset.features == [0.25, 0.75, 0.5, 0.5])
    let whole = npy(
      "{'descr': '<i2', 'fortran_order': False, 'shape': (3, 2)}",
      [1, 0, 255, 255, 0, 0, 3, 0, 1, 0, 5, 0])
    #expect(try read(whole, .features, path: "net.npy", target: "c0").features == [-1, 3, 5])
  }

  @Test(arguments: [
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", "is shorter than its header says"),
    ("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1), }", "is stored column by column"),
    ("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", "does not hold little-endian numbers"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "is not two-dimensional"),
    ("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1), }", "holds half-precision numbers"),
  ])
  func wrongArraysAreRefused(description: String, message: String) throws {
    let error = #expect(throws: DataError.self) {
      try read(npy(description, bytes([1])), .logits, path: "net.npy", target: "c0")
    }
    #expect(error?.message == "'net.npy' \(message)")
  }

  @Test func valuesThatAreNoNumbersAreFoundInArrays() throws {
    let array = npy(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", bytes([1, 0.5, .nan, 0, .infinity, 0]))
    let error = #expect(throws: DataError.self) {
      try read(array, .logits, path: "net.npy", target: "c0")
    }
    #expect(error?.message == "a value is missing in the column 'c2'")
    #expect(error?.place?.line == 2)
  }
}
