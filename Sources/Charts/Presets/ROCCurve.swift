extension ChartForm {
  /// What is found at the price of what false alarms, over all thresholds of a score (Fawcett, "An introduction to ROC
  /// analysis", Pattern Recognition Letters 27, 2006).
  static let rocCurve = ChartForm(
    "roc-curve",
    "the share of the positive rows (y is 1, of others 0) that is found, by the share of the others that is called "
      + "positive with them, for each threshold of a score (x); the dashed diagonal is chance",
    reading: .values,
    needs: [.x, .y], takes: [.color]
  ) { input, chart in
    var (areas, oneSided): ([String], [String]) = ([], [])
    var omitted = 0
    let rows = input.rows.grouped().flatMap { group -> [ChartRow] in
      let points = group.points.filter { $0.y == 0 || $0.y == 1 }
      omitted += group.rows.count - points.count
      let name = [group.prototype.series, group.prototype.facet ?? "", group.prototype.row ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      guard let curve = ROC(points) else {
        oneSided.append(name.isEmpty ? "these rows" : name)
        return []
      }
      areas.append((name.isEmpty ? "" : name + " ") + TickText.rounded(curve.area))
      return curve.corners.map { corner in
        var row = group.prototype
        (row.x, row.y) = (.number(corner.alarms), .number(corner.found))
        return row
      }
    }
    chart.x = ChartAxis("share of the negatives that is called positive", .linear(domain: 0...1))
    chart.y = ChartAxis("sensitivity: share of the positives that is found", .linear(domain: 0...1))
    chart.height = 440
    chart.layers += [
      ChartLayer(
        LineMark(isDashed: true, width: 1.2, isLabelled: false), [ChartRow(0, 0), ChartRow(1, 1)]),
      // All curves end at one point, where names would lie upon each other.
      ChartLayer(LineMark(isLabelled: false), rows),
    ]
    if !areas.isEmpty { chart.notes.append("Area under the curve: \(areas.joined(separator: "; ")).") }
    if !oneSided.isEmpty {
      chart.notes.append(
        "No curve for \(oneSided.joined(separator: ", ")): it takes positive and negative rows.")
    }
    if omitted > 0 {
      chart.notes.append(
        "\(TickText.plain(Double(omitted))) rows are left out: their score is no number, or they are neither 0 nor 1."
      )
    }
  }
}

/// The receiver operating characteristic of scored rows; rows of equal score are called alike, so that they make one
/// straight piece of the curve.
private struct ROC {
  /// Of the negative rows and of the positive ones, the shares whose scores reach a threshold.
  typealias Corner = (alarms: Double, found: Double)

  /// Steps shorter than this share of an axis do not show.
  private static let finest = 0.001
  /// From (0, 0) to (1, 1); of many thresholds those between which the curve moves visibly.
  private(set) var corners: [Corner] = [(0, 0)]
  /// Mann and Whitney's statistic, over all thresholds: the share of pairs of a positive and a negative row in which the
  /// positive one has the higher score, ties counting a half.
  private(set) var area = 0.0

  /// Nil without both kinds of rows.
  ///
  /// - Parameter points: score, and 1 for a positive row or 0 for a negative one.
  init?(_ points: [(x: Double, y: Double)]) {
    let sorted = points.sorted { $0.x > $1.x }
    let positives = Double(sorted.count { $0.y == 1 })
    let negatives = Double(sorted.count) - positives
    guard positives > 0, negatives > 0 else { return nil }
    // Whole numbers and halves, exact.
    var (found, alarms, pairs) = (0.0, 0.0, 0.0)
    var next = 0
    while next < sorted.count {
      let before = (found: found, alarms: alarms)
      let score = sorted[next].x
      while next < sorted.count, sorted[next].x == score {
        if sorted[next].y == 1 { found += 1 } else { alarms += 1 }
        next += 1
      }
      pairs += (alarms - before.alarms) * (found + before.found) / 2
      add((alarms / negatives, found / positives))
    }
    area = pairs / (positives * negatives)
  }

  /// Goes on to a corner: in place of the last one where the curve has not moved visibly from the one before, or goes on
  /// straight up or straight on.
  private mutating func add(_ corner: Corner) {
    if corners.count > 1 {
      let (last, before) = (corners[corners.count - 1], corners[corners.count - 2])
      let isStraight =
        last.alarms == before.alarms && corner.alarms == last.alarms
        || last.found == before.found && corner.found == last.found
      let isNear =
        corner.alarms - before.alarms < Self.finest && corner.found - before.found < Self.finest
      if isStraight || isNear { corners.removeLast() }
    }
    corners.append(corner)
  }
}
