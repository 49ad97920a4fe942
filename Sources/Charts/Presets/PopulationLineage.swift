extension ChartForm {
  /// Who descends from whom in a population that copies its best (Jaderberg et al., "Population based training of
  /// neural networks", 2017, figure 2).
  static let populationLineage = ChartForm(
    "population-lineage",
    "a line for each member (detail) of a population along x; where a row names another member in text, it was "
      + "copied from that one, and a dashed line leads there", reading: .values, needs: [.x, .y, .detail],
    takes: [.color, .text]
  ) { input, chart in
    var (lines, links, copies): ([ChartRow], [ChartRow], [ChartRow]) = ([], [], [])
    let members = Lineage(input.rows)
    for (number, row) in members.rows.enumerated() {
      lines.append(row)
      guard let parent = members.parent(of: number) else { continue }
      var (start, end) = (parent, row)
      (start.detail, end.detail) = ("copy \(number)", "copy \(number)")
      (start.series, start.shape) = (row.series, row.shape)
      links += [start, end]
      copies.append(row)
    }
    chart.layers += [
      ChartLayer(LineMark(isDashed: true, width: 1.1, opacity: 0.7, isLabelled: false), links),
      ChartLayer(LineMark(width: 1.5, opacity: 0.85, isLabelled: false), lines),
      ChartLayer(PointMark(scale: 0.6), copies),
    ]
    if !copies.isEmpty {
      chart.notes.append(
        "Dashed lines lead from the member that was copied; points are the \(copies.count) copies.")
    }
  }
}

/// The rows of a population by member, each member's life cut where it was replaced by a copy.
private struct Lineage {
  /// In order of x within a member; the detail tells lives apart, the label is gone.
  private(set) var rows: [ChartRow] = []
  private var parents: [String] = []
  private var members: [Key: [Int]] = [:]

  private struct Key: Hashable {
    let member: String
    let facet: String?
    let row: String?
  }

  init(_ all: [ChartRow]) {
    let drawable = all.enumerated().filter { $0.element.x?.number?.isDrawable ?? false }
    let sorted = drawable.sorted {
      (Self.place($0.element), $0.offset) < (Self.place($1.element), $1.offset)
    }
    var lives: [Key: Int] = [:]
    for (_, row) in sorted {
      let key = Key(member: row.detail, facet: row.facet, row: row.row)
      // Who names itself goes on as it is.
      let parent = row.label == row.detail ? "" : row.label
      if !parent.isEmpty { lives[key, default: 0] += 1 }
      members[key, default: []].append(rows.count)
      parents.append(parent)
      var row = row
      row.detail += "\u{0}\(lives[key] ?? 0)"
      row.label = ""
      rows.append(row)
    }
  }

  /// The row of the copied member that the copy was made from: its last at that place or before.
  func parent(of number: Int) -> ChartRow? {
    let (row, name) = (rows[number], parents[number])
    guard !name.isEmpty else { return nil }
    let candidates = members[Key(member: name, facet: row.facet, row: row.row)] ?? []
    return candidates.last { $0 != number && Self.place(rows[$0]) <= Self.place(row) }.map { rows[$0] }
  }

  private static func place(_ row: ChartRow) -> Double { row.x?.number ?? 0 }
}
