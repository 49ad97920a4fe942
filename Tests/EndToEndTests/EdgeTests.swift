import Foundation
import Testing

/// `NAME.edges`: what graph each trial's level is, in exports, expressions and pictures.
@Suite struct EdgeTests {
  let project: Project
  let tool: Tool

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    try project.write(try Project.fixture("edges.md"), to: "studies/edges.md")
  }

  private func exported(_ table: String) throws -> [[String: String]] {
    let run = try tool.run("export", "studies/edges.md", table)
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  @Test func aRowStandsForEachEdgeOfEachTrial() throws {
    #expect(try project.build().status == .complete)
    let letters = ["none": "n", "skip": "s", "conv-1x1": "o", "conv-3x3": "c", "average": "a"]
    for (name, cells) in [("trained", 8), ("measured", 8), ("two", 2)] {
      let trials = try exported(name)
      let edges = try exported("\(name).edges")
      #expect(trials.count == 2 * cells && edges.count == 6 * trials.count)
      for trial in trials {
        let own = edges.filter { $0["trial"] == trial["trial"] }
        // Edges in the order of a level's letters, which are their operations.
        #expect(own.map { $0["edge"] } == ["0→1", "0→2", "1→2", "0→3", "1→3", "2→3"])
        #expect(own.allSatisfy { $0["edge"] == "\($0["from"]!)→\($0["to"]!)" })
        #expect(own.map { letters[$0["operation"]!]! }.joined() == trial["architecture"])
        for column in ["architecture", "seed", "accuracy"] {
          #expect(own.allSatisfy { $0[column] == trial[column] }, "\(column)")
        }
      }
    }
  }

  @Test func theStatisticAndThePictureReadIt() throws {
    #expect(try project.build().status == .complete)
    let report = try #require(project.read("output/edges.md"))
    // ω² of the exported rows by its definition.
    let rows = try exported("measured.edges").filter { $0["edge"] == "2→3" }
    let groups = Dictionary(grouping: rows) { $0["operation"]! }.mapValues {
      $0.map { Double($0["accuracy"]!)! }
    }
    func squares(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let (total, within) = (squares(groups.values.flatMap { $0 }), groups.values.map(squares).reduce(0, +))
    let error = within / Double(rows.count - groups.count)
    let omega = (total - within - Double(groups.count - 1) * error) / (total + error)
    let shown = try #require(report.firstMatch(of: /ω² = \[([−0-9.]+)\]/)?.1.replacing("−", with: "-"))
    #expect(abs(try #require(Double(shown)) - omega) < 0.01, "\(shown), \(omega)")
    let page = try #require(project.read("output/edges.html"))
    // Eight graphs, of which the three with the least and the three with the greatest loss are drawn.
    #expect(page.contains("rank 1 has the smallest") && page.contains("of 8 graphs"))
  }

  @Test func theTableExistsOnlyWhereLevelsAreGraphs() throws {
    let text = try Project.fixture("edges.md").replacing(
      "{from: cell-nas, count: 8}", with: "[anccca, coscao]"
    )
    .replacing("vary: {architecture: [", with: "vary: {with.model.cell-nas.cell: [")
    .replacing("match: [architecture]", with: "match: [with.model.cell-nas.cell]")
    try project.write(text, to: "studies/edges.md")
    let checked = try tool.run("check")
    #expect(checked.status == 2)
    #expect(checked.errors.contains("'measured' gives no table 'measured.edges'"), "\(checked.errors)")
    let fix =
      "fix: let 'measured' vary a factor whose levels are graphs, such as '{from: cell-nas, count: 20}'"
    #expect(checked.errors.contains(fix), "\(checked.errors)")
  }
}
