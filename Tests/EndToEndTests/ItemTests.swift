import Foundation
import Testing

/// `NAME.items`: what was predicted of each row, in expressions, tables, charts, claims and exports.
@Suite struct ItemTests {
  let project: Project
  let tool: Tool

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    try project.write(try Project.fixture("items.md"), to: "studies/items.md")
  }

  private func exported(_ table: String) throws -> [[String]] {
    let run = try tool.run("export", "studies/items.md", table)
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func aRowStandsForEachScoredRowOfEachTrial() throws {
    #expect(try project.build().status == .complete)
    let items = try exported("fitted.items")
    #expect(
      items[0] == [
        "model", "seed", "item", "label", "predicted", "correct", "confidence", "truth-probability", "trial",
      ])
    let trials = try exported("fitted")
    let accuracy = try #require(trials[0].firstIndex(of: "accuracy"))
    let rows = try #require(trials[0].firstIndex(of: "score-rows"))
    for trial in trials.dropFirst() {
      let own = items.filter { $0.last == trial.last }
      #expect(own.count == Int(trial[rows]))
      #expect(Set(own.map { $0[2] }).count == own.count)
      let correct = own.count { $0[5] == "1" }
      #expect(Double(trial[accuracy]) == Double(correct) / Double(own.count))
      #expect(own.allSatisfy { ($0[3] == $0[4]) == ($0[5] == "1") && Double($0[6])! >= Double($0[7])! })
    }
    // The same rows are scored in every trial, under the same ids.
    #expect(Set(items.dropFirst().map { $0[2] }).count == Int(trials[1][rows]))
  }

  @Test func reportsShowItems() throws {
    #expect(try project.build().status == .complete)
    let report = try #require(project.read("output/items.md"))
    #expect(report.contains("Values with 95 % intervals over item."))
    // The mean over rows is the mean over runs, which score as many rows each.
    func value(_ number: Int) -> Substring? {
      report.firstRange(of: "](#value-\(number))").map { end in
        report[..<end.lowerBound].split(separator: "[").last!
      }
    }
    #expect(value(1) != nil && value(1) == value(2))
  }

  @Test(arguments: [false, true])
  func whatAReportShowsIsMadeAgainWhereItIsLost(isDamaged: Bool) throws {
    #expect(try project.build().trialsRun == 6)
    let before = project.output()
    let folder = project.folder + "/.assay/blobs"
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init()
    where name.count > 60 {
      if isDamaged {
        try Data("other".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      } else {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
    let lost = try tool.run("export", "studies/items.md", "fitted.items")
    #expect(lost.status == 2)
    let fix = "run 'assay build studies/items.md', which makes it again"
    #expect(lost.errors.contains(fix), "\(lost.errors)")
    // Prose alone changes, so that the report has to be made.
    try project.write(try Project.fixture("items.md") + "\nMore.\n", to: "studies/items.md")
    #expect(try project.build().trialsRun == 6)
    try project.write(try Project.fixture("items.md"), to: "studies/items.md")
    #expect(try project.build().trialsRun == 0)
    #expect(project.changes(since: before) == [])
  }

  @Test func theTableExistsOnlyWhereItsRowsAreKept() throws {
    let text = try Project.fixture("items.md").replacing("keep: [predictions]\n", with: "")
    try project.write(text, to: "studies/items.md")
    let checked = try tool.run("check")
    #expect(checked.status == 2)
    #expect(checked.errors.contains("'fitted' gives no table 'fitted.items'"), "\(checked.errors)")
    let fix = "fix: let 'fitted' keep what is about items, such as 'keep: [predictions]'"
    #expect(checked.errors.contains(fix), "\(checked.errors)")
  }
}
