import Experiments
import Foundation
import GRDB

extension TrialStore {
  package func outcomes(for keys: [TrialKey]) throws -> [TrialKey: StoredTrial] {
    var found: [TrialKey: StoredTrial] = [:]
    found.reserveCapacity(keys.count)
    try reading { db in
      var next = 0
      while next < keys.count {
        // Two prepared statements serve all numbers of keys: a short last chunk repeats its last key.
        let size = keys.count - next >= 256 ? 256 : 16
        let marks = repeatElement("?", count: size).joined(separator: ",")
        let statement = try db.cachedStatement(
          sql: "SELECT key, outcome, cpu, wall, peak, host FROM trial WHERE key IN (\(marks))")
        let chunk = (next..<next + size).map { blob(keys[min($0, keys.count - 1)].digest) }
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(chunk))
        while let row = try rows.next() {
          let trial = try storedTrial(row)
          found[trial.key] = trial
        }
        next += size
      }
    }
    return found
  }

  package func trials(matchingPrefix hex: String) throws -> [TrialRecord] {
    guard let range = keyRange(prefix: hex) else { return [] }
    return try reading { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, outcome, cpu, wall, peak, host, procedure, specification
          FROM trial WHERE key BETWEEN ? AND ? ORDER BY key
          """,
        arguments: [blob(range.lowerBound.digest), blob(range.upperBound.digest)])
      var records: [TrialRecord] = []
      while let row = try rows.next() {
        records.append(TrialRecord(trial: try storedTrial(row), procedure: row[6], specification: row[7]))
      }
      return records
    }
  }

  package func attempts(for key: TrialKey) throws -> [Attempt] {
    try reading { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT kind, detail, log FROM attempt WHERE key = ? ORDER BY sequence",
        arguments: [blob(key.digest)])
      return try rows.map { row in
        guard let ending = Attempt.Ending(kind: row[0], detail: row[1]) else {
          throw StoreError.damaged(
            path: path, finding: "an attempt at trial \(key.digest.short) is unreadable")
        }
        return Attempt(ending: ending, log: row[2])
      }
    }
  }

  package func frozen(_ hash: Digest) throws -> String? {
    try reading { db in
      try String.fetchOne(db, sql: "SELECT selection FROM frozen WHERE hash = ?", arguments: [blob(hash)])
    }
  }

  package func looks(study: String) throws -> [String] {
    try reading { db in
      try String.fetchAll(db, sql: "SELECT line FROM look WHERE study = ? ORDER BY id", arguments: [study])
    }
  }

  package func counts() throws -> StoreCounts {
    try reading { db in
      func count(_ table: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
      }
      return StoreCounts(
        trials: try count("trial"), attempts: try count("attempt"), frozen: try count("frozen"),
        looks: try count("look"))
    }
  }

  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingErrors { try database.unsafeRead(body) }
  }

  /// The trial of a row that begins with key, outcome, cpu, wall, peak and host.
  private func storedTrial(_ row: Row) throws -> StoredTrial {
    let key = try row.withUnsafeData(atIndex: 0) { data in Digest(bytes: [UInt8](data ?? Data())) }
    guard let key else { throw StoreError.damaged(path: path, finding: "a trial's key is not a digest") }
    do {
      let outcome = try row.withUnsafeData(atIndex: 1) { data in
        try (data ?? Data()).withUnsafeBytes { bytes in
          try CanonicalReader.read(bytes.assumingMemoryBound(to: UInt8.self)) { try $0.outcome() }
        }
      }
      let cost = MeasuredCost(cpuSeconds: row[2], wallSeconds: row[3], peakBytes: row[4], host: row[5])
      return StoredTrial(key: TrialKey(key), outcome: outcome, cost: cost)
    } catch let error as CanonicalReaderError {
      throw StoreError.damaged(
        path: path, finding: "the outcome of trial \(key.short) is unreadable (\(error))")
    }
  }
}

/// A digest as the store keeps it.
func blob(_ digest: Digest) -> DatabaseValue { Data(digest.bytes).databaseValue }
