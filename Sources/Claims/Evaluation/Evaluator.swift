import Experiments
import Statistics

/// Computes expressions on results, with intervals by resampling.
///
/// The draws depend on the units and their levels alone, so that a quantity has the same interval wherever
/// and however a study asks for it, and rewording cannot draw again.
package struct Evaluator: Sendable {
  package let tables: [String: ResultTable]
  /// The schemas of the full document.
  package let schemas: ExpressionScope

  /// Resamples behind every interval and verdict: p-values down to 1/5,000 leave room for a family of a
  /// hundred.
  static let draws = 4_999
  /// Of every stream; what is drawn for what is told apart by its purpose.
  static let seed: UInt64 = 0
  /// The most keys of a series that are resampled, each by itself.
  static let resampledKeys = 200

  package init(tables: [String: ResultTable], schemas: ExpressionScope) {
    self.tables = tables
    self.schemas = schemas
  }

  /// The value of a checked expression.
  ///
  /// - Parameters:
  ///   - restrictions: rows to which every table is restricted, by the text of a column's value; a table that
  ///     lacks the column stays whole.
  ///   - units: the columns whose levels are resampled; those that no table has are ignored.
  /// - Throws: where results are lacking, a restriction names a column of no table, or pairs are not unique.
  package func evaluate(
    _ expression: Expression, restrictedTo restrictions: [(column: String, value: String)] = [],
    units: [String], level: Double = 0.95
  ) throws(EvaluationProblem) -> Estimate {
    try resample(expression.root, restrictedTo: restrictions, units: units, isPaired: true)[0]
      .estimate(level: level)
  }

  /// An expression with its sampling distribution.
  struct Resampled {
    let compiled: Compiler.Compiled
    let statistic: CompiledStatistic
    /// Which of a series' keys it belongs to, as `column = value`; nil for a single number.
    let key: String?
    let value: Double
    /// Nil where nothing can be said of its uncertainty.
    let distribution: SamplingDistribution?
    let flags: [Estimate.Flag]
    let rows: Int
    let readings: [Reading]

    /// Whether it is a fact about the results, such as a count, and not an estimate.
    var isExact: Bool { compiled.regularity == .exact }

    func estimate(level: Double) -> Estimate {
      let ends = distribution?.interval(level)
      return Estimate(
        value: value,
        interval: ends.map { Estimate.Interval(lower: $0.lower, upper: $0.upper, level: level) },
        standardError: distribution?.standardError, method: distribution?.method, rows: rows,
        levels: isExact ? [] : compiled.coding.levels, flags: flags, readings: readings)
    }
  }

  /// One number's distribution, or one for every key of a series.
  func resample(
    _ root: ValueNode, restrictedTo restrictions: [(column: String, value: String)], units: [String],
    isPaired: Bool
  ) throws(EvaluationProblem) -> [Resampled] {
    for restriction in restrictions
    where !root.tables.isEmpty && !root.tables.contains(where: { tables[$0]?[restriction.column] != nil }) {
      throw EvaluationProblem(message: "no table of the expression has the column '\(restriction.column)'")
    }
    let compiler = Compiler(selector: Selector(tables: tables, restrictions: restrictions), scope: schemas)
    let compiled = try compiler.compile(root, units: units, isPaired: isPaired)
    guard compiled.statistics.count <= Self.resampledKeys || compiled.regularity == .exact else {
      throw EvaluationProblem(
        message: "it has \(compiled.statistics.count) keys; at most \(Self.resampledKeys) are resampled")
    }
    let bootstrap = MultiwayBootstrap(design: compiled.coding.design, draws: Self.draws)
    let (rows, readings) = (rowCount(compiled.selections), compiled.selections.map(\.reading))
    return compiled.statistics.enumerated().map { place, statistic in
      statistic.load(compiled.coding.design.ones)
      let value = statistic.value()
      let reason = value.isFinite ? nil : statistic.undefinedReason
      let lost = statistic.undefinedKeys
      let distribution = bootstrap.distribution(
        of: statistic, regularity: compiled.regularity, seed: Self.seed)
      return Resampled(
        compiled: compiled, statistic: statistic, key: compiled.keys?.description(of: place),
        value: value.isFinite ? value : .nan, distribution: distribution,
        flags: flags(compiled, distribution, undefined: reason, lostKeys: lost), rows: rows,
        readings: readings)
    }
  }

  /// Rows read by any of the selections, each once.
  private func rowCount(_ selections: [Selection]) -> Int {
    var isRead: [String: [Bool]] = [:]
    var count = 0
    for selection in selections {
      var read = isRead[selection.table] ?? [Bool](repeating: false, count: tables[selection.table]!.rowCount)
      for row in selection.rows where !read[row] {
        read[row] = true
        count += 1
      }
      isRead[selection.table] = read
    }
    return count
  }

  private func flags(
    _ compiled: Compiler.Compiled, _ distribution: SamplingDistribution?, undefined: String?,
    lostKeys: Int
  ) -> [Estimate.Flag] {
    var flags: [Estimate.Flag] = []
    func add(_ flag: Estimate.Flag) { if !flags.contains(flag) { flags.append(flag) } }
    for selection in compiled.selections where schemas.schema(selection.table)?.isLeaky == true {
      add(.leaky(table: selection.table))
    }
    for selection in compiled.selections where schemas.schema(selection.table)?.isExternal == true {
      add(.external(table: selection.table))
    }
    for selection in compiled.selections {
      if !selection.missing.isEmpty {
        add(.missing(count: selection.missing.count, of: selection.missing.count + selection.rows.count))
      } else if selection.rows.isEmpty, !selection.isCounted {
        add(.noRows)
      }
    }
    let isExplained =
      flags.contains(.noRows) || compiled.selections.contains { $0.rows.isEmpty && !$0.isCounted }
    if let undefined, !isExplained { add(.undefined(undefined)) }
    if compiled.unmatchedKeys > 0 { add(.unmatchedKeys(count: compiled.unmatchedKeys)) }
    if lostKeys > 0 { add(.undefinedKeys(count: lostKeys)) }
    guard compiled.regularity != .exact else { return flags }
    let coding = compiled.coding
    for unit in coding.singleLevelUnits { add(.singleLevel(unit: unit)) }
    for unit in coding.unmatched { add(.unmatchedLevels(unit: unit.unit, count: unit.count)) }
    for unit in coding.design.units where !unit.isNested {
      if let count = unit.smallestPool, count < MultiwayBootstrap.fewLevels {
        add(.fewLevels(unit: unit.name, count: count))
      }
    }
    if case .constant? = distribution?.method { add(.noVariation) }
    if compiled.regularity == .extreme { add(.extreme) }
    return flags
  }
}

extension Selection {
  fileprivate var reading: Reading {
    Reading(table: table, column: column, rows: rows, values: values, missing: missing)
  }
}
