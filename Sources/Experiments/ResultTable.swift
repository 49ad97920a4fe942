/// A tidy table of results: one row a trial (or a step of one), named columns of numbers or of labels.
package struct ResultTable: Sendable {
  package enum Column: Sendable {
    /// Numbers; NaN where a row lacks a value.
    case numbers([Double])
    /// Labels as codes into `levels`; −1 where a row lacks a value.
    case labels(codes: [Int32], levels: [String])
  }

  /// The name expressions use: `honest`, `honest.tuning` or `honest.steps`.
  package let name: String
  package let rowCount: Int
  package private(set) var columnNames: [String] = []
  private var columns: [String: Column] = [:]

  package init(name: String, rowCount: Int) {
    self.name = name
    self.rowCount = rowCount
  }

  package subscript(column: String) -> Column? { columns[column] }

  package mutating func add(_ name: String, _ column: Column) {
    switch column {
    case .numbers(let values): precondition(values.count == rowCount)
    case .labels(let codes, _): precondition(codes.count == rowCount)
    }
    if columns.updateValue(column, forKey: name) == nil { columnNames.append(name) }
  }

  /// The value at a row as people read it; empty where missing.
  package func text(_ column: String, row: Int) -> String {
    switch columns[column] {
    case .numbers(let values)?: values[row].isNaN ? "" : numberLabel(values[row])
    case .labels(let codes, let levels)?: codes[row] < 0 ? "" : levels[Int(codes[row])]
    case nil: ""
    }
  }
}

/// What a table will hold, known before anything has run; expressions are checked against it.
package struct TableSchema: Sendable {
  /// What a column is, for checking which columns may be grouped by, resampled or averaged.
  package enum Role: String, Sendable { case factor, hyperparameter, unit, measure, cost, step }

  package struct Column: Sendable {
    package let name: String
    package let role: Role
    /// Whether values are numbers; else labels.
    package let isNumeric: Bool
    /// The values it can take, in the order of the study, as texts; nil where they are open.
    package let levels: [String]?
    /// The numbers a searched hyperparameter can take; nil where they are open.
    package let bounds: ClosedRange<Double>?
    /// Measures: which way is better; nil where neither is, or it is not known.
    package let largerIsBetter: Bool?

    package init(
      name: String, role: Role, isNumeric: Bool, levels: [String]? = nil, bounds: ClosedRange<Double>? = nil,
      largerIsBetter: Bool? = nil
    ) {
      self.name = name
      self.role = role
      self.isNumeric = isNumeric
      self.levels = levels
      self.bounds = bounds
      self.largerIsBetter = largerIsBetter
    }
  }

  package let name: String
  package let columns: [Column]
  /// For a unit whose values mean something only within others (a search within its cell): those other columns.
  package let nestedIn: [String: [String]]
  /// Whether every number from it carries the mark *leaky*.
  package let isLeaky: Bool
  /// Whether its rows come from a file of runs made elsewhere, and every number from it says so.
  package let isExternal: Bool

  package init(
    name: String, columns: [Column], nestedIn: [String: [String]], isLeaky: Bool, isExternal: Bool = false
  ) {
    self.name = name
    self.columns = columns
    self.nestedIn = nestedIn
    self.isLeaky = isLeaky
    self.isExternal = isExternal
  }

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
