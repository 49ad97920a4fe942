import Mustache

/// What a template's variable stands for; text is escaped for the format when it is handed to the template.
indirect enum TemplateValue {
  /// Plain text; the empty text counts as absent in sections.
  case text(String)
  /// An identifier or expression, shown as code, in a table's cell or not.
  case code(String, inCell: Bool = false)
  /// Markup of the format that is known to be safe.
  case markup(String)
  case flag(Bool)
  case list([TemplateValue])
  case record([String: TemplateValue])

  static func text(_ text: String?) -> TemplateValue { .text(text ?? "") }

  static func texts(_ texts: [String]) -> TemplateValue { .list(texts.map { .text($0) }) }
}

/// The two languages a report is written in.
package enum ReportFormat: String, CaseIterable, Sendable {
  case html
  case markdown = "md"

  func escaped(_ text: String) -> String {
    switch self {
    case .html: escapedForHTML(text)
    case .markdown: escapedForMarkdown(text)
    }
  }

  /// A relative path of our own.
  func escapedDestination(_ path: String) -> String {
    let encoded = markdownDestination(path)
    return self == .html ? escapedForHTML(encoded) : encoded
  }

  func code(_ text: String, inCell: Bool) -> String {
    switch self {
    case .html: "<code>\(escapedForHTML(text))</code>"
    case .markdown: markdownCode(text, inCell: inCell)
    }
  }
}

extension TemplateValue {
  /// The value as Mustache reads it. Every key of a record must be one that `TemplateVocabulary` documents.
  func object(for format: ReportFormat) -> Any {
    switch self {
    case .text(let text):
      let escaped = format.escaped(text)
      return escaped.isEmpty ? Absent() : escaped
    case .code(let text, let inCell):
      return text.isEmpty ? Absent() : format.code(text, inCell: inCell)
    case .markup(let markup): return markup.isEmpty ? Absent() : markup
    case .flag(let flag): return flag
    case .list(let values): return values.map { $0.object(for: format) } as [Any]
    case .record(let record):
      return record.reduce(into: [String: Any]()) { object, field in
        precondition(TemplateVocabulary.names.contains(field.key), "undocumented variable \(field.key)")
        object[field.key] = field.value.object(for: format)
      }
    }
  }
}

/// Stands for an empty value: prints as nothing, skips its section, and hides an outer variable of its name.
private struct Absent: MustacheCustomRenderable {
  var renderText: String { "" }
  var isNull: Bool { true }
}
