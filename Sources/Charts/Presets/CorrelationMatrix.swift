extension ChartForm {
  /// How alike several columns rank the rows.
  static let correlationMatrix = ChartForm(
    "correlation-matrix",
    "Kendall's rank correlation of each of several columns with each other, over the rows",
    reading: .values, needs: [.columns], takes: []
  ) { input, chart in
    var names = NameList()
    var values: [String: [Double]] = [:]
    for row in input.rows {
      guard case .category(let name)? = row.x else { continue }
      _ = names.place(of: name)
      values[name, default: []].append(row.y?.number ?? .nan)
    }
    var cells: [ChartRow] = []
    for (place, name) in names.names.enumerated() {
      for other in names.names[...place] {
        guard let own = values[name], let others = values[other], own.count == others.count,
          let correlation = input.rankCorrelation?(own, others), correlation.isFinite
        else { continue }
        for (x, y) in Set([[other, name], [name, other]]).sorted(by: { $0[0] < $1[0] }).map({ ($0[0], $0[1]) }
        ) {
          var cell = ChartRow(x: .category(x), y: .category(y))
          cell.shade = correlation
          let hundredths = Int((abs(correlation) * 100).rounded())
          cell.label =
            (correlation < 0 && hundredths > 0 ? "−" : "") + "\(hundredths / 100)."
            + "\(hundredths % 100 / 10)\(hundredths % 10)"
          cells.append(cell)
        }
      }
    }
    chart.x = ChartAxis("", .category(order: names.names))
    chart.y = ChartAxis("", .category(order: names.names))
    chart.shade = ChartShading("Kendall's τ")
    chart.height = max(min(Double(names.names.count) * 34, 520), 160)
    chart.layers.append(ChartLayer(.rect, cells))
  }
}
