import Experiments
import Parts
import Randomness

/// Finds the rows that a subset path means.
package struct SubsetResolver {
  private let name: String
  private let dataset: Dataset
  private let groups: () -> RowGroups

  /// - Parameters:
  ///   - groups: gives the data set's groups; asked for only where a path divides into parts.
  ///   - name: the data set's name, for errors.
  package init(_ dataset: Dataset, groups: @escaping () -> RowGroups, name: String) {
    self.dataset = dataset
    self.groups = groups
    self.name = name
  }

  /// The rows after all steps, ascending; each step works on the rows the step before it left.
  package func rows(_ steps: [SubsetStep]) throws(DataError) -> RowSet {
    var rows = Array(0..<Int32(dataset.rows))
    var dataset = dataset
    var base = name
    for step in steps {
      switch step {
      case .classes(let range):
        guard dataset.kind == .classification else { throw .noClasses(step, name) }
        guard range.upperBound < dataset.classes.count else {
          throw .noSuchClass(step, name, dataset.classes.count)
        }
        rows.removeAll { !range.contains(Int(dataset.labels[Int($0)])) }
      case .rows(let range):
        guard range.upperBound < rows.count else { throw .noSuchRow(step, base, rows.count) }
        rows = Array(rows[range])
      case .parts(let wanted, let count):
        let parts = Partition.parts(of: rows, in: dataset, groups: groups(), count: count)
        var isWanted = [Bool](repeating: false, count: count + 1)
        for part in wanted { isWanted[part] = true }
        rows = zip(rows, parts).filter { isWanted[Int($1)] }.map(\.0)
      case .altered(let alteration, let percent):
        dataset = try dataset.altered(alteration, Double(percent) / 100, rows: rows)
      case .folds(let wanted, let count, let seed):
        let folds = Partition.folds(
          of: rows, in: dataset, groups: groups(), count: count, stream: seed.stream("folds"))
        rows = zip(rows, folds).filter { wanted.contains(Int($1)) }.map(\.0)
      case .drawn(let role, let fit, let score, let seed):
        guard fit + score <= rows.count else { throw .tooFewRows(step, base, rows.count) }
        let sides = Partition.draw(
          of: rows, in: dataset, groups: groups(), fit: fit, score: score, stream: seed.stream("draw"))
        rows = zip(rows, sides).filter { $1 == (role == .fit ? 1 : 2) }.map(\.0)
      }
      base += "/\(step.text)"
    }
    return RowSet(dataset: dataset, rows: rows)
  }
}

extension SeedPath {
  /// What divides rows by the seed; other random numbers of the same seed have other purposes.
  fileprivate func stream(_ purpose: String) -> RandomStream {
    RandomStream(seed: UInt64(bitPattern: Int64(seed)), role: pool.rawValue, purpose: purpose)
  }
}

extension DataError {
  fileprivate static func tooFewRows(_ step: SubsetStep, _ base: String, _ count: Int) -> DataError {
    DataError(
      .badSubset, "'\(base)' has \(count) rows, too few for '\(step.text)'", fix: "draw fewer rows")
  }

  fileprivate static func noClasses(_ step: SubsetStep, _ base: String) -> DataError {
    DataError(
      .badSubset, "'\(step.text)' needs classes, and the target of '\(base)' is a number",
      fix: "select by 'rows a-b' or 'part k of n'")
  }

  fileprivate static func noSuchClass(_ step: SubsetStep, _ base: String, _ count: Int) -> DataError {
    DataError(
      .badSubset, "'\(step.text)' reaches past the last class of '\(base)'",
      note: "its classes are numbered 0 to \(count - 1)", fix: "end the range at \(count - 1) or before")
  }

  fileprivate static func noSuchRow(_ step: SubsetStep, _ base: String, _ count: Int) -> DataError {
    DataError(
      .badSubset, "'\(step.text)' reaches past the last row of '\(base)'",
      note: count == 0 ? "it has no rows" : "its rows are numbered 0 to \(count - 1)",
      fix: count == 0 ? nil : "end the range at \(count - 1) or before")
  }
}
