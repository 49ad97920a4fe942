import Experiments
import GRDB
import Glibc

/// The store on disk: one SQLite file in which every finished trial is found again.
///
/// What `commit` has returned from survives a kill and a power loss (write-ahead log, `synchronous=FULL`). One process
/// writes at a time; others may read meanwhile. The file is readable with any SQLite tool: see `StoreSchema`.
package final class TrialStore: TrialArchive {
  /// The path as messages print it.
  package let path: String
  let database: DatabaseQueue
  private let lock: StoreLock?
  private let identity: FileIdentity?

  /// Opens the store for this process to write, and creates it and its folder where missing.
  ///
  /// It waits while another process writes: `onWait` is then called once. Opening one store twice for writing in one
  /// process waits for ever.
  package convenience init(writingAt path: String, onWait: () -> Void) throws {
    try Self.makeFolder(of: path)
    let lock = try StoreLock(besideStoreAt: path, onWait: onWait)
    let database = try Self.translatingErrors(path) {
      let database = try DatabaseQueue(path: path, configuration: Self.configuration)
      let migrator = StoreSchema.migrator
      try database.writeWithoutTransaction { db in
        if try migrator.hasBeenSuperseded(db) { throw StoreError.newerVersion(path: path) }
        guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
          throw StoreError.unusable(path: path, reason: "its file system allows no write-ahead log")
        }
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // A file that cannot be written is found out now, not after the first trials have run.
        try db.inTransaction(.immediate) { .rollback }
      }
      try migrator.migrate(database)
      return database
    }
    self.init(path: path, database: database, lock: lock)
  }

  /// Opens the store for reading only, beside any writer; nil where there is none yet.
  package static func reading(at path: String) throws -> TrialStore? {
    guard FileIdentity(path: path) != nil else { return nil }
    undoInterruptedMaking(of: path)
    var configuration = configuration
    configuration.readonly = true
    return try translatingErrors(path) {
      let database = try DatabaseQueue(path: readablePath(path), configuration: configuration)
      // One that another process is just making gets its last table in a moment; an older one never does.
      for _ in 0..<100 {
        switch try state(of: database) {
        case .empty: return nil
        case .complete: return TrialStore(path: path, database: database, lock: nil)
        case .newer: throw StoreError.newerVersion(path: path)
        case .incomplete: usleep(10_000)
        }
      }
      throw StoreError.olderVersion(path: path)
    }
  }

  /// Lets SQLite roll back what a process had begun to write when it was killed while it made the store, before there was a
  /// write-ahead log: who may only read cannot, and is refused the file.
  private static func undoInterruptedMaking(of path: String) {
    var journal = stat()
    guard stat(path + "-journal", &journal) == 0, journal.st_size > 0 else { return }
    // Where the file cannot be written either, reading it says so.
    let database = try? DatabaseQueue(path: path, configuration: configuration)
    _ = try? database?.writeWithoutTransaction {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master")
    }
  }

  private enum State { case empty, incomplete, complete, newer }

  /// How far a store has got, all seen at one moment.
  private static func state(of database: DatabaseQueue) throws -> State {
    try database.read { db in
      // The moment begins with the first row read; a table that is asked for in vain reads none.
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
      let migrator = StoreSchema.migrator
      if try migrator.hasBeenSuperseded(db) { return .newer }
      if try migrator.hasCompletedMigrations(db) { return .complete }
      return try migrator.appliedMigrations(db).isEmpty ? .empty : .incomplete
    }
  }

  private init(path: String, database: DatabaseQueue, lock: StoreLock?) {
    self.path = path
    self.database = database
    self.lock = lock
    identity = FileIdentity(path: path)
  }

  /// Throws where the path no longer leads to the file that is open.
  func checkPresence() throws {
    guard FileIdentity(path: path) == identity else { throw StoreError.deleted(path: path) }
  }

  /// Runs `body`; an error of SQLite becomes a `StoreError`.
  func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    try Self.translatingErrors(path, database, body)
  }

  private static func translatingErrors<Value>(
    _ path: String, _ database: DatabaseQueue? = nil, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path) { database.flatMap(firstFinding) }
    }
  }

  /// What SQLite's own check says first, or nil where it cannot run.
  private static func firstFinding(_ database: DatabaseQueue) -> String? {
    try? database.unsafeRead { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "assay store"
    configuration.busyMode = .timeout(5)
    return configuration
  }

  private static func makeFolder(of path: String) throws {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    if folder.isEmpty || mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
    throw StoreError(errno, path: path)
  }

  /// The path itself, or where nothing can be written beside a store at rest, a URI that says so to SQLite.
  private static func readablePath(_ path: String) -> String {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    var log = stat()
    let isAtRest = stat(path + "-wal", &log) != 0 || log.st_size == 0
    guard isAtRest, access(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, W_OK) != 0 else {
      return path
    }
    let escaped = path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"): "%" + String(byte, radix: 16)
      default: String(UnicodeScalar(byte))
      }
    }
    return "file:\(escaped.joined())?immutable=1"
  }
}
