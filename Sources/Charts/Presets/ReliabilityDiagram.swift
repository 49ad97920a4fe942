extension ChartForm {
  /// Whether confidence is as often right as it says.
  static let reliabilityDiagram = ChartForm(
    "reliability-diagram",
    "the share of correct predictions (y, 0 or 1) by confidence (x), in bins; around the line of perfect calibration "
      + "the band in which it would fall by chance, and at the foot how the confidences are spread",
    reading: .values, needs: [.x, .y], takes: [.color]
  ) { input, chart in
    let binning = Binning([0, 1], on: .linear(domain: 0...1), count: input.bins ?? 10)
    var (shares, chance, spread): ([ChartRow], [ChartRow], [ChartRow]) = ([], [], [])
    var errors: [String] = []
    var most = 0.0
    for group in input.rows.grouped() {
      guard let binning, let bins = ReliabilityBins(group.points, binning) else { continue }
      let name = [group.prototype.series, group.prototype.facet ?? "", group.prototype.row ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      errors.append((name.isEmpty ? "" : name + " ") + TickText.rounded(bins.calibrationError))
      for bin in bins.bins {
        var row = group.prototype
        (row.x, row.y) = (.number(bin.confidence), .number(bin.correct))
        shares.append(row)
        (row.lower, row.upper) = bin.chance
        chance.append(row)
        var foot = group.prototype
        (foot.start, foot.end) = (binning.edges[bin.place], binning.edges[bin.place + 1])
        foot.y = .number(bin.share)
        most = max(most, bin.share)
        spread.append(foot)
      }
    }
    // The tallest bin takes an eighth of the height.
    for index in spread.indices {
      spread[index].y = .number((spread[index].y?.number ?? 0) / most * 0.125)
    }
    (chart.x.scale, chart.y.scale) = (.linear(domain: 0...1), .linear(domain: 0...1))
    chart.height = 440
    let diagonal = [ChartRow(0, 0), ChartRow(1, 1)]
    chart.layers += [
      ChartLayer(.histogram, spread),
      ChartLayer(LineMark(isDashed: true, width: 1.2, isLabelled: false), diagonal),
    ]
    if input.showsIntervals {
      chart.layers.append(ChartLayer(.band, chance))
      chart.notes.append(
        "The band around the diagonal holds a bin of perfectly calibrated predictions with 95 % probability, each bin "
          + "by itself.")
    }
    chart.layers += [ChartLayer(.line, shares), ChartLayer(PointMark(), shares)]
    if !errors.isEmpty {
      chart.notes.append(
        "Expected calibration error over these bins: \(errors.joined(separator: "; ")). At the foot the share of "
          + "predictions in each bin; the tallest holds \(TickText.rounded(most * 100)) %.")
    }
  }
}

/// Predictions in bins of confidence.
private struct ReliabilityBins {
  struct Bin {
    /// Of the binning.
    let place: Int
    /// Its mean confidence and the share of correct predictions.
    let confidence: Double
    let correct: Double
    /// Of all predictions.
    let share: Double
    /// Where the share of correct ones lies with 95 % probability if every prediction is right with the probability
    /// that it says.
    let chance: (lower: Double, upper: Double)
  }

  /// Bins that hold predictions, from the least confidence up.
  let bins: [Bin]

  /// The mean distance of confidence and share, weighted by the bins (Naeini, Cooper, Hauskrecht, "Obtaining well
  /// calibrated probabilities using Bayesian binning", AAAI 2015).
  var calibrationError: Double { bins.reduce(0) { $0 + $1.share * ($1.confidence - $1.correct).magnitude } }

  init?(_ points: [(x: Double, y: Double)], _ binning: Binning) {
    var places: [Int: [(x: Double, y: Double)]] = [:]
    for point in points {
      if let place = binning.place(point.x) { places[place, default: []].append(point) }
    }
    let total = Double(places.values.reduce(0) { $0 + $1.count })
    guard total > 0 else { return nil }
    bins = places.sorted { $0.key < $1.key }.map { place, points in
      let count = Double(points.count)
      return Bin(
        place: place, confidence: points.reduce(0) { $0 + $1.x } / count,
        correct: points.reduce(0) { $0 + $1.y } / count, share: count / total,
        chance: Proportion.consistency(points.map(\.x)))
    }
  }
}
