extension ChartForm {
  /// Whether confidence is as often right as it says.
  static let reliabilityDiagram = ChartForm(
    "reliability-diagram",
    "the share of correct predictions (y, 0 or 1) by confidence (x), in bins, against the line of perfect calibration",
    reading: .values, needs: [.x, .y], takes: [.color]
  ) { input, chart in
    let binning = Binning([0, 1], on: .linear(domain: 0...1), count: input.bins ?? 10)
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      var bins: [Int: (confidence: Double, correct: Double, count: Double)] = [:]
      for row in group.rows {
        guard let confidence = row.x?.number, let correct = row.y?.number, correct.isDrawable,
          let place = binning?.place(confidence)
        else { continue }
        bins[place, default: (0, 0, 0)].confidence += confidence
        bins[place, default: (0, 0, 0)].correct += correct
        bins[place, default: (0, 0, 0)].count += 1
      }
      return bins.sorted { $0.key < $1.key }.map { _, bin in
        var row = group.prototype
        (row.x, row.y) = (.number(bin.confidence / bin.count), .number(bin.correct / bin.count))
        (row.lower, row.upper) = Proportion.interval(bin.correct, of: bin.count)
        row.size = bin.count
        return row
      }
    }
    let diagonal = [ChartRow(0, 0), ChartRow(1, 1)]
    (chart.x.scale, chart.y.scale) = (.linear(domain: 0...1), .linear(domain: 0...1))
    chart.height = 420
    chart.sizeTitle = "predictions in the bin"
    chart.layers.append(ChartLayer(LineMark(isDashed: true, width: 1.2, isLabelled: false), diagonal))
    if input.showsIntervals {
      chart.layers.append(ChartLayer(.errorBar, rows))
      chart.notes.append("Bars are Wilson's 95 % intervals, each bin by itself.")
    }
    chart.layers += [ChartLayer(.line, rows), ChartLayer(.point, rows)]
  }
}
