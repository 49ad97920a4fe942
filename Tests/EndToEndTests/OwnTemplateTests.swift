import Foundation
import Testing

/// Templates that a project or a single study puts in place of the tool's.
@Suite struct OwnTemplateTests {
  private let project: Project
  private let tool: Tool
  private let own = "<p id=\"{{anchor}}\">OWN {{verdict}}</p>\n"

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    let study = try Project.fixture("iris.md")
    try project.write(study, to: "studies/first.md")
    try project.write(study, to: "studies/second.md")
    #expect(try tool.run("build", "--profile", "quick", "--output", "output").status == 0)
  }

  private func shows(_ text: String, _ name: String) -> Bool {
    project.read("output/\(name)")!.contains(text)
  }

  @Test func aStudysOwnTemplateChangesItsReportAlone() throws {
    let second = project.read("output/second.html")
    try project.write(own, to: "studies/first/templates/claim.html")
    let built = try tool.run("build", "--profile", "quick", "--output", "output")
    #expect(built.status == 0, "\(built.errors)")
    #expect(shows("OWN ", "first.html") && !shows("OWN ", "first.md"))
    #expect(project.read("output/second.html") == second)
    try project.write(own.replacing("OWN", with: "OTHER"), to: "studies/first/templates/claim.html")
    #expect(try tool.run("build", "--profile", "quick", "--output", "output").status == 0)
    #expect(shows("OTHER ", "first.html"))
    try project.remove("studies/first/templates")
    #expect(try tool.run("build", "--profile", "quick", "--output", "output").status == 0)
    #expect(!shows("OTHER ", "first.html"))
  }

  @Test func aProjectsTemplateChangesAllReportsAndAStudysOwnComesFirst() throws {
    try project.write("{{> mine}}\n", to: "templates/claim.html")
    try project.write(own, to: "templates/mine.html")
    try project.write(own.replacing("OWN", with: "OTHER"), to: "studies/first/templates/mine.html")
    let built = try tool.run("build", "--profile", "quick", "--output", "output")
    #expect(built.status == 0, "\(built.errors)")
    #expect(shows("OTHER ", "first.html") && shows("OWN ", "second.html"))
  }

  @Test func aMistakeIsReportedAtItsPlaceAndNothingIsLost() throws {
    let first = project.read("output/first.html")
    try project.write("<p>{{anchor}}</p>\n<p>{{verdikt}}</p>\n", to: "studies/first/templates/claim.html")
    let built = try tool.run("build", "--profile", "quick", "--output", "output")
    let checked = try tool.run("check")
    for run in [built, checked] {
      #expect(run.status == 2)
      #expect(
        run.errors.contains("studies/first/templates/claim.html:2:4: error: ")
          && run.errors.contains("'verdikt'") && run.errors.contains("write 'verdict'"), "\(run.errors)")
    }
    #expect(checked.errors.components(separatedBy: "'verdikt'").count == 2, "\(checked.errors)")
    #expect(project.read("output/first.html") == first)
  }
}
