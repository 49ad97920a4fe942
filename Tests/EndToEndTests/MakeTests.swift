import Driver
import Foundation
import Testing

/// `make`: nothing to do in an unchanged tree, and after an edit just the reports that depend on it.
@Suite struct MakeTests {
  let project: Project
  let tool: Tool

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    for name in ["Makefile", "templates"] {
      try FileManager.default.copyItem(
        atPath: "\(Project.repository)/\(name)", toPath: "\(project.folder)/\(name)")
    }
    try FileManager.default.copyItem(
      atPath: "\(Project.repository)/studies/data", toPath: "\(project.folder)/studies/data")
    try FileManager.default.createDirectory(
      atPath: "\(project.folder)/Sources", withIntermediateDirectories: true)
    let study = try Project.fixture("iris.md")
    try project.write(study, to: "studies/one/iris.md")
    let own = study.replacing(
      "title: A small study of iris",
      with: """
        title: Own data
        data: {mine: {file: own.csv, target: y, kind: classification}}
        """
    ).replacing("data: iris", with: "data: mine")
    try project.write(own, to: "studies/two/own.md")
    try project.write(table(60), to: "studies/two/own.csv")
  }

  private func table(_ rows: Int) -> String {
    "a,b,y\n" + (0..<rows).map { "\($0 % 7),\($0),\($0 % 3)\n" }.joined()
  }

  private func make(_ arguments: String = "") throws -> Tool.Run {
    try tool.shell("make -s ASSAY=\"$ASSAY\" SOURCES= \(arguments)", home: project.folder)
  }

  /// The names of the reports that a run wrote or looked at again.
  private func reports(_ run: Tool.Run) -> [String] {
    run.errors.split(separator: "\n").filter { $0.hasSuffix(" written") || $0.hasSuffix(" unchanged") }
      .map { String($0.split(separator: " ")[0].split(separator: "/").last ?? "") }.sorted()
  }

  @Test func justWhatDependsOnAnEditIsMadeAgain() throws {
    let first = try make()
    #expect(first.status == 0, "\(first.errors)")
    #expect(reports(first) == ["iris.html", "own.html"])
    func expect(_ names: [String], after edit: () throws -> Void) throws {
      try edit()
      let run = try make()
      #expect(run.status == 0 && reports(run) == names, "\(run.errors)")
      let rest = try make()
      #expect(rest.status == 0 && rest.errors.isEmpty, "\(rest.errors)")
    }
    try expect([]) {}
    try expect(["iris.html"]) {
      let study = try #require(project.read("studies/one/iris.md"))
      try project.write(study + "\nMore prose.\n", to: "studies/one/iris.md")
    }
    try expect(["own.html"]) { try project.write(table(63), to: "studies/two/own.csv") }
    try expect(["iris.html", "own.html"]) {
      let page = try #require(project.read("templates/page.html"))
      try project.write(page.replacing("</body>", with: "<!-- ours --></body>"), to: "templates/page.html")
    }
    try expect(["own.html"]) { try project.remove("output/quick/.stamps/two/own.stamp") }
    // A look that is taken back is a change of the ledger.
    try expect(["iris.html"]) { try project.remove("studies/one/iris.ledger") }
    // Touched is not changed: the tool compares contents.
    let touched = try tool.shell("touch studies/one/iris.md studies/data/iris.csv")
    #expect(touched.status == 0)
    let run = try make()
    #expect(reports(run) == [] && run.errors.contains("2 up to date"), "\(run.errors)")
  }

  @Test func makeRunsInParallelAndReportsMistakes() throws {
    let both = try make("-j2 quick studies")
    #expect(both.status == 0, "\(both.errors)")
    #expect(project.read("output/one/iris.html") != nil && project.read("output/quick/one/iris.html") != nil)
    try project.write("no study\n", to: "studies/two/bad.md")
    for _ in 0..<2 {
      let mistaken = try make()
      #expect(mistaken.status == 2)
      #expect(mistaken.errors.contains("studies/two/bad.md:1:1: error"))
    }
    try project.remove("studies/two/bad.md")
    #expect(try make().status == 0)
    #expect(try make().errors.isEmpty)
  }
}
