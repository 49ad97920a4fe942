import Experiments
import Foundation
import GRDB

extension TrialStore {
  package func outcomes(for keys: [TrialKey], withCurves: Bool) throws -> [TrialKey: StoredTrial] {
    var found: [TrialKey: StoredTrial] = [:]
    found.reserveCapacity(keys.count)
    try forEachRow("SELECT key, outcome, cpu, wall, peak, host FROM trial", keys.map(\.digest)) { row in
      let trial = try storedTrial(row, withCurves: withCurves)
      found[trial.key] = trial
    }
    return found
  }

  package func present(_ keys: [TrialKey]) throws -> Set<TrialKey> {
    var found: Set<TrialKey> = []
    found.reserveCapacity(keys.count)
    try forEachRow("SELECT key FROM trial", keys.map(\.digest)) { found.insert(try key($0)) }
    return found
  }

  package func pastCosts(of shapes: Set<Digest>) throws -> PastCosts {
    var costs = PastCosts()
    try forEachRow(
      "SELECT shape, trials, cpu, wall, bytes FROM cost", shapes.sorted(), column: "shape"
    ) { row in
      guard let shape = digest(row) else {
        throw StoreError.damaged(path: path, finding: "a cost without a shape")
      }
      costs.byShape[shape] = PastCost(trials: row[1], cpuSeconds: row[2], wallSeconds: row[3], bytes: row[4])
    }
    try reading { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT procedure, sum(trials), sum(cpu), sum(wall), sum(bytes) FROM cost GROUP BY procedure"
      )
      while let row = try rows.next() {
        costs.byProcedure[row[0]] = PastCost(
          trials: row[1], cpuSeconds: row[2], wallSeconds: row[3], bytes: row[4])
      }
    }
    return costs
  }

  /// Calls `body` with the key and the canonical specification of every trial of a procedure, in the order in which
  /// they finished.
  package func forEachTrial(of procedure: String, _ body: (TrialKey, [UInt8]) throws -> Void) throws {
    try reading { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT key, specification FROM trial WHERE procedure = ? ORDER BY id",
        arguments: [procedure])
      while let row = try rows.next() {
        try row.withUnsafeData(atIndex: 1) { data in try body(try key(row), [UInt8](data ?? Data())) }
      }
    }
  }

  /// A random name that no other store has, by which a report knows the store it was made from.
  package var name: String {
    get throws { try reading { try String.fetchOne($0, sql: "SELECT name FROM store") } ?? "" }
  }

  /// Calls `body` with the rows of a query whose key is among those.
  private func forEachRow(
    _ query: String, _ keys: [Digest], column: String = "key", _ body: (Row) throws -> Void
  ) throws {
    try reading { db in
      var next = 0
      while next < keys.count {
        // Two prepared statements serve all numbers of keys: a short last chunk repeats its last key.
        let size = keys.count - next >= 256 ? 256 : 16
        let marks = repeatElement("?", count: size).joined(separator: ",")
        let statement = try db.cachedStatement(sql: "\(query) WHERE \(column) IN (\(marks))")
        let chunk = (next..<next + size).map { blob(keys[min($0, keys.count - 1)]) }
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(chunk))
        while let row = try rows.next() { try body(row) }
        next += size
      }
    }
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

  package func failed(matchingPrefix hex: String) throws -> [TrialKey] {
    guard let range = keyRange(prefix: hex) else { return [] }
    return try reading { db in
      try Row.fetchAll(
        db, sql: "SELECT DISTINCT key FROM attempt WHERE key BETWEEN ? AND ? ORDER BY key",
        arguments: [blob(range.lowerBound.digest), blob(range.upperBound.digest)]
      ).map(key)
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

  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingErrors { try database.unsafeRead(body) }
  }

  /// The key that a row begins with.
  func key(_ row: Row) throws -> TrialKey {
    guard let digest = digest(row) else {
      throw StoreError.damaged(path: path, finding: "a trial's key is not a digest")
    }
    return TrialKey(digest)
  }

  private func digest(_ row: Row) -> Digest? {
    (try? row.withUnsafeData(atIndex: 0) { data in Digest(bytes: [UInt8](data ?? Data())) }) ?? nil
  }

  /// The trial of a row that begins with key, outcome, cpu, wall, peak and host.
  private func storedTrial(_ row: Row, withCurves: Bool = true) throws -> StoredTrial {
    let key = try key(row)
    do {
      let outcome = try row.withUnsafeData(atIndex: 1) { data in
        try (data ?? Data()).withUnsafeBytes { bytes in
          try CanonicalReader.read(bytes.assumingMemoryBound(to: UInt8.self)) {
            try $0.outcome(withCurves: withCurves)
          }
        }
      }
      let cost = MeasuredCost(cpuSeconds: row[2], wallSeconds: row[3], peakBytes: row[4], host: row[5])
      return StoredTrial(key: key, outcome: outcome, cost: cost)
    } catch let error as CanonicalReaderError {
      throw StoreError.damaged(
        path: path, finding: "the outcome of trial \(key.digest.short) is unreadable (\(error))")
    }
  }
}

/// A digest as the store keeps it.
func blob(_ digest: Digest) -> DatabaseValue { Data(digest.bytes).databaseValue }
