import Experiments
import GRDB

extension TrialStore {
  package func commit(_ batch: StoreBatch) throws {
    if batch.isEmpty { return }
    try translatingErrors {
      try database.write { db in
        try insert(batch.trials, db)
        try insert(batch.attempts, db)
        try insert(batch.frozen, db)
        try insert(batch.looks, db)
      }
    }
    try checkPresence()
  }

  private func insert(_ trials: [FinishedTrial], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO trial (key, procedure, specification, outcome, cpu, wall, peak, host)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
        """)
    var costs: [Digest: (procedure: String, cost: PastCost)] = [:]
    for trial in trials {
      if trial.replaces {
        try db.cachedStatement(sql: "DELETE FROM trial WHERE key = ?").execute(arguments: [
          blob(trial.key.digest)
        ])
      }
      let specification = trial.specification.canonicalForm
      let outcome = trial.outcome.canonicalForm
      try statement.execute(arguments: [
        blob(trial.key.digest), trial.specification.procedure,
        String(decoding: specification, as: UTF8.self), String(decoding: outcome, as: UTF8.self),
        trial.cost.cpuSeconds, trial.cost.wallSeconds, trial.cost.peakBytes, trial.cost.host,
      ])
      if db.changesCount == 0 { continue }
      let (shape, cost) = trial.pastCost(specification: specification, outcome: outcome)
      let procedure = trial.specification.procedure
      costs[shape] = (procedure, costs[shape].map { $0.cost + cost } ?? cost)
    }
    for (shape, entry) in costs.sorted(by: { $0.key < $1.key }) {
      try entry.cost.insert(shape: shape, procedure: entry.procedure, db)
    }
  }

  private func insert(_ attempts: [FailedTrial], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO attempt (key, sequence, kind, detail, log)
        SELECT ?1, 1 + count(*), ?2, ?3, ?4 FROM attempt WHERE key = ?1
        """)
    for failed in attempts {
      let ending = failed.attempt.ending
      try statement.execute(arguments: [
        blob(failed.key.digest), ending.kind, ending.detail, failed.attempt.log,
      ])
    }
  }

  private func insert(_ records: [FrozenRecord], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO frozen (hash, selection) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING")
    for record in records { try statement.execute(arguments: [blob(record.hash), record.text]) }
  }

  private func insert(_ looks: [LookRecord], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO look (study, line) VALUES (?, ?) ON CONFLICT (study, line) DO NOTHING")
    for look in looks { try statement.execute(arguments: [look.study, look.line]) }
  }
}

extension PastCost {
  /// Adds the cost to the sums of its shape.
  func insert(shape: Digest, procedure: String, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO cost (shape, procedure, trials, cpu, wall, bytes) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (shape) DO UPDATE SET trials = trials + excluded.trials, cpu = cpu + excluded.cpu,
          wall = wall + excluded.wall, bytes = bytes + excluded.bytes
        """
    ).execute(arguments: [blob(shape), procedure, trials, cpuSeconds, wallSeconds, bytes])
  }
}
