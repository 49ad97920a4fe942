import Experiments
import Protocols
import Studies
import TrialStore

/// Builds the tidy tables of an experiment, column by column as its schemas promise them.
enum TidyTables {
  /// The tables, and for each row the key of the trial it comes from.
  ///
  /// - Parameters:
  ///   - wanted: the names of the tables to build; those about items are large, those of `SearchTables` dear, edges seldom wanted.
  ///   - files: where what is about items is kept.
  /// - Throws: `ArtefactError` where it cannot be read.
  static func keyedTables(
    of results: ExperimentResults, wanted: (String) -> Bool, files: TrialFolder
  ) throws -> [(table: ResultTable, keys: [TrialKey])] {
    lazy var findings = results.searches.map(SearchFindings.init)
    return try Schemas.tables(of: results.experiment).filter { wanted($0.name) }.map { schema in
      if SearchTables.isOne(schema.name) { return search(results, findings, schema) }
      if schema.name.hasSuffix(".steps") { return steps(results, schema) }
      if schema.name.hasSuffix(".tuning") { return tuning(results, schema) }
      if schema.name.hasSuffix(".\(SearchTables.promise)") { return promise(results, schema) }
      if EdgeTable.isOne(schema.name) { return edges(results, schema) }
      if schema.name.hasSuffix(".items") { return try items(results, schema, files) }
      return evaluation(results, schema)
    }
  }

  /// What the searches found out; a row's trial is the search's first.
  private static func search(
    _ results: ExperimentResults, _ findings: [SearchFindings], _ schema: TableSchema
  ) -> (ResultTable, [TrialKey]) {
    var rows = RowBuilder(schema)
    for (search, found) in zip(results.searches, findings) {
      guard let first = search.candidates.first?.rows.first else { continue }
      for row in found.rows(ofTable: schema.name) {
        rows.begin(first.key)
        rows.put(search.plan.factors)
        rows.put("search", Double(search.plan.repetition))
        if let seed = search.plan.splitSeed { rows.put(Schemas.outerSeedColumn, Double(seed)) }
        if let name = row.hyperparameter { rows.put([("hyperparameter", .text(name))]) }
        for (name, value) in row.values { rows.put(name, value) }
      }
    }
    return (rows.table, rows.keys)
  }

  /// One finished evaluation trial a row.
  private static func evaluation(_ results: ExperimentResults, _ schema: TableSchema) -> (
    ResultTable, [TrialKey]
  ) {
    var rows = RowBuilder(schema)
    for evaluation in results.evaluations {
      let score = evaluation.frozen.tuningScore
      for row in evaluation.rows {
        rows.begin(row.key)
        rows.put(evaluation.factors)
        rows.put(evaluation.frozen.configuration)
        put(row, repetition: evaluation.search.map { results.searches[$0].plan.repetition }, &rows)
        if let target = results.experiment.plan.cells[evaluation.cell].target {
          rows.put(TimeToResult.timeColumn, target.time(row.outcome))
        }
        if let score, let selection = results.experiment.selection,
          let value = row.outcome.measures[selection.column]
        {
          rows.put("tuning-score", score)
          rows.put("optimism", selection.direction == .min ? value - score : score - value)
        }
      }
    }
    return (rows.table, rows.keys)
  }

  /// What each selection promised by its tuning seeds, beside what an unseen one kept of it.
  private static func promise(_ results: ExperimentResults, _ schema: TableSchema) -> (
    ResultTable, [TrialKey]
  ) {
    var rows = RowBuilder(schema)
    for evaluation in results.evaluations {
      guard let score = evaluation.frozen.tuningScore, let search = evaluation.search,
        let column = results.experiment.selection?.column
      else { continue }
      for row in evaluation.rows {
        guard let value = row.outcome.measures[column] else { continue }
        for (seeds, number) in [(SearchTables.tuningSeeds, score), (SearchTables.unseenSeeds, value)] {
          rows.begin(row.key)
          rows.put(evaluation.factors)
          rows.put("search", Double(results.searches[search].plan.repetition))
          rows.put("seed", Double(row.seed))
          rows.put(label: seeds, as: SearchTables.seeds)
          rows.put(column, number)
        }
      }
    }
    return (rows.table, rows.keys)
  }

  /// One tuning trial a row.
  private static func tuning(_ results: ExperimentResults, _ schema: TableSchema) -> (ResultTable, [TrialKey])
  {
    var rows = RowBuilder(schema)
    let searches = results.searches.map { (plan: $0.plan, candidates: $0.candidates) } + results.unfinished
    for search in searches {
      for (number, candidate) in search.candidates.enumerated() {
        for (split, row) in zip(search.plan.splits, candidate.rows) {
          rows.begin(row.key)
          rows.put(search.plan.factors)
          if let seed = search.plan.splitSeed {
            rows.put(Schemas.outerSeedColumn, Double(seed))
            rows.put(Schemas.innerFoldColumn, Double(split.fold ?? 1))
          }
          rows.put(candidate.suggestion.configuration)
          rows.put("candidate", Double(number))
          rows.put("budget", Double(candidate.suggestion.budget))
          if let member = candidate.suggestion.member {
            let origin = candidate.suggestion.continues.flatMap { search.candidates[$0].suggestion.member }
            rows.put("member", Double(member))
            rows.put("origin", Double(origin ?? member))
          }
          put(row, repetition: search.plan.repetition, &rows)
        }
      }
    }
    return (rows.table, rows.keys)
  }

  /// One step of an evaluation trial's curves a row.
  private static func steps(_ results: ExperimentResults, _ schema: TableSchema) -> (ResultTable, [TrialKey])
  {
    var rows = RowBuilder(schema)
    for evaluation in results.evaluations {
      for row in evaluation.rows {
        let steps = Set(row.outcome.curves.flatMap(\.steps)).sorted()
        var values: [String: [Int: Double]] = [:]
        for curve in row.outcome.curves {
          // A procedure that moves in strides may have looked at the same step twice.
          values[curve.name] = Dictionary(zip(curve.steps, curve.values)) { $1 }
        }
        for step in steps {
          rows.begin(row.key)
          rows.put(evaluation.factors)
          rows.put("seed", Double(row.seed))
          if let search = evaluation.search {
            rows.put("search", Double(results.searches[search].plan.repetition))
          }
          rows.put("step", Double(step))
          for (name, curve) in values { if let value = curve[step] { rows.put(name, value) } }
        }
      }
    }
    return (rows.table, rows.keys)
  }

  /// One item of an evaluation trial a row, with what each kept artefact says of it.
  private static func items(
    _ results: ExperimentResults, _ schema: TableSchema, _ files: TrialFolder
  ) throws -> (ResultTable, [TrialKey]) {
    var rows = RowBuilder(schema)
    let names = results.experiment.itemArtefacts
    for evaluation in results.evaluations {
      for row in evaluation.rows {
        let found = try row.outcome.artefacts.filter { names.contains($0.name) }
          .map { try ArtefactContent(bytes: files.read($0.digest)) }
        var seen: Set<RowDigest> = []
        let items = found.flatMap { $0.items ?? [] }.filter { seen.insert($0).inserted }
        let places = found.map { content -> [RowDigest: Int] in
          Dictionary(uniqueKeysWithValues: (content.items ?? []).enumerated().map { ($1, $0) })
        }
        for item in items {
          rows.begin(row.key)
          rows.put(evaluation.factors)
          rows.put("seed", Double(row.seed))
          if let search = evaluation.search {
            rows.put("search", Double(results.searches[search].plan.repetition))
          }
          rows.put(label: item.hex, as: "item")
          for (content, places) in zip(found, places) {
            guard let place = places[item] else { continue }
            for array in content.arrays { rows.put(array.name, Double(array.values[place])) }
          }
        }
      }
    }
    return (rows.table, rows.keys)
  }

  /// One edge of an evaluation trial's graph a row, with what the trial came to.
  private static func edges(_ results: ExperimentResults, _ schema: TableSchema) -> (ResultTable, [TrialKey])
  {
    var rows = RowBuilder(schema)
    guard let source = results.experiment.graphs else { return (rows.table, rows.keys) }
    for evaluation in results.evaluations {
      guard let level = evaluation.factors.first(where: { $0.name == source.factor })?.level,
        let edges = source.graphs.edges(level.label)
      else { continue }
      for row in evaluation.rows {
        for edge in edges {
          rows.begin(row.key)
          rows.put(evaluation.factors)
          put(row, repetition: evaluation.search.map { results.searches[$0].plan.repetition }, &rows)
          rows.put(label: edge.name, as: EdgeTable.edge)
          rows.put(EdgeTable.from, Double(edge.from))
          rows.put(EdgeTable.to, Double(edge.to))
          rows.put(label: edge.operation, as: EdgeTable.operation)
        }
      }
    }
    return (rows.table, rows.keys)
  }

  private static func put(
    _ row: ExperimentResults.Row, repetition: Int?, _ rows: inout RowBuilder
  ) {
    rows.put("seed", Double(row.seed))
    if let repetition { rows.put("search", Double(repetition)) }
    for (name, value) in row.outcome.measures { rows.put(name, value) }
    rows.put("examples", Double(row.outcome.cost.examples))
    rows.put("flops", Double(row.outcome.cost.flops))
  }
}

/// Fills the columns of a schema row by row; what a row does not put is missing.
private struct RowBuilder {
  private let schema: TableSchema
  private let places: [String: Int]
  private var numbers: [[Double]]
  private var codes: [[Int32]]
  private var levels: [[String]]
  private var levelCodes: [[String: Int32]]
  private var count = 0
  private(set) var keys: [TrialKey] = []

  init(_ schema: TableSchema) {
    self.schema = schema
    places = Dictionary(uniqueKeysWithValues: schema.columns.enumerated().map { ($1.name, $0) })
    numbers = Array(repeating: [], count: schema.columns.count)
    codes = numbers.map { _ in [] }
    levels = schema.columns.map { $0.levels ?? [] }
    levelCodes = levels.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($1, Int32($0)) }) }
  }

  mutating func begin(_ key: TrialKey) {
    count += 1
    keys.append(key)
    for place in schema.columns.indices {
      if schema.columns[place].isNumeric { numbers[place].append(.nan) } else { codes[place].append(-1) }
    }
  }

  mutating func put(_ name: String, _ value: Double) {
    guard let place = places[name], schema.columns[place].isNumeric else { return }
    numbers[place][count - 1] = value
  }

  mutating func put(_ factors: [(name: String, level: Setting)]) {
    for factor in factors { put(factor.name, factor.level) }
  }

  mutating func put(_ settings: Settings) {
    for pair in settings.pairs { put(pair.name, pair.value) }
  }

  private mutating func put(_ name: String, _ value: Setting) {
    guard let place = places[name] else { return }
    if schema.columns[place].isNumeric {
      if let number = value.number { numbers[place][count - 1] = number }
      return
    }
    put(label: value.label, as: name)
  }

  mutating func put(label: String, as name: String) {
    guard let place = places[name] else { return }
    if let code = levelCodes[place][label] {
      codes[place][count - 1] = code
    } else {
      let code = Int32(levels[place].count)
      levels[place].append(label)
      levelCodes[place][label] = code
      codes[place][count - 1] = code
    }
  }

  var table: ResultTable {
    var table = ResultTable(name: schema.name, rowCount: count)
    for (place, column) in schema.columns.enumerated() {
      table.add(
        column.name,
        column.isNumeric ? .numbers(numbers[place]) : .labels(codes: codes[place], levels: levels[place]))
    }
    return table
  }
}
