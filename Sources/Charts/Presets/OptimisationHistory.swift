extension ChartForm {
  /// What a search has found so far.
  static let optimisationHistory = ChartForm(
    "optimisation-history",
    "the best y up to each trial (x): the median of several runs (detail) with a band between their quartiles, and "
      + "every trial as a faint point", reading: .values, needs: [.x, .y], takes: [.color, .detail],
    score: .y
  ) { input, chart in
    var runCount = 0
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      let runs = Incumbents(group.rows, isSmallerBetter: input.isSmallerBetter)
      runCount = max(runCount, runs.count)
      return runs.summaries.map { place, summary in
        var row = group.prototype
        (row.x, row.y) = (.number(place), .number(summary.median))
        if runs.count > 1 { (row.lower, row.upper) = (summary.lowerQuartile, summary.upperQuartile) }
        return row
      }
    }
    if runCount > 1, input.showsIntervals { chart.layers.append(ChartLayer(BandMark(isStepped: true), rows)) }
    let step = input.rows.count / mostPoints + 1
    chart.layers += [
      ChartLayer(
        PointMark(isFaint: true, scale: 0.55, isInLegend: false),
        step == 1 ? input.rows : input.rows.grouped().flatMap { everyRun($0.rows, by: step) }),
      ChartLayer(.step, rows),
    ]
    chart.notes.append(
      runCount > 1
        ? "Lines are medians over up to \(runCount) runs of the best so far, bands their quartiles."
        : "Lines are the best so far.")
    if step > 1, runCount > 1 {
      chart.notes.append("Points are the trials of one run in \(min(step, runCount)).")
    }
  }
}

/// More trials than this hide each other.
private let mostPoints = 400

/// The rows of the first run and of each that comes so many runs later.
private func everyRun(_ rows: [ChartRow], by step: Int) -> [ChartRow] {
  var numbers: [String: Int] = [:]
  return rows.filter { row in
    let number = numbers[row.detail] ?? numbers.count
    numbers[row.detail] = number
    return number % step == 0
  }
}

/// The best value of each run up to each place.
private struct Incumbents {
  /// For each run, places ascending with the best up to there.
  private var runs: [[(place: Double, best: Double)]] = []

  var count: Int { runs.count }

  init(_ rows: [ChartRow], isSmallerBetter: Bool) {
    var names: [String: Int] = [:]
    var points: [[(place: Double, value: Double)]] = []
    for row in rows {
      guard let place = row.x?.number, let value = row.y?.number, place.isDrawable, value.isDrawable else {
        continue
      }
      let run = names[row.detail] ?? points.count
      if run == points.count {
        names[row.detail] = run
        points.append([])
      }
      points[run].append((place, value))
    }
    runs = points.map { points in
      var best: Double?
      return points.sorted { ($0.place, $0.value) < ($1.place, $1.value) }.map { point in
        let next = best.map { isSmallerBetter ? min($0, point.value) : max($0, point.value) } ?? point.value
        best = next
        return (point.place, next)
      }
    }
  }

  /// At each place that any run has: the best of all runs that have begun; a run that has ended keeps its last.
  var summaries: [(place: Double, summary: BoxSummary)] {
    var next = [Int](repeating: 0, count: runs.count)
    var best = [Double?](repeating: nil, count: runs.count)
    return Set(runs.joined().map(\.place)).sorted().compactMap { place in
      for run in runs.indices {
        while next[run] < runs[run].count, runs[run][next[run]].place <= place {
          best[run] = runs[run][next[run]].best
          next[run] += 1
        }
      }
      return BoxSummary(best.compactMap { $0 }).map { (place, $0) }
    }
  }
}
