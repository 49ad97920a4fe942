import Datasets
import Testing

/// The readers of shipped files: gzip, IDX, tables of numbers, decimals.
struct ReaderTests {
  @Test func gzipGivesTheBytesOfAllMembers() throws {
    let labels = try shippedBytes("t10k-labels-idx1-ubyte.gz")
    let once = try gunzip(labels, file: "labels.gz")
    #expect(once.count == 10_008)
    #expect(try gunzip(labels + labels, file: "labels.gz") == once + once)
  }

  @Test func gzipNoticesEveryTruncation() throws {
    let whole = try shippedBytes("diabetes-target.csv.gz")
    for length in stride(from: 2, to: whole.count, by: 7) {
      let error = #expect(throws: DataError.self) { try gunzip(Array(whole[..<length]), file: "a.gz") }
      #expect(error?.message == "the file 'a.gz' is truncated", "\(length) bytes")
    }
  }

  @Test(
    arguments: [
      ([], "the file 'a.gz' is empty"),
      (Array("1,2,3".utf8), "the file 'a.gz' is not in gzip format"),
      ([0x1F, 0x8B, 7, 0, 0, 0, 0, 0, 0, 3], "the file 'a.gz' is corrupted"),
    ] as [([UInt8], String)]) func gzipRefuses(_ bytes: [UInt8], _ message: String)
  {
    let error = #expect(throws: DataError.self) { try gunzip(bytes, file: "a.gz") }
    #expect(error?.kind == .corruptedFile)
    #expect(error?.message == message)
  }

  @Test func gzipNoticesAChangedByteAndTrailingOnes() throws {
    let whole = try shippedBytes("diabetes-target.csv.gz")
    for place in stride(from: 40, to: whole.count, by: 101) {
      var bytes = whole
      bytes[place] ^= 0x10
      #expect(throws: DataError.self, "byte \(place)") { try gunzip(bytes, file: "a.gz") }
    }
    #expect(throws: DataError.self) { try gunzip(whole + [1, 2, 3], file: "a.gz") }
  }

  @Test func gzipStopsAtTheLimit() throws {
    let error = #expect(throws: DataError.self) {
      try gunzip(try shippedBytes("digits.csv.gz"), file: "a.gz", limit: 100_000)
    }
    #expect(error?.message == "the file 'a.gz' is too large")
  }

  @Test func idxReadsShapeAndValues() throws {
    let array = try IDX([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], dimensions: 2, file: "a")
    #expect(array.shape == [2, 3])
    #expect(Array(array.values) == [1, 2, 3, 4, 5, 6])
  }

  @Test(
    arguments: [
      ([], "the file 'a' is not an IDX file of unsigned bytes in 1 dimensions"),
      ([0, 0, 9, 1, 0, 0, 0, 1, 5], "the file 'a' is not an IDX file of unsigned bytes in 1 dimensions"),
      ([0, 0, 8, 2, 0, 0, 0, 1, 5], "the file 'a' is not an IDX file of unsigned bytes in 1 dimensions"),
      ([0, 0, 8, 1, 0, 0, 0, 2, 5], "the file 'a' does not hold as many values as its header says"),
      ([0, 0, 8, 1, 0, 0, 0, 1, 5, 6], "the file 'a' does not hold as many values as its header says"),
      ([0, 0, 8, 1, 0, 0, 0, 0], "the file 'a' does not hold as many values as its header says"),
    ] as [([UInt8], String)]) func idxRefuses(_ bytes: [UInt8], _ message: String)
  {
    let error = #expect(throws: DataError.self) { try IDX(bytes, dimensions: 1, file: "a") }
    #expect(error?.message == message)
  }

  @Test(arguments: [
    "0", "-0", "7", "+7", "-12.5", ".5", "5.", "1e3", "1.5E+02", "2e-07", "0.1", "123456789012345678",
    "9007199254740993", "3.4028235e38", "1e-320", "1e400", "179769313486231570000000000000000000000",
    "0.30000000000000004", "1.510000000000000000e+02", "4.35", "1e22", "1e23",
  ]) func decimalsAreCorrectlyRounded(_ text: String) throws {
    let value = Array(text.utf8).withUnsafeBufferPointer { decimal($0) }
    #expect(value?.bitPattern == Double(text)?.bitPattern)
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1e+x", "1ex", "1.2.3", "1,5", "0x10", "inf", "nan", "1 ", " 1", "--1",
    "1_000",
  ]) func otherTextsAreNoDecimals(_ text: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { decimal($0) } == nil)
  }

  @Test func tablesOfNumbersSkipTheHeaderAndTakeTheLabel() throws {
    let last = try NumericTable(
      Array("2,2,a,b\n1,2.5,0\n-3,4,1\n".utf8), file: "a.csv", columns: 2, label: .lastIndex, header: 1)
    #expect(last.features == [1, 2.5, -3, 4])
    #expect(last.labels == [0, 1])
    let first = try NumericTable(Array("B,1\nA,2".utf8), file: "a.csv", columns: 1, label: .firstLetter)
    #expect(first.features == [1, 2])
    #expect(first.labels == [1, 0])
  }

  @Test(arguments: [
    ("1,2,0\n1,0\n", "a line of 'a.csv' does not have 3 cells", 2, 4),
    ("1,2,0,9\n", "a line of 'a.csv' does not have 3 cells", 1, 7),
    ("1,2,0\n1,x,0\n", "a cell of 'a.csv' does not hold what its column should", 2, 3),
    ("1,2,-1\n", "a cell of 'a.csv' does not hold what its column should", 1, 5),
    ("1,,1\n", "a cell of 'a.csv' does not hold what its column should", 1, 3),
  ]) func tablesOfNumbersRefuse(_ text: String, _ message: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: DataError.self) {
      try NumericTable(Array(text.utf8), file: "a.csv", columns: 2, label: .lastIndex)
    }
    #expect(error?.message == message)
    #expect(error?.place == DataPlace(file: "a.csv", line: line, column: column))
  }
}
