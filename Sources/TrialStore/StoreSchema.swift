import GRDB

/// The tables of the store, by the version that brought each, and views for a reader with an SQLite tool:
/// `trials` (a row a trial), `measures` (a row a measure of a trial), `curve_points` and `failures`.
enum StoreSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 trials, attempts, selections and looks") { try $0.execute(sql: first) }
    migrator.registerMigration("2 past costs and the store's own name") { db in
      try db.execute(sql: second)
      try StoreSchema.fillCosts(db)
    }
    return migrator
  }

  /// Sums up what the trials of a store of version 1 have cost.
  private static func fillCosts(_ db: Database) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT procedure, specification, cpu, wall, length(specification) + length(outcome) FROM trial")
    while let row = try rows.next() {
      guard let fields = try? KeyFields(Array((row[1] as String).utf8)) else { continue }
      try PastCost(trials: 1, cpuSeconds: row[2], wallSeconds: row[3], bytes: row[4])
        .insert(shape: fields.shape, procedure: row[0], db)
    }
  }

  /// SQLite keeps the comments inside a statement, so that `.schema` shows them.
  private static let first = """
    CREATE TABLE trial (
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL UNIQUE,     -- SHA-256 of the specification, 32 bytes
      procedure TEXT NOT NULL,
      specification TEXT NOT NULL,  -- canonical JSON: all that the outcome depends on
      outcome TEXT NOT NULL,        -- canonical JSON: cost, curves, measures; 'diverged' with its reason
      cpu REAL NOT NULL,            -- seconds
      wall REAL NOT NULL,           -- seconds
      peak INTEGER NOT NULL,        -- bytes
      host TEXT NOT NULL            -- where it ran
    );

    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL,            -- the trial's key
      sequence INTEGER NOT NULL,    -- from 1 within the trial
      kind TEXT NOT NULL,           -- failed, crashed, timed-out or outgrew
      detail TEXT NOT NULL,         -- the message, the status, or the limit in seconds or bytes
      log TEXT NOT NULL,            -- what the worker wrote to its standard error
      UNIQUE (key, sequence)
    );

    CREATE TABLE frozen (
      id INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,    -- SHA-256 of the search and its selection, 32 bytes
      selection TEXT NOT NULL       -- canonical JSON
    );

    CREATE TABLE look (
      id INTEGER PRIMARY KEY,
      study TEXT NOT NULL,
      line TEXT NOT NULL,           -- as in the study's ledger
      UNIQUE (study, line)
    );

    CREATE VIEW trials AS           -- every finished trial, with its specification in columns
    SELECT lower(hex(key)) AS key, procedure, specification ->> 'seed' AS seed,
      specification -> 'data' AS data, specification -> 'settings' AS settings,
      outcome ->> 'diverged' AS diverged, outcome ->> '$.cost.examples' AS examples,
      outcome ->> '$.cost.flops' AS flops, cpu, wall, peak, host
    FROM trial;

    CREATE VIEW measures AS         -- every measure of every finished trial
    SELECT lower(hex(trial.key)) AS key, procedure, specification ->> 'seed' AS seed,
      measure.key AS measure, measure.value AS value
    FROM trial, json_each(outcome, '$.measures') AS measure;

    CREATE VIEW curve_points AS     -- every step of every curve of every finished trial
    SELECT lower(hex(trial.key)) AS key, procedure, specification ->> 'seed' AS seed,
      curve.value ->> 'name' AS curve, step.value AS step,
      json_extract(curve.value, '$.values[' || step.key || ']') AS value
    FROM trial, json_each(outcome, '$.curves') AS curve, json_each(curve.value, '$.steps') AS step;

    CREATE VIEW failures AS         -- every attempt, and whether the trial has finished since
    SELECT lower(hex(key)) AS key, sequence, kind, detail,
      EXISTS (SELECT 1 FROM trial WHERE trial.key = attempt.key) AS finished_since
    FROM attempt;
    """

  private static let second = """
    CREATE TABLE cost (             -- what trials of a like shape have cost, for forecasts
      id INTEGER PRIMARY KEY,
      shape BLOB NOT NULL UNIQUE,   -- SHA-256 of the specification without seed, revisions and real numbers
      procedure TEXT NOT NULL,
      trials INTEGER NOT NULL,
      cpu REAL NOT NULL,            -- seconds, summed up
      wall REAL NOT NULL,           -- seconds, summed up
      bytes INTEGER NOT NULL        -- of specifications and outcomes, summed up
    );

    CREATE TABLE store (name TEXT NOT NULL);  -- a random name, by which reports know their store
    INSERT INTO store VALUES (lower(hex(randomblob(16))));
    """
}
