extension ChartForm {
  /// A fitted curve over values; not named by authors but asked for by `fit` beside a mark.
  package static let fit = ChartForm(
    "fit", "a curve fitted to the values", reading: .values, needs: [.x, .y], takes: [.color]
  ) { input, chart in
    chart.appendFit(input, extrapolates: false)
  }
}

extension Chart {
  /// Layers of fitted curves: solid where they were fitted, dashed beyond, with their words beside them.
  mutating func appendFit(_ input: FormInput, extrapolates: Bool) {
    var (inside, outside, labels): ([ChartRow], [ChartRow], [ChartRow]) = ([], [], [])
    for group in input.rows.grouped() {
      let points = group.points
      let fitted = points.filter { input.fitWindow?.contains($0.x) ?? true }
      guard let low = fitted.map(\.x).min(), let high = fitted.map(\.x).max(), high > low,
        let curve = input.fit?(fitted)
      else { continue }
      let rows = curve.rows(from: low, to: high, on: x.scale, like: group.prototype)
      inside += rows
      if extrapolates, let first = points.map(\.x).min(), let last = points.map(\.x).max() {
        for (from, to, side) in [(first, low, "before"), (high, last, "behind")] where to > from {
          outside += curve.rows(from: from, to: to, on: x.scale, like: group.prototype, count: 16).map {
            var row = $0
            row.detail = side
            return row
          }
        }
      }
      if !curve.label.isEmpty, var label = rows.dropFirst(rows.count / 2).first {
        label.label = (group.prototype.series.isEmpty ? "" : group.prototype.series + ": ") + curve.label
        labels.append(label)
      }
    }
    if input.showsIntervals, inside.contains(where: { !$0.lower.isNaN }) {
      layers.append(ChartLayer(.band, inside))
    }
    layers += [
      ChartLayer(.line, inside), ChartLayer(LineMark(isDashed: true, width: 1.6, isLabelled: false), outside),
      ChartLayer(.text, labels),
    ]
  }
}
