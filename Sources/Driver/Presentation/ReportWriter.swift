import Foundation
import Reports
import TrialStore

/// A report that was written.
struct WrittenReport {
  /// The study's line in the index.
  let entry: IndexEntry
  /// What a strict build must not let pass.
  let findings: [String]
  /// The files it consists of.
  let files: [String]
}

/// Writes the reports and the index of one profile.
struct ReportWriter {
  private let renderer: ReportRenderer
  private let output: OutputFolder
  private let files: TrialFolder
  private let reporter: any BuildReporter
  private let writesJSON: Bool

  /// - Parameter files: what trials kept, beside their store.
  init(home: Home, output: String, files: TrialFolder, reporter: any BuildReporter, writesJSON: Bool) throws {
    renderer = try ReportRenderer(templates: home.templates)
    self.files = files
    self.output = OutputFolder(path: output)
    self.reporter = reporter
    self.writesJSON = writesJSON
  }

  /// Writes a study's report in both formats.
  func write(_ outcome: StudyOutcome) throws -> WrittenReport {
    let name = StudyFiles.reportPath(outcome.path)
    let composer = try ReportComposer(outcome, files: files)
    let report = composer.report()
    let slug = name.split(separator: "/").last.map(String.init) ?? name
    let isChanged = try output.write(renderer.html(report), to: "\(name).html")
    let twin = renderer.markdown(report, svgFolder: slug)
    try output.write(twin.text, to: "\(name).md")
    for file in twin.files { try output.write(file.svg, to: "\(name)/\(file.name)") }
    reporter.take(.report(path: "\(output.path)/\(name).html", isChanged: isChanged))
    var names = ["\(name).html", "\(name).md"] + twin.files.map { "\(name)/\($0.name)" }
    let findings = composer.findings
    if writesJSON {
      try output.write(composer.json(report), to: "\(name).json")
      names.append("\(name).json")
    }
    return WrittenReport(
      entry: entry(report, outcome, name: name), findings: findings,
      files: names.map { "\(output.path)/\($0)" })
  }

  /// The ledger's head in the report that the output folder holds, by the mark `data-ledger-head` of its template.
  func shownHead(of path: String) -> String? {
    guard let page = output.read("\(StudyFiles.reportPath(path)).html"),
      let mark = page.firstRange(of: "data-ledger-head=\"")
    else { return nil }
    return String(page[mark.upperBound...].prefix(64))
  }

  /// Writes the index over the studies of this build.
  func writeIndex(_ entries: [IndexEntry]) throws {
    try output.write(renderer.index(entries), to: "index.html")
    try output.write(renderer.indexMarkdown(entries), to: "index.md")
  }

  private func entry(_ report: Report, _ outcome: StudyOutcome, name: String) -> IndexEntry {
    let verdicts = outcome.study.claims.compactMap { claim -> (name: String, verdict: ClaimView.Verdict)? in
      guard case .claim(let view)? = report.blocks[claim.name] else { return nil }
      return (claim.title ?? claim.name, view.verdict)
    }
    let trials = outcome.results.reduce(0) { sum, results in
      sum + results.evaluations.reduce(0) { $0 + $1.rows.count }
        + results.searches.reduce(0) { $0 + $1.candidates.reduce(0) { $0 + $1.rows.count } }
    }
    let external = outcome.study.results.reduce(0) { $0 + $1.table.rowCount }
    let counts = [(trials, "trial"), (external, "external run")].filter {
      $0.0 > 0 || external == 0 && $0.1 == "trial"
    }
    return IndexEntry(
      theme: name.split(separator: "/").dropLast().first.map(String.init) ?? "studies", title: report.title,
      paper: report.paper, href: "\(name).html", verdicts: verdicts, warnings: report.warnings,
      trials: counts.map { count($0.0, $0.1) }.joined(separator: ", "), profile: report.profile)
  }
}
