import Diagnostics
import Markup

/// Reads the keys of one mapping, each once, and reports those nobody asked for.
struct KeyReader {
  /// What the mapping is, as messages name it: `an experiment`, `tune`.
  let subject: String
  let span: SourceSpan
  private let entries: [YAMLEntry]
  private let known: [String]

  /// - Parameter known: all keys the mapping may have, in the order of the reference page.
  init?(_ node: YAMLNode, subject: String, known: [String], log: inout DiagnosticLog) {
    guard case .mapping(let entries, let span) = node else {
      log.error(
        .wrongType, "\(subject) must be a map of keys, not \(node.kindName)", at: node.span,
        fix: "write its keys, such as '\(known[0]): …'")
      return nil
    }
    self.subject = subject
    self.span = span
    self.entries = entries
    self.known = known
    for entry in entries where !known.contains(entry.key.text) {
      let nearest = nearestName(to: entry.key.text, in: known)
      log.error(
        .unknownKey, "unknown key '\(entry.key.text)' in \(subject)", at: entry.key.span,
        note: "known keys: \(known.joined(separator: ", "))", fix: nearest.map { "write '\($0)'" })
    }
  }

  func callAsFunction(_ key: String) -> YAMLNode? {
    assert(known.contains(key))
    return entries.first { $0.key.text == key }?.value
  }

  /// The value of a key that must be there.
  func required(_ key: String, example: String, log: inout DiagnosticLog) -> YAMLNode? {
    if let value = self(key) { return value }
    guard !isMistyped(key) else { return nil }
    log.error(.missingKey, "\(subject) needs '\(key)'", at: span, fix: "add '\(key): \(example)'")
    return nil
  }

  /// Whether a key was nearly written, which has been reported already.
  func isMistyped(_ key: String) -> Bool {
    entries.contains { !known.contains($0.key.text) && nearestName(to: $0.key.text, in: known) == key }
  }
}
