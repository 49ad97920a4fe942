import GRDB
import Glibc

extension StoreError {
  /// The error for what SQLite reported.
  ///
  /// - Parameter finding: SQLite's own check of the file; asked only where the file seems damaged.
  init(_ error: DatabaseError, path: String, finding: () -> String?) {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    // A quota or a limit on the size of files is to SQLite an error like any other.
    let isFull =
      error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
      || (error.extendedResultCode == .SQLITE_IOERR_WRITE && !Self.hasRoom(beside: path))
    if isFull {
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

  /// Whether a file somewhat larger than the store and its log may be written beside them.
  private static func hasRoom(beside path: String) -> Bool {
    let probe = "\(path).probe"
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer {
      close(descriptor)
      unlink(probe)
    }
    let sizes = [path, "\(path)-wal"].map { name in
      var status = stat()
      return stat(name, &status) == 0 ? status.st_size : 0
    }
    return posix_fallocate(descriptor, 0, off_t(sizes.max() ?? 0) + 1 << 20) == 0
  }
}
