extension ChartForm {
  /// A measure over two hyperparameters.
  static let responseSurface = ChartForm(
    "response-surface",
    "the mean of color in cells of x and y, every trial as a small point, and the best of them named",
    reading: .values, needs: [.x, .y, .color], takes: [], readsShades: true, score: .color
  ) { input, chart in
    let columns = Binning(input.rows.numbers(\.x), on: chart.x.scale, count: input.bins ?? 8)
    let lines = Binning(input.rows.numbers(\.y), on: chart.y.scale, count: input.bins ?? 8)
    var (cells, best): ([ChartRow], [ChartRow]) = ([], [])
    for group in input.rows.grouped() {
      var sums: [Int: (sum: Double, count: Double)] = [:]
      var leader: ChartRow?
      for row in group.rows where row.shade.isDrawable {
        guard let columns, let lines, let x = row.x?.number, let y = row.y?.number, let i = columns.place(x),
          let j = lines.place(y)
        else { continue }
        sums[j * columns.count + i, default: (0, 0)].sum += row.shade
        sums[j * columns.count + i, default: (0, 0)].count += 1
        let isBetter =
          leader.map { input.isSmallerBetter ? row.shade < $0.shade : row.shade > $0.shade } ?? true
        if isBetter { leader = row }
      }
      for (place, sum) in sums.sorted(by: { $0.key < $1.key }) {
        guard let columns, let lines else { continue }
        let (i, j) = (place % columns.count, place / columns.count)
        var row = group.prototype
        (row.start, row.end) = (columns.edges[i], columns.edges[i + 1])
        (row.lower, row.upper) = (lines.edges[j], lines.edges[j + 1])
        row.shade = sum.sum / sum.count
        cells.append(row)
      }
      if var leader {
        leader.label = "best \(TickText.rounded(leader.shade))"
        leader.shade = .nan
        best.append(leader)
      }
    }
    let points = input.rows.map { row in
      var row = row
      row.shade = .nan
      return row
    }
    chart.height = 380
    chart.layers += [
      ChartLayer(.rect, cells), ChartLayer(PointMark(scale: 0.5, isInLegend: false, hasRim: true), points),
      ChartLayer(PointMark(scale: 1.2, isInLegend: false, hasRim: true), best), ChartLayer(.text, best),
    ]
    chart.notes.append("Each cell's shade is the mean of its trials; cells without trials stay empty.")
  }
}
