import Datasets
import Experiments
import Parts
import Testing

/// What the steps of a subset path select, and what they refuse.
struct SubsetTests {
  private let library = DataLibrary(folder: shippedFolder)

  @Test func classesAndRowsSelectByPosition() throws {
    #expect(try library.rows("iris/classes 1-2").rows == Array(50..<150))
    #expect(try library.rows("iris/rows 10-12").rows == [10, 11, 12])
    #expect(try library.rows("iris/classes 1-1/rows 10-12").rows == [60, 61, 62])
    #expect(try library.rows("letter/rows 0-15999").rows.count == 16_000)
    #expect(try library.rows("iris/classes 0-0/classes 1-1").rows.isEmpty)
  }

  @Test func partsDivideTheSubsetBeforeThem() throws {
    let eighth = try library.rows("digits/part 1 of 8")
    let fifths = try (1...5).map { try library.rows("digits/part 1 of 8/part \($0) of 5").rows }
    #expect(fifths.flatMap { $0 }.sorted() == eighth.rows)
    let sizes = fifths.map(\.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
    #expect(
      try library.rows("digits/part 1 of 8/part 1-3 of 5").rows
        == (fifths[0] + fifths[1] + fifths[2]).sorted())
  }

  @Test func tooManyPartsLeaveSomeEmpty() throws {
    #expect(try library.rows("iris/rows 0-2/part 4 of 5").rows.isEmpty)
    #expect(try library.rows("iris/rows 0-2/part 1-3 of 5").rows == [0, 1, 2])
  }

  @Test(arguments: [
    (
      "iris/classes 1-3",
      """
      'classes 1-3' reaches past the last class of 'iris'
      note: its classes are numbered 0 to 2
      fix: end the range at 2 or before
      """
    ),
    (
      "diabetes/classes 0-1",
      """
      'classes 0-1' needs classes, and the target of 'diabetes' is a number
      fix: select by 'rows a-b' or 'part k of n'
      """
    ),
    (
      "iris/rows 100-150",
      """
      'rows 100-150' reaches past the last row of 'iris'
      note: its rows are numbered 0 to 149
      fix: end the range at 149 or before
      """
    ),
    (
      "iris/classes 0-0/rows 0-50",
      """
      'rows 0-50' reaches past the last row of 'iris/classes 0-0'
      note: its rows are numbered 0 to 49
      fix: end the range at 49 or before
      """
    ),
    (
      "iris/classes 0-0/classes 1-1/rows 0-0",
      """
      'rows 0-0' reaches past the last row of 'iris/classes 0-0/classes 1-1'
      note: it has no rows
      """
    ),
  ]) func rangesEndWithTheData(_ path: String, _ message: String) throws {
    let error = #expect(throws: DataError.self) { try library.rows(path) }
    #expect(error?.description == message)
    #expect(error?.kind == .badSubset)
  }
}
