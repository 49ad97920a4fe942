import GRDB

extension StoreError {
  /// The error for what SQLite reported.
  ///
  /// - Parameter finding: SQLite's own check of the file; asked only where the file seems damaged.
  init(_ error: DatabaseError, path: String, finding: () -> String?) {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
      self = .diskFull(path: path)
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      let found = finding() ?? reason
      self = .damaged(path: path, finding: found == "ok" ? reason : found)
    default: self = .unusable(path: path, reason: reason)
    }
  }
}
