extension ChartForm {
  /// Many hyperparameters at once.
  static let parallelCoordinates = ChartForm(
    "parallel-coordinates", "an axis for each of several columns, a line for each row, shaded by color",
    reading: .values, needs: [.columns], takes: [.color], readsShades: true
  ) { input, chart in
    var names = NameList()
    var values: [String: [ChartValue]] = [:]
    for row in input.rows {
      guard case .category(let name)? = row.x, let value = row.y else { continue }
      _ = names.place(of: name)
      values[name, default: []].append(value)
    }
    var axes: [String: ParallelAxis] = [:]
    var labels: [ChartRow] = []
    for name in names.names {
      let axis = ParallelAxis(values[name] ?? [], isLogarithmic: input.logarithmicColumns.contains(name))
      axes[name] = axis
      labels += axis.labels.map { label in
        var row = ChartRow(name, label.fraction)
        row.label = label.text
        return row
      }
    }
    let lines = input.rows.map { row in
      var row = row
      if case .category(let name)? = row.x { row.y = axes[name]?.place(row.y) }
      return row
    }
    chart.x = ChartAxis("", .places(order: names.names))
    chart.y = ChartAxis("", .linear(domain: -0.14...1.14), isHidden: true)
    let isMany = input.rows.count > 60 * max(names.names.count, 1)
    chart.layers.append(
      ChartLayer(
        LineMark(form: .path, width: isMany ? 1.1 : 1.6, opacity: isMany ? 0.6 : 0.85, isLabelled: false),
        lines))
    chart.layers += [
      ChartLayer(TextMark(anchor: .middle, edge: .top), labels.filter { ($0.y?.number ?? 0) < 0 }),
      ChartLayer(TextMark(anchor: .middle, edge: .bottom), labels.filter { ($0.y?.number ?? 0) > 1 }),
      ChartLayer(
        TextMark(anchor: .middle), labels.filter { (0...1).contains($0.y?.number ?? -1) }),
    ]
  }
}

/// One axis of parallel coordinates: its values as fractions, its ends in words.
private struct ParallelAxis {
  /// Beyond 0 … 1 for the ends, within for levels between them.
  let labels: [(text: String, fraction: Double)]
  private let measure: AxisMeasure
  private let ends: (low: Double, high: Double)
  private let levels: CategoryScale?

  init(_ values: [ChartValue], isLogarithmic: Bool) {
    let measure = AxisMeasure(isLogarithmic ? .log() : .linear())
    self.measure = measure
    let numbers = values.compactMap { $0.number.flatMap(measure.measure) }
    if numbers.isEmpty, !values.contains(where: { $0.number != nil }) {
      let scale = CategoryScale(values, order: [], arePlaces: true)
      levels = scale
      ends = (0, 1)
      labels = scale.ticks(atMost: 6).map {
        ($0.label, $0.fraction <= 0 ? -0.03 : $0.fraction >= 1 ? 1.03 : $0.fraction)
      }
      return
    }
    levels = nil
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
    ends = low < high ? (low, high) : (low - 0.5, high + 0.5)
    func words(_ end: Double) -> String { TickText.rounded(measure.number(end)) }
    labels = low < high ? [(words(low), -0.03), (words(high), 1.03)] : [(words(low), -0.03)]
  }

  func place(_ value: ChartValue?) -> ChartValue {
    if let levels, let value, case .at(let fraction) = levels.place(value) { return .number(fraction) }
    guard let number = value?.number.flatMap(measure.measure) else { return .number(.nan) }
    return .number((number - ends.low) / (ends.high - ends.low))
  }
}
