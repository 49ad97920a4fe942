/// Why the store cannot be used, in words that say what to do.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer assay has changed the layout of the file.
  case newerVersion(path: String)
  /// An older assay has made the file, and it is opened for reading only.
  case olderVersion(path: String)
  /// The disk, or the quota on it, is full.
  case diskFull(path: String)
  case readOnly(path: String)
  /// Another program, such as a database browser, keeps a transaction open.
  case locked(path: String)
  /// The file is no longer what was written.
  case damaged(path: String, finding: String)
  /// The file was removed or replaced while it was in use.
  case deleted(path: String)
  /// The system refused for another reason.
  case unusable(path: String, reason: String)

  package var description: String { "\(message)\n   fix: \(fix)" }

  /// What is the matter, in one line.
  package var message: String {
    switch self {
    case .newerVersion(let path): "the store '\(path)' was made by a newer assay"
    case .olderVersion(let path): "the store '\(path)' was made by an older assay"
    case .diskFull(let path): "no room on the disk for the store '\(path)'"
    case .readOnly(let path): "the store '\(path)' cannot be written"
    case .locked(let path): "the store '\(path)' is locked by another program"
    case .damaged(let path, let finding): "the store '\(path)' is damaged: \(Self.line(finding))"
    case .deleted(let path): "the store '\(path)' was removed or replaced while in use"
    case .unusable(let path, let reason): "the store '\(path)' cannot be used: \(reason)"
    }
  }

  /// A finding of SQLite in one line; the first only says in which database it looked.
  private static func line(_ finding: String) -> String {
    let lines = finding.split(separator: "\n").filter { !$0.hasPrefix("*** in database") }
    return lines.first.map(String.init) ?? finding
  }

  /// What to do about it, in one line.
  package var fix: String {
    switch self {
    case .newerVersion: "use that assay, or move the store away and run the trials anew"
    case .olderVersion: "run 'assay build' once, which brings it up to date and keeps its trials"
    case .diskFull: "free some space and build again; every announced trial is kept"
    case .readOnly: "allow writing to the file and its folder, or build in a copy of the project"
    case .locked: "close the program that has the file open and build again"
    case .damaged(let path, _):
      "move the file away and build again to run its trials anew; 'sqlite3 \(path) .recover' may save some"
    case .deleted: "build again; trials that are no longer in the store run anew"
    case .unusable: "see that the disk is healthy and has room, and that the file may be read and written"
    }
  }
}
