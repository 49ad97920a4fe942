/// The diagnostics of one pass, each once, in the order of the author's file.
package struct DiagnosticLog: Sendable {
  /// How many are kept: more than anybody reads, few enough that no file can make printing them endless.
  package static let capacity = 500

  private var seen: Set<Diagnostic> = []
  private var entries: [Diagnostic] = []
  package private(set) var hasErrors = false

  package init() {}

  package mutating func add(_ diagnostic: Diagnostic) {
    hasErrors = hasErrors || diagnostic.severity == .error
    if entries.count < Self.capacity, seen.insert(diagnostic).inserted { entries.append(diagnostic) }
  }

  package mutating func error(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, note: String? = nil, fix: String? = nil
  ) {
    add(Diagnostic(code, message, at: span, note: note, fix: fix))
  }

  package mutating func warning(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, note: String? = nil, fix: String? = nil
  ) {
    add(Diagnostic(code, message, at: span, severity: .warning, note: note, fix: fix))
  }

  package mutating func merge(_ other: DiagnosticLog) {
    for diagnostic in other.entries { add(diagnostic) }
    hasErrors = hasErrors || other.hasErrors
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// All diagnostics by path, line and column; those without a place come first.
  package var sorted: [Diagnostic] {
    entries.enumerated().sorted { a, b in
      func key(_ d: Diagnostic) -> (String, Int, Int) {
        (d.span?.source.path ?? "", d.span?.start.line ?? 0, d.span?.start.column ?? 0)
      }
      return key(a.element) == key(b.element) ? a.offset < b.offset : key(a.element) < key(b.element)
    }.map(\.element)
  }
}
