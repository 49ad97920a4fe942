import Diagnostics
import Experiments
import Markup

/// What checking a study needs to know of data, without reaching the data sets themselves.
package protocol DataResolver: AnyObject {
  /// The identity of a source's content, for `DataReference.content`. Throws `DataProblem`.
  func content(of source: DataSource) throws -> String
  /// How many rows a subset has. Throws `DataProblem`.
  func rowCount(_ reference: DataReference) throws -> Int
  /// How many rows of `a` have the features of some row of `b`. Throws `DataProblem`.
  func sharedRows(_ a: DataReference, _ b: DataReference) throws -> Int
  /// The digest of a file's bytes; nil where there is no such file.
  func digest(ofFile path: String) -> Digest?
  /// Whether there is a file of finished runs.
  func hasResults(at path: String) -> Bool
  /// The text of a file of finished runs, or nil with what is wrong with it in the log.
  func results(at path: String, log: inout DiagnosticLog) -> SourceText?
}

/// Why data cannot be had, ready to be shown at the place in the study that names them.
package struct DataProblem: Error, Sendable {
  package let code: DiagnosticCode
  package let message: String
  package let note: String?
  package let fix: String?

  package init(code: DiagnosticCode, message: String, note: String? = nil, fix: String? = nil) {
    self.code = code
    self.message = message
    self.note = note
    self.fix = fix
  }
}
