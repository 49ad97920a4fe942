import Diagnostics
import Foundation
import Mustache

/// The templates reports are printed from: logic-less Mustache for both formats, and a style sheet.
///
/// `claim.html` and `claim.md` are the templates, and the partials, named `claim` of the two formats. All
/// mistakes are found when the set is made, so that printing cannot fail.
package struct TemplateSet: Sendable {
  /// The mistakes found in a set of templates.
  package struct Invalid: Error {
    package let diagnostics: [Diagnostic]
  }

  /// Names every set must hold in both formats.
  package static let required = [
    "chart", "claim", "claims", "experiment", "index", "page", "table", "unavailable",
  ]

  /// Paths of the files read, in order: what a report depends on.
  package let files: [String]
  let style: String
  private let libraries: [ReportFormat: MustacheLibrary]

  /// Reads the folders' `*.html` and `*.md` (not their README.md) and `style.css`; a file replaces those of its name in
  /// the folders before its own.
  package init(folders: [String]) throws(Invalid) {
    let sources = Self.files(in: folders).compactMap { path -> SourceText? in
      FileManager.default.contents(atPath: path).map {
        SourceText(path: path, text: String(decoding: $0, as: UTF8.self))
      }
    }
    try self.init(sources, folder: folders.first ?? "")
  }

  /// The files that count among those of the folders, by name.
  package static func files(in folders: [String]) -> [String] {
    var paths: [String: String] = [:]
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      where isTemplate(name) {
        paths[name] = "\(folder)/\(name)"
      }
    }
    return paths.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Takes templates from memory; each path's last component names it.
  package init(_ sources: [SourceText], folder: String) throws(Invalid) {
    var log = DiagnosticLog()
    var libraries: [ReportFormat: MustacheLibrary] = [:]
    for format in ReportFormat.allCases {
      let own = sources.filter { $0.path.hasSuffix("." + format.rawValue) }
      libraries[format] = Self.library(of: own, format: format, folder: folder, log: &log)
    }
    let style = sources.first { Self.name($0.path) == "style.css" }
    if style == nil { Self.reportMissing("style.css", folder: folder, log: &log) }
    guard log.isEmpty else { throw Invalid(diagnostics: log.sorted) }
    files = sources.map(\.path)
    self.style = style!.text
    self.libraries = libraries
  }

  /// Prints a record with one of the required templates.
  func render(_ name: String, _ record: [String: TemplateValue], as format: ReportFormat) -> String {
    let object = TemplateValue.record(record).object(for: format)
    guard let text = libraries[format]!.render(object, withTemplate: name) else {
      preconditionFailure("no template \(name).\(format.rawValue)")
    }
    return text
  }

  private static func library(
    of sources: [SourceText], format: ReportFormat, folder: String, log: inout DiagnosticLog
  ) -> MustacheLibrary {
    var library = MustacheLibrary()
    let names = sources.map { String(name($0.path).dropLast(format.rawValue.count + 1)) }
    for wanted in required where !names.contains(wanted) {
      reportMissing("\(wanted).\(format.rawValue)", folder: folder, log: &log)
    }
    var check = TemplateCheck(names: names)
    for (name, source) in zip(names, sources) {
      check.read(source, named: name, log: &log)
      // Values arrive escaped, by us and scalar by scalar; Mustache's own HTML escaping looks at whole
      // characters.
      guard let template = try? MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + source.text) else {
        if !log.hasErrors {
          log.error(.badTemplate, "'\(name)' cannot be read as Mustache", at: source.span(ofLine: 1))
        }
        continue
      }
      library.register(template, named: name)
    }
    check.findCycles(log: &log)
    return library
  }

  private static func reportMissing(_ file: String, folder: String, log: inout DiagnosticLog) {
    log.error(
      .badTemplate, "the folder '\(folder)' lacks the template '\(file)'", at: nil,
      fix: "copy it from the templates that come with the tool")
  }

  private static func isTemplate(_ name: String) -> Bool {
    name == "style.css" || name.hasSuffix(".html") || name.hasSuffix(".md") && name != "README.md"
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
