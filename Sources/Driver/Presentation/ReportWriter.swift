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
  /// Files beside the study that were copied.
  let sources: [String]
}

/// Writes the reports and the index of one profile.
struct ReportWriter {
  private let templates: TemplateFolders
  /// By the folders of their templates.
  private let renderers: [[String]: ReportRenderer]
  private let output: OutputFolder
  private let files: TrialFolder
  private let reporter: any BuildReporter
  private let writesJSON: Bool

  /// Reads all templates, the studies' own too.
  ///
  /// - Parameter files: what trials kept, beside their store.
  init(
    templates: TemplateFolders, studies: [String], output: String, files: TrialFolder,
    reporter: any BuildReporter, writesJSON: Bool
  ) throws {
    var renderers: [[String]: ReportRenderer] = [:]
    for study in [nil] + studies {
      let folders = templates.folders(for: study)
      if renderers[folders] == nil { renderers[folders] = try ReportRenderer(templates: folders) }
    }
    self.renderers = renderers
    self.templates = templates
    self.files = files
    self.output = OutputFolder(path: output)
    self.reporter = reporter
    self.writesJSON = writesJSON
  }

  /// The renderer of a study's report; of the pages over all studies where it is nil.
  private func renderer(_ study: String?) -> ReportRenderer { renderers[templates.folders(for: study)]! }

  /// Writes a study's report in both formats.
  func write(_ outcome: StudyOutcome) throws -> WrittenReport {
    let name = StudyFiles.reportPath(outcome.path)
    let composer = try ReportComposer(outcome, files: files)
    let report = composer.report()
    let renderer = renderer(outcome.path)
    let slug = name.split(separator: "/").last.map(String.init) ?? name
    let isChanged = try output.write(renderer.html(report), to: "\(name).html")
    let twin = renderer.markdown(report, svgFolder: slug)
    try output.write(twin.text, to: "\(name).md")
    for file in twin.files { try output.write(file.svg, to: "\(name)/\(file.name)") }
    reporter.take(.report(path: "\(output.path)/\(name).html", isChanged: isChanged))
    var names = ["\(name).html", "\(name).md"] + twin.files.map { "\(name)/\($0.name)" }
    let linked = LinkedFiles(outcome.study.document, of: outcome.path)
    let theme = name.split(separator: "/").dropLast().joined(separator: "/")
    for (source, path) in zip(linked.names, linked.paths) {
      let target = theme.isEmpty ? source : "\(theme)/\(source)"
      guard !names.contains(target), let bytes = FileManager.default.contents(atPath: path) else { continue }
      try output.write(bytes, to: target)
      names.append(target)
    }
    let findings = composer.findings
    if writesJSON {
      try output.write(composer.json(report), to: "\(name).json")
      names.append("\(name).json")
    }
    return WrittenReport(
      entry: StudyLine(report, outcome, composer.judgements, name: name).entry, findings: findings,
      files: names.map { "\(output.path)/\($0)" }, sources: linked.paths)
  }

  /// The ledger's head in the report that the output folder holds, by the mark `data-ledger-head` of its template.
  func shownHead(of path: String) -> String? {
    guard let page = output.read("\(StudyFiles.reportPath(path)).html"),
      let mark = page.firstRange(of: "data-ledger-head=\"")
    else { return nil }
    return String(page[mark.upperBound...].prefix(64))
  }

  /// Writes the index over the studies of this build and the page of their claims.
  func writeIndex(_ entries: [IndexEntry]) throws {
    let renderer = renderer(nil)
    let charts = ClaimForest.charts(of: entries)
    try output.write(renderer.index(entries), to: "index.html")
    try output.write(renderer.indexMarkdown(entries), to: "index.md")
    try output.write(renderer.claims(entries, charts: charts), to: "claims.html")
    let twin = renderer.claimsMarkdown(entries, charts: charts, svgFolder: "claims")
    try output.write(twin.text, to: "claims.md")
    for file in twin.files { try output.write(file.svg, to: "claims/\(file.name)") }
  }
}
