extension ChartForm {
  /// Which treatments' mean ranks differ (Demšar, "Statistical comparisons of classifiers over multiple data
  /// sets", JMLR 2006, figure 1). Rank 1 stands on the left.
  static let criticalDifferenceDiagram = ChartForm(
    "critical-difference-diagram",
    "mean ranks of colours over blocks (detail) by x; a bar joins those that differ by less than the critical "
      + "difference", reading: .values, needs: [.x, .color, .detail], takes: [], score: .x
  ) { input, chart in
    guard let ranks = MeanRanks(input.rows, isSmallerBetter: input.isSmallerBetter) else {
      return chart.layers.append(ChartLayer(.point, []))
    }
    let difference = input.criticalDifference?(ranks.treatments.count, ranks.blockCount) ?? .nan
    CriticalDifferenceDrawing(ranks, difference: difference).compose(&chart)
    chart.notes.append(
      "Ranks are means over \(ranks.blockCount) blocks; 1 is best. "
        + (difference.isNaN
          ? ""
          : "Mean ranks that differ by less than \(TickText.rounded(difference)) are joined (Nemenyi, 95 %).")
    )
    if ranks.incompleteBlocks > 0 {
      chart.notes.append("\(ranks.incompleteBlocks) blocks that lack a treatment are left out.")
    }
  }
}

/// The diagram as layers: an axis of ranks, an elbow to each treatment's name, bars over what does not differ.
private struct CriticalDifferenceDrawing {
  private let ranks: MeanRanks
  private let difference: Double
  private let cliques: [(first: Int, last: Int)]
  /// Ends of the axis of ranks.
  private let low: Double
  private let high: Double
  private let names: [String]

  init(_ ranks: MeanRanks, difference: Double) {
    self.ranks = ranks
    self.difference = difference
    cliques = difference.isNaN ? [] : ranks.cliques(within: difference)
    (low, high) = (1, Double(ranks.treatments.count))
    names = ranks.treatments.map {
      TextFitting.fitted(
        TextFitting.clean($0.name) + " " + TickText.rounded($0.rank), width: 250, size: PlacedText.size)
    }
  }

  /// The first half of the treatments has its names on the left.
  private var leftCount: Int { (ranks.treatments.count + 1) / 2 }

  func compose(_ chart: inout Chart) {
    let inner = chart.width - 20 - width(names.prefix(leftCount)) - width(names.suffix(from: leftCount))
    let unit = (high - low) / max(inner, 60)
    let left = low - width(names.prefix(leftCount)) * unit
    let right = high + width(names.suffix(from: leftCount)) * unit
    let base = 0.4 * Double(cliques.count) + 0.7
    let top = base + Double(leftCount)
    chart.x = ChartAxis("mean rank (1 is best)", .linear(domain: left...right), isHidden: true)
    chart.y = ChartAxis("", .linear(domain: -1.1...(top + 1)), isHidden: true)
    chart.height = (top + 2.1) * 34
    chart.series = ChartGrouping()
    chart.layers = [
      ChartLayer(LineMark(form: .path, width: 1.4, isLabelled: false), axis() + elbows(base, left, right)),
      ChartLayer(LineMark(form: .path, width: 6, isLabelled: false), bars()),
      ChartLayer(TextMark(anchor: .start, edge: .bottom), words(base, at: left, range: 0..<leftCount)),
      ChartLayer(
        TextMark(anchor: .end, edge: .bottom),
        words(base, at: right, range: leftCount..<ranks.treatments.count)),
      ChartLayer(TextMark(anchor: .middle, edge: .top), tickWords()),
    ]
    if !difference.isNaN, difference <= high - low { chart.layers += scaleBar(top + 0.4) }
  }

  /// Room for the widest name and a gap.
  private func width(_ names: ArraySlice<String>) -> Double { (names.map(PlacedText.width).max() ?? 0) + 14 }

  private func row(_ x: Double, _ y: Double, _ detail: String) -> ChartRow {
    var row = ChartRow(x, y)
    row.detail = detail
    return row
  }

  private func axis() -> [ChartRow] {
    [row(low, 0, "axis"), row(high, 0, "axis")]
      + ticks.flatMap { [row($0, 0, "tick \($0)"), row($0, -0.18, "tick \($0)")] }
  }

  /// Whole ranks, not more than fit.
  private var ticks: [Double] {
    let count = Int(high - low) + 1
    let stride = (count + 9) / 10
    return (0..<count).filter { $0 % stride == 0 }.map { low + Double($0) }
  }

  private func tickWords() -> [ChartRow] {
    ticks.map { tick in
      var row = ChartRow(tick, -0.25)
      row.label = TickText.plain(tick)
      return row
    }
  }

  /// The outermost treatment of each side has the lowest elbow, so that none crosses another.
  private func level(_ place: Int, _ base: Double) -> Double {
    base + Double(place < leftCount ? place : ranks.treatments.count - 1 - place)
  }

  private func elbows(_ base: Double, _ left: Double, _ right: Double) -> [ChartRow] {
    ranks.treatments.enumerated().flatMap { place, treatment in
      let height = level(place, base)
      return [
        row(treatment.rank, 0, "elbow \(place)"), row(treatment.rank, height, "elbow \(place)"),
        row(place < leftCount ? left : right, height, "elbow \(place)"),
      ]
    }
  }

  private func words(_ base: Double, at x: Double, range: Range<Int>) -> [ChartRow] {
    range.map { place in
      var row = ChartRow(x, level(place, base) + 0.06)
      row.label = names[place]
      return row
    }
  }

  private func bars() -> [ChartRow] {
    cliques.enumerated().flatMap { index, clique in
      let height = 0.35 + 0.4 * Double(index)
      return [
        row(ranks.treatments[clique.first].rank, height, "clique \(index)"),
        row(ranks.treatments[clique.last].rank, height, "clique \(index)"),
      ]
    }
  }

  private func scaleBar(_ height: Double) -> [ChartLayer] {
    let middle = (low + high) / 2
    let (start, end) = (middle - difference / 2, middle + difference / 2)
    let ends = [start, end].flatMap {
      [row($0, height - 0.12, "end \($0)"), row($0, height + 0.12, "end \($0)")]
    }
    var label = ChartRow(middle, height + 0.15)
    label.label = "critical difference \(TickText.rounded(difference))"
    return [
      ChartLayer(
        LineMark(form: .path, width: 1.6, isLabelled: false),
        [row(start, height, "bar"), row(end, height, "bar")] + ends),
      ChartLayer(TextMark(anchor: .middle, edge: .bottom), [label]),
    ]
  }
}
