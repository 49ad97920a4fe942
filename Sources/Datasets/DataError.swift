/// Why data cannot be had, ready to become a diagnostic at the place in the study that names them.
///
/// `kind` has the names of the diagnostic codes; message, note and fix follow their style.
package struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    case missingFile = "missing-file"
    case unreadableFile = "unreadable-file"
    /// The bytes are not those they should be: a wrong digest, a truncated archive.
    case corruptedFile = "corrupted-file"
    /// The author's own table breaks a rule of tables.
    case badDataFile = "bad-data-file"
    case badSubset = "bad-subset"
    case unknownData = "unknown-data"
  }

  package let kind: Kind
  package let message: String
  package let note: String?
  package let fix: String?
  /// Where in the data file, which is another file than the study.
  package let place: DataPlace?

  package init(
    _ kind: Kind, _ message: String, note: String? = nil, fix: String? = nil, place: DataPlace? = nil
  ) {
    self.kind = kind
    self.message = message
    self.fix = fix
    self.place = place
    let notes = [place.map { "at \($0.file):\($0.line):\($0.column)" }, note].compactMap { $0 }
    self.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
  }

  package var description: String {
    [message, note.map { "note: \($0)" }, fix.map { "fix: \($0)" }].compactMap { $0 }.joined(separator: "\n")
  }
}

/// A place in a data file: line and column from 1, the column in Unicode scalars.
package struct DataPlace: Hashable, Sendable {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// The author's words as a message quotes them: at most 40 characters, control characters as `·`.
func quoted(_ text: some StringProtocol) -> String {
  var out = String.UnicodeScalarView()
  var rest = text.unicodeScalars[...]
  for scalar in rest.prefix(40) {
    let category = scalar.properties.generalCategory
    let isVisible = category != .control && category != .format && category != .lineSeparator
    out.append(isVisible ? scalar : "·")
  }
  rest = rest.dropFirst(40)
  return "'\(String(out))\(rest.isEmpty ? "" : "…")'"
}
