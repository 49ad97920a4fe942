import Driver
import Foundation
import Testing

/// The author's own table, from the file to the report.
@Suite struct AuthorDataTests {
  private let study = """
    ---
    title: My own data
    data: {mine: {file: own.csv, target: outcome, group: patient, kind: classification}}
    ---

    ```experiment e
    protocol: sweep
    procedure: classifier
    data: mine
    with: {epochs: 2}
    evaluate: {data: {fit: part 1-2 of 3, score: part 3 of 3}, seeds: 0 .. 1}
    measure: accuracy
    ```

    Right in `= mean(e.accuracy) as percent`.
    """

  private func table(_ rows: Int) -> String {
    "height,weight,patient,outcome\n"
      + (0..<rows).map { "\($0 % 17).5,\($0 % 23),p\($0 / 3),\($0 % 2 == 0 ? "ill" : "well")\n" }.joined()
  }

  @Test func worksLikeARegisteredSet() throws {
    let project = try Project()
    try project.write(study, to: "studies/mine.md")
    try project.write(table(60), to: "studies/own.csv")
    #expect(try project.build().trialsRun == 2)
    #expect(try project.build().trialsRun == 0)
    // An edited file is other data.
    try project.write(table(61), to: "studies/own.csv")
    #expect(try project.build().trialsRun == 2)
  }

  @Test func aMissingOrBrokenFileIsAMistakeOfTheStudy() throws {
    let project = try Project()
    try project.write(study, to: "studies/mine.md")
    let tool = Tool(folder: project.folder)
    let missing = try tool.run("build", "studies/mine.md")
    #expect(missing.status == 2)
    #expect(
      missing.errors.contains(
        "studies/mine.md:3:21: error: there is no file 'studies/own.csv' [missing-file]")
    )
    try project.write("height,outcome\n1,ill\n2\n", to: "studies/own.csv")
    let ragged = try tool.run("check", "studies/mine.md")
    #expect(ragged.status == 2)
    #expect(ragged.errors.contains("[bad-data-file]"))
  }
}
