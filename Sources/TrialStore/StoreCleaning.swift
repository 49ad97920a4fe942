import Experiments
import Foundation
import GRDB

/// What the store holds beyond the trials that are wanted.
package struct Waste: Hashable, Sendable {
  /// Finished trials.
  package let keys: [TrialKey]
  /// Bytes of their specifications and outcomes.
  package let bytes: Int
  /// The trials, finished or not, whose failed attempts are not wanted either.
  package let attempted: [TrialKey]
  /// How many attempts these are.
  package let attempts: Int
}

extension TrialStore {
  /// Finds what can be freed.
  ///
  /// - Parameter procedures: finished trials of these stay, wanted or not.
  package func waste(wanted: Set<TrialKey>, keeping procedures: Set<String>) throws -> Waste {
    try reading { db in
      var keys: [TrialKey] = []
      var bytes = 0
      let trials = try Row.fetchCursor(
        db, sql: "SELECT key, procedure, length(specification) + length(outcome) FROM trial ORDER BY key")
      while let row = try trials.next() {
        let key = try key(row)
        if wanted.contains(key) || procedures.contains(row[1]) { continue }
        keys.append(key)
        bytes += row[2]
      }
      var attempted: [TrialKey] = []
      var attempts = 0
      // Of a trial that never finished the procedure is not known: where some stay, all attempts do.
      let rows = try Row.fetchCursor(db, sql: "SELECT key, count(*) FROM attempt GROUP BY key ORDER BY key")
      while procedures.isEmpty, let row = try rows.next() {
        let key = try key(row)
        if wanted.contains(key) { continue }
        attempted.append(key)
        attempts += row[1]
      }
      return Waste(keys: keys, bytes: bytes, attempted: attempted, attempts: attempts)
    }
  }

  /// Frees it and gives the room back to the disk. Selections and looks stay for ever: they are evidence.
  package func free(_ waste: Waste) throws {
    try translatingErrors {
      try database.write { db in
        for (table, keys) in [("trial", waste.keys), ("attempt", waste.attempted)] {
          let statement = try db.makeStatement(sql: "DELETE FROM \(table) WHERE key = ?")
          for key in keys { try statement.execute(arguments: [blob(key.digest)]) }
        }
      }
      try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
    }
    try checkPresence()
  }
}
