import Experiments
import Testing

/// The text of a subset path: what it means, and the place and words of every mistake.
struct SubsetPathTests {
  @Test(arguments: [
    ("digits", SubsetPath(set: "digits", steps: [])),
    ("digits/classes 0-4", SubsetPath(set: "digits", steps: [.classes(0...4)])),
    ("letter/rows 0-15999", SubsetPath(set: "letter", steps: [.rows(0...15999)])),
    ("digits/part 1-3 of 5", SubsetPath(set: "digits", steps: [.parts([1, 2, 3], of: 5)])),
    ("digits/part 1+3-5 of 5", SubsetPath(set: "digits", steps: [.parts([1, 3, 4, 5], of: 5)])),
    (
      "digits/part 1 of 8/part 2-3 of 5",
      SubsetPath(set: "digits", steps: [.parts([1], of: 8), .parts([2, 3], of: 5)])
    ),
    (
      "digits / classes 3 /  part 5  of 5 ",
      SubsetPath(set: "digits", steps: [.classes(3...3), .parts([5], of: 5)])
    ),
    ("part 1-3 of 5", SubsetPath(set: nil, steps: [.parts([1, 2, 3], of: 5)])),
    ("rows 5-9/classes 0-0", SubsetPath(set: nil, steps: [.rows(5...9), .classes(0...0)])),
    ("part-time/part 1 of 1", SubsetPath(set: "part-time", steps: [.parts([1], of: 1)])),
    (
      "digits/part 5 of 5/noise 30%",
      SubsetPath(set: "digits", steps: [.parts([5], of: 5), .altered(.noise, percent: 30)])
    ),
    ("scramble 100%", SubsetPath(set: nil, steps: [.altered(.scramble, percent: 100)])),
    ("digits/part 1000 of 1000", SubsetPath(set: "digits", steps: [.parts([1000], of: 1000)])),
  ]) func pathsAreRead(_ text: String, _ expected: SubsetPath) throws {
    let path = try SubsetPath.parse(text)
    #expect(path == expected)
    #expect(try SubsetPath.parse(path.text) == path)
  }

  /// The marks under each text show which scalars the message points at.
  @Test(arguments: [
    ("", "^", "a data set's name or a step is missing", "write a subset such as 'digits/part 1-4 of 5'"),
    (
      "digits/", "       ^", "'' is not a step of a subset",
      "write a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'"
    ),
    (
      "digits/prat 1 of 5", "       ~~~~~~~~~~~", "'prat 1 of 5' is not a step of a subset",
      "write a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'"
    ),
    (
      "digits/iris", "       ~~~~", "'iris' is not a step of a subset",
      "write a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'"
    ),
    (
      "prat 1 of 5", "~~~~~~~~~~~", "'prat 1 of 5' is neither a data set nor a step",
      "write a name such as 'digits', or a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'"
    ),
    (
      "a/noise 30", "  ~~~~~~~~", "'noise 30' does not say how much in percent",
      "write a strength from 0% to 100%, such as 'noise 30%'"
    ),
    (
      "a/blur 101%", "       ~~~", "101 is too large", "write a strength from 0% to 100%, such as 'blur 30%'"
    ),
    (
      "a/fade much%", "       ~~~~", "'much' is not a whole number",
      "write a strength from 0% to 100%, such as 'fade 30%'"
    ),
    ("a/part", "  ~~~~", "'part' does not say which parts of how many", "write it as 'part 1-4 of 5'"),
    ("a/part 1", "  ~~~~~~", "'part 1' does not say which parts of how many", "write it as 'part 1-4 of 5'"),
    (
      "a/part 1 in 5", "  ~~~~~~~~~~~", "'part 1 in 5' does not say which parts of how many",
      "write it as 'part 1-4 of 5'"
    ),
    ("é/part 6 of 5", "       ~", "there is no part 6 of 5", "parts are numbered 1 to 5"),
    ("a/part 1+4-9 of 5", "         ~~~", "there is no part 9 of 5", "parts are numbered 1 to 5"),
    ("a/part 0 of 5", "       ~", "there is no part 0 of 5", "parts are numbered 1 to 5"),
    (
      "a/part 1 of 0", "            ~", "there is no partition into 0 parts",
      "write a number of parts from 1 to 1000"
    ),
    ("a/part 1 of 1001", "            ~~~~", "1001 is too large", "write a number of parts from 1 to 1000"),
    (
      "a/part 1 of five", "            ~~~~", "'five' is not a whole number",
      "write a number of parts from 1 to 1000"
    ),
    ("a/part 3+1 of 5", "       ~~~", "the parts '3+1' do not ascend", "write 'part 1+3 of 5'"),
    ("a/part 1-3+3 of 5", "       ~~~~~", "the parts '1-3+3' do not ascend", "write 'part 1+2+3 of 5'"),
    ("a/part 3-1 of 5", "       ~~~", "the range '3-1' runs backwards", "write '1-3'"),
    ("a/part 1+ of 5", "         ^", "'' is not a range of parts", "write a range such as '1-3'"),
    ("a/part 1- of 5", "       ~~", "'1-' is not a whole number or a range", "write a range such as '1-3'"),
    (
      "a/part 1,2 of 5", "       ~~~", "'1,2' is not a whole number or a range", "write a range such as '1-3'"
    ),
    ("a/classes", "  ~~~~~~~", "'classes' is not a range of classes", "write it as 'classes 0-4'"),
    ("a/rows 0 - 4", "  ~~~~~~~~~~", "'rows 0 - 4' is not a range of rows", "write it as 'rows 0-4'"),
    ("a/rows 9-2", "       ~~~", "the range '9-2' runs backwards", "write '2-9'"),
    ("a/rows 1-2-3", "       ~~~~~", "'1-2-3' is not a range of rows", "write a range such as '0-4'"),
    ("a/rows -1-4", "       ~~~~", "'-1-4' is not a range of rows", "write a range such as '0-4'"),
    (
      "a/rows 0-99999999999999999999", "         ~~~~~~~~~~~~~~~~~~~~", "99999999999999999999 is too large",
      "write a range such as '0-4'"
    ),
    ("a/rows ٣-٤", "       ~~~", "'٣-٤' is not a whole number or a range", "write a range such as '0-4'"),
  ]) func mistakesAreShownAtTheirPlace(_ text: String, _ marks: String, _ message: String, _ fix: String) {
    let error = #expect(throws: SubsetPathError.self) { try SubsetPath.parse(text) }
    #expect(error?.message == message)
    #expect(error?.fix == fix)
    let blanks = marks.prefix { $0 == " " }.count
    #expect(error?.offset == blanks)
    #expect(error?.length == marks.count - blanks)
  }

  @Test func hugePathsEndInAnError() {
    #expect(throws: SubsetPathError.self) {
      try SubsetPath.parse(
        "a/part " + Array(repeating: "1-1000", count: 10_000).joined(separator: "+") + " of 1000")
    }
  }
}
