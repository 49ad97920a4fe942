/// Rows that share what they are grouped by, with a row that stands for them.
struct RowGroup {
  /// Has the group's names and, where asked for, its position; no numbers.
  let prototype: ChartRow
  /// Among all rows.
  fileprivate(set) var indices: [Int] = []
  private let all: [ChartRow]

  fileprivate init(prototype: ChartRow, of all: [ChartRow]) {
    self.prototype = prototype
    self.all = all
  }

  var rows: [ChartRow] { indices.map { all[$0] } }

  /// The finite numbers of one axis.
  func numbers(_ axis: KeyPath<ChartRow, ChartValue?>) -> [Double] {
    indices.compactMap { all[$0][keyPath: axis]?.drawable }
  }

  /// Rows with a finite number on both axes.
  var points: [(x: Double, y: Double)] {
    indices.compactMap { index in
      guard let x = all[index].x?.drawable, let y = all[index].y?.drawable else { return nil }
      return (x, y)
    }
  }
}

extension ChartValue {
  /// The number, where it is finite.
  fileprivate var drawable: Double? {
    guard case .number(let number) = self, number.isDrawable else { return nil }
    return number
  }
}

extension [ChartRow] {
  /// The rows by series, shape and panel, and by the category on one axis where a key is given, in the order
  /// in which groups come.
  func grouped(by category: WritableKeyPath<ChartRow, ChartValue?>? = nil) -> [RowGroup] {
    var groups: [RowGroup] = []
    var places: [GroupKey: Int] = [:]
    var last = -1
    let axis = CategoryAxis(category)
    for (index, row) in enumerated() {
      // Rows of one group mostly follow each other.
      if last >= 0, Self.belongs(row, to: groups[last].prototype, axis) {
        groups[last].indices.append(index)
        continue
      }
      // A few groups that alternate are found without hashing their names.
      if let near = groups.indices.prefix(6).first(where: {
        Self.belongs(row, to: groups[$0].prototype, axis)
      }) {
        groups[near].indices.append(index)
        last = near
        continue
      }
      let key = GroupKey(row, axis.value(of: row))
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        var prototype = ChartRow(series: row.series, facet: row.facet)
        prototype.shape = row.shape
        prototype.row = row.row
        if let category { prototype[keyPath: category] = row[keyPath: category] }
        groups.append(RowGroup(prototype: prototype, of: self))
      }
      groups[place].indices.append(index)
      last = place
    }
    return groups
  }

  private static func belongs(_ row: ChartRow, to prototype: ChartRow, _ axis: CategoryAxis) -> Bool {
    row.series == prototype.series && row.shape == prototype.shape && row.facet == prototype.facet
      && row.row == prototype.row && axis.value(of: row) == axis.value(of: prototype)
  }

  private struct GroupKey: Hashable {
    let category: ChartValue?
    let names: [String?]

    init(_ row: ChartRow, _ category: ChartValue?) {
      self.category = category
      names = [row.series, row.shape, row.facet, row.row]
    }
  }

  /// The finite numbers of one axis.
  func numbers(_ axis: KeyPath<ChartRow, ChartValue?>) -> [Double] {
    compactMap { $0[keyPath: axis]?.drawable }
  }
}

/// Which of a row's places names its category: what the key path says, but cheap enough to be asked a million times.
private enum CategoryAxis {
  case none, x, y

  init(_ path: WritableKeyPath<ChartRow, ChartValue?>?) {
    precondition(path == nil || path == \ChartRow.x || path == \ChartRow.y, "a category is a place")
    self = path == nil ? .none : path == \ChartRow.x ? .x : .y
  }

  func value(of row: ChartRow) -> ChartValue? {
    switch self {
    case .none: nil
    case .x: row.x
    case .y: row.y
    }
  }
}
