import Datasets
import Experiments
import Parts
import Testing

/// The author's own table: what is read, and the exact message for what is not.
struct AuthorTableTests {
  private func read(
    _ text: String, path: String = "own.csv", target: String = "y", group: String? = nil,
    kind: TargetKind = .classification
  ) throws(DataError) -> Dataset {
    try AuthorTable.read(
      Array(text.utf8), of: AuthorFile(name: "mine", path: path, target: target, group: group, kind: kind))
  }

  @Test func featuresTargetAndGroupsAreTakenByName() throws {
    let dataset = try read(
      "age,y,patient,weight\n31,ill,p1,70.5\n45,well,p2,81\n31,ill,p1,-1e2\n", group: "patient")
    #expect(dataset.features == [31, 70.5, 45, 81, 31, -100])
    #expect(dataset.columns == 2)
    #expect(dataset.classes == ["ill", "well"])
    #expect(dataset.labels == [0, 1, 0])
    #expect(dataset.groups == [0, 1, 0])
  }

  @Test func quotesLineEndsMarksAndBlanksAreUnderstood() throws {
    let text = "\u{FEFF}\"x, \"\"first\"\"\" , y\r\n 1 ,\"a\r\nb\"\r\n\r\n\"2\",\"c\"\"\"\r3,\"c\"\"\""
    let dataset = try read(text)
    #expect(dataset.features == [1, 2, 3])
    #expect(dataset.classes == ["a\r\nb", "c\""])
    #expect(dataset.labels == [0, 1, 1])
  }

  @Test func numericClassesAreSortedAsNumbers() throws {
    #expect(try read("x,y\n1,10\n2,9\n3,-1\n4,10\n").classes == ["-1", "9", "10"])
    #expect(try read("x,y\n1,10\n2,9\n3,b\n4,10\n").classes == ["10", "9", "b"])
  }

  @Test func regressionHasNumbersAsTarget() throws {
    let dataset = try read("x,y\n1,10.25\n2,-9\n", kind: .regression)
    #expect(dataset.targets == [10.25, -9])
    #expect(dataset.labels.isEmpty && dataset.classes.isEmpty && dataset.groups == nil)
  }

  @Test func packedTablesAreUnpacked() throws {
    let packed = try shippedBytes("digits.csv.gz")
    let file = AuthorFile(name: "mine", path: "Own.CSV.gz", target: "0", group: nil, kind: .classification)
    // The shipped file has no header: its first line serves as one, and 0 occurs twice in it.
    let error = #expect(throws: DataError.self) { try AuthorTable.read(packed, of: file) }
    #expect(error?.message == "two columns are named '0'")
    #expect(error?.place == DataPlace(file: "Own.CSV.gz", line: 1, column: 3))
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    var target = "y"
    var group: String?
    var kind = TargetKind.classification
    let message: String
    var testDescription: String { message.split(separator: "\n")[0].description }
  }

  @Test(arguments: mistakes) func mistakesHaveExactMessages(_ mistake: Mistake) {
    let error = #expect(throws: DataError.self) {
      try read(mistake.text, target: mistake.target, group: mistake.group, kind: mistake.kind)
    }
    #expect(error?.description == mistake.message)
    #expect(error?.kind == .badDataFile)
  }

  @Test func otherFormatsAreRefusedByName() {
    let error = #expect(throws: DataError.self) { try read("", path: "own.parquet") }
    #expect(
      error?.description == """
        'own.parquet' is not a CSV file
        note: an own table is read from .csv, .csv.gz or .npy
        fix: save the table as comma-separated values with a header
        """)
  }

  @Test func otherEncodingsAreRefusedByLine() {
    let file = AuthorFile(name: "mine", path: "own.csv", target: "y", group: nil, kind: .classification)
    let error = #expect(throws: DataError.self) {
      try AuthorTable.read(Array("x,y\n1,a\n2,caf".utf8) + [0xE9, 0x0A], of: file)
    }
    #expect(
      error?.description == """
        'own.csv' is not UTF-8 text
        note: at own.csv:3:1
        fix: save the table as UTF-8
        """)
  }
}
