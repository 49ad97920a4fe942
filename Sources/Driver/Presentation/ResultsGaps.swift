import Experiments
import Studies

/// What a file of finished runs lacks, by name: measures without a value, and runs that its like have and it has not.
struct ResultsGaps {
  /// Such as `score of method = b, seed = 5`.
  private(set) var withoutValue: [String] = []
  /// Such as `method = b, seed = 5`: a unit that more than half of the combinations of factors have.
  private(set) var absent: [String] = []

  init(_ results: CheckedResults) {
    let table = results.table
    func names(_ role: TableSchema.Role) -> [String] {
      results.schema.columns.filter { $0.role == role }.map(\.name)
    }
    let (factors, units) = (names(.factor), names(.unit))
    func text(_ columns: [String], _ values: [String]) -> String {
      zip(columns, values).map { "\($0) = \($1)" }.joined(separator: ", ")
    }
    var (cells, runs): ([[String]], [[String]]) = ([], [])
    var found: [[String]: Set<[String]>] = [:]
    var counts: [[String]: Int] = [:]
    for row in 0..<table.rowCount {
      let cell = factors.map { table.text($0, row: row) }
      let run = units.map { table.text($0, row: row) }
      for measure in names(.measure) where table.text(measure, row: row).isEmpty {
        withoutValue.append("\(measure) of \(text(factors + units, cell + run))")
      }
      if found[cell] == nil { cells.append(cell) }
      guard found[cell, default: []].insert(run).inserted else { continue }
      if counts[run] == nil { runs.append(run) }
      counts[run, default: 0] += 1
    }
    let usual = runs.filter { 2 * counts[$0]! > cells.count }
    for cell in cells {
      absent += usual.filter { !found[cell]!.contains($0) }.map { text(factors + units, cell + $0) }
    }
  }

  /// How many there are, and the first of them.
  static func text(_ gaps: [String]) -> String {
    let most = 5
    let rest = gaps.count - most
    return NumberText.count(gaps.count) + (gaps.isEmpty ? "" : ": ")
      + gaps.prefix(most).joined(separator: "; ")
      + (rest > 0 ? "; and \(NumberText.count(rest)) more" : "")
  }
}
