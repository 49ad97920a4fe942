import Charts
import Claims
import Diagnostics
import Experiments
import Foundation
import Markup
import Parts
import Reports
import Studies

/// Any bytes taken for a study: read, checked, and printed in every format.
package enum Fuzzing {
  /// What is wrong with what came out of it, such as a tag that an author's text became; nil where nothing is. A crash
  /// is wrong, too.
  package static func fault(_ bytes: [UInt8]) -> String? {
    var log = DiagnosticLog()
    guard let source = StudyFile.text(bytes, path: "fuzzed.md", log: &log) else { return nil }
    if source.text.hasPrefix("{{") { return templateFault(source) }
    let document = MarkdownReader.read(source, log: &log)
    for expression in document.inlineExpressions {
      _ = Expression.parse(expression.text, at: expression.span, log: &log)
      _ = Proposition.parse(expression.text, at: expression.span, log: &log)
    }
    let reading = StudyReading(
      catalogue: PartCatalogue([]), resolver: NoData(), fingerprint: "none",
      tuner: { name, _ in preconditionFailure("an empty catalogue has no tuner '\(name)'") })
    _ = reading.study(document, profile: "full", log: &log)
    _ = log.sorted.map(\.rendered)
    let report = FuzzedReport(document).report
    let html = renderer.html(report)
    if let fault = PageScan.fault(html) { return fault }
    let twin = renderer.markdown(report, svgFolder: "pictures")
    return twin.files.lazy.compactMap { PageScan.fault($0.svg) }.first
  }

  /// A template that is taken must print.
  private static func templateFault(_ source: SourceText) -> String? {
    let template = SourceText(path: "templates/claim.html", text: source.text)
    let sources = shipped.filter { !$0.path.hasSuffix("/claim.html") } + [template]
    guard let templates = try? TemplateSet(sources, folder: "templates") else { return nil }
    _ = ReportRenderer(templates: templates).html(FuzzedReport.sample)
    return nil
  }

  private static let shipped: [SourceText] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("templates").path
    return TemplateSet.files(in: [folder]).map { path in
      SourceText(path: path, text: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    }
  }()

  private static let renderer: ReportRenderer = {
    guard let templates = try? TemplateSet(shipped, folder: "templates") else {
      preconditionFailure("the shipped templates are not sound")
    }
    return ReportRenderer(templates: templates)
  }()
}

/// There is no data but one file of finished runs.
private final class NoData: DataResolver {
  private let problem = DataProblem(code: .missingFile, message: "there is no data")

  func content(of source: DataSource) throws -> String { throw problem }
  func rowCount(_ reference: DataReference) throws -> Int { throw problem }
  func sharedRows(_ a: DataReference, _ b: DataReference) throws -> Int { throw problem }
  func digest(ofFile path: String) -> Digest? { nil }
  func hasResults(at path: String) -> Bool { true }
  func results(at path: String, log: inout DiagnosticLog) -> SourceText? {
    SourceText(path: path, text: "method,seed,score\na,0,0.5\na,1,0.6\nb,0,0.7\n<b>,1,nan\n")
  }
}
