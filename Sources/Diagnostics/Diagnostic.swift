/// What is wrong in an author's file, where, why, and what to write instead.
///
/// Messages are lower case without a full stop and quote the author's words; `note` gives the reason, `fix`
/// the remedy. Machine failures are typed errors and programmer errors are preconditions: neither is a
/// diagnostic.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String
  package let span: SourceSpan?
  package let note: String?
  package let fix: String?

  package init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, severity: Severity = .error,
    note: String? = nil, fix: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.note = note
    self.fix = fix
  }
}
