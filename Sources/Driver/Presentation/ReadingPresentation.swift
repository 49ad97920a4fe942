import Claims
import Reports

/// The rows behind a value: how many, how they spread, which lack a value, and the first of them.
struct ReadingPresentation {
  let evaluation: Evaluation

  /// The most rows that are listed of one column.
  static let listedRows = 12

  /// - Parameter room: how many rows may be listed in all; where there is less, rows are counted only.
  func views(_ readings: [Reading], room: Int) -> [ReadingView] {
    var room = room
    return readings.map { reading in
      let listed = min(room, Self.listedRows)
      let view = view(reading, listed: listed)
      room -= view.rows?.rows.count ?? 0
      return view
    }
  }

  private func view(_ reading: Reading, listed: Int) -> ReadingView {
    let name = "\(reading.table).\(reading.column)"
    var parts = [count(reading.rows.count, "row")]
    let moments = reading.moments
    if !reading.values.isEmpty {
      parts.append("mean \(NumberText.significant(moments.mean, digits: 4))")
      if reading.values.count > 1 {
        parts.append("sd \(NumberText.significant(moments.standardDeviation, digits: 2))")
        let ends = [reading.values.min()!, reading.values.max()!].map {
          NumberText.significant($0, digits: 4)
        }
        parts.append("from \(ends[0]) to \(ends[1])")
      }
    }
    if !reading.missing.isEmpty { parts.append("\(count(reading.missing.count, "row")) without a value") }
    return ReadingView(
      summary: "\(name): \(parts.joined(separator: ", "))", rows: rows(reading, name: name, listed: listed))
  }

  /// Rows without a value come first: they are what a reader looks for.
  private func rows(_ reading: Reading, name: String, listed: Int) -> TableView? {
    let all = reading.missing.map { ($0, Double?.none) } + zip(reading.rows, reading.values).map { ($0, $1) }
    guard listed > 0, let first = all.first else { return nil }
    let columns = evaluation.place(of: first.0, in: reading.table).columns
    let rows = all.prefix(listed).map { row, value -> [TableView.Cell] in
      let place = evaluation.place(of: row, in: reading.table)
      return place.values.map { TableView.Cell(text: $0, isNumeric: Double($0) != nil) } + [
        TableView.Cell(
          text: value.map { NumberText.significant($0, digits: 6) } ?? "none", isNumeric: true),
        TableView.Cell(text: place.origin, isNumeric: false),
      ]
    }
    let more = all.count - rows.count
    return TableView(
      name: name, caption: "", headers: columns + [reading.column, "from"], rowHeaderCount: 0,
      rows: Array(rows),
      notes: more > 0
        ? ["\(count(more, "more row")); 'assay export' prints all of \(reading.table)."] : [])
  }
}
