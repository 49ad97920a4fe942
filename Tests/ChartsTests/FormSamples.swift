import Charts

/// A chart of every mark and preset as authors ask for it, from ordinary or from extreme rows.
enum FormSamples {
  static let forms = ChartForms.marks + ChartForms.presets

  /// A form's chart from rows that suit it.
  static func chart(_ form: ChartForm) -> Chart {
    var input = FormInput(rows: rows(form))
    return compose(form, &input)
  }

  static func compose(_ form: ChartForm, _ input: inout FormInput) -> Chart {
    input.fit = { points in
      // The inverse root through the first point: enough to draw.
      guard let first = points.first, first.x > 0 else { return nil }
      let value: @Sendable (Double) -> Double = { first.y * (first.x / $0).squareRoot() }
      return FittedCurve(
        label: "y ∝ x^−0.50", value: value, interval: { (value($0) * 0.9, value($0) * 1.1) })
    }
    if form.name == "power-law-fit" { input.fitWindow = 200...5000 }
    input.criticalDifference = { treatments, blocks in
      4 / Double(blocks).squareRoot() + 0 * Double(treatments)
    }
    input.rankCorrelation = { x, y in (x.first ?? 0) * (y.last ?? 0) < 0 ? -0.25 : 0.5 }
    input.logarithmicColumns = ["learning rate"]
    var chart = Chart(
      title: form.name, description: form.summary, layers: [], x: xAxis(form), y: yAxis(form),
      series: ChartGrouping(form.accepts(.color) ? "method" : ""))
    if form.readsShades || ["rect", "film-strip"].contains(form.name) {
      chart.shade = ChartShading("accuracy")
      chart.series = ChartGrouping()
    }
    form.compose(input, &chart)
    return chart
  }

  static let lying = ["dumbbell", "forest-plot", "importance-bars", "interval-strips"]
  static let banded = ["bar", "box", "strip", "violin", "tick", "slope-chart", "error-bar"]

  private static func xAxis(_ form: ChartForm) -> ChartAxis {
    if banded.contains(form.name) { return ChartAxis("data set", .category()) }
    if ["rect", "film-strip"].contains(form.name) { return ChartAxis("width", .category()) }
    if ["response-curve", "response-surface", "contour", "power-law-fit"].contains(form.name) {
      return ChartAxis(form.name == "power-law-fit" ? "examples" : "learning rate", .log())
    }
    return ChartAxis(lying.contains(form.name) ? "accuracy" : "step")
  }

  private static func yAxis(_ form: ChartForm) -> ChartAxis {
    if ["contour", "response-surface"].contains(form.name) { return ChartAxis("width", .log()) }
    if lying.contains(form.name) || ["rect", "film-strip"].contains(form.name) {
      return ChartAxis("", .category())
    }
    return ChartAxis(form.reading == .values && !form.needs.contains(.y) ? "" : "accuracy")
  }

  static func rows(_ form: ChartForm) -> [ChartRow] {
    switch form.name {
    case "histogram", "density", "ecdf", "performance-profile": return values(by: \.x)
    case "box", "strip", "violin":
      return ["letter", "digits", "fashion"].flatMap { set in
        values(by: \.y).map { row in
          var row = row
          row.x = .category(set)
          row.y = .number((row.y?.number ?? 0) + (set == "digits" ? 0.4 : 0))
          return row
        }
      }
    case "rect", "contour":
      return (0..<7).flatMap { i in
        (0..<6).map { j in
          let rate = DecimalLogarithm.power(i - 5)
          var row = ChartRow(rate, Double(16 << j))
          if form.name == "rect" { (row.x, row.y) = (.number(rate), .number(Double(16 << j))) }
          row.shade = 0.9 - 0.02 * Double((i - 3) * (i - 3)) - 0.01 * Double((j - 4) * (j - 4))
          row.label = form.name == "rect" ? "0.\(Int(row.shade * 100))" : ""
          return row
        }
      }
    case "film-strip":
      return (0..<5).flatMap { step in
        (0..<64).map { cell in
          var row = ChartRow(Double(cell % 8), Double(cell / 8), facet: "step \(step)")
          (row.x, row.y) = (.category("\(cell % 8)"), .category("\(cell / 8)"))
          row.shade = Double(step) / 4 * SampleCharts.wobble(cell, 3)
          return row
        }
      }
    case "optimisation-history":
      return SampleCharts.methods.prefix(2).enumerated().flatMap { method, name in
        (0..<150).map { index in
          let value = 0.5 + 0.2 * SampleCharts.wobble(index, method) + 0.1 * Double(method)
          var row = ChartRow(Double(index / 5), value, series: name)
          row.detail = "run \(index % 5)"
          return row
        }
      }
    case "population-lineage":
      return (0..<6).flatMap { member in
        (0..<12).map { step in
          var row = ChartRow(
            Double(step), Double(step) * 0.1 + 0.2 * SampleCharts.wobble(member, step), series: "population")
          row.detail = "member \(member)"
          if member > 2, step == 5 { row.label = "member \(member - 3)" }
          return row
        }
      }
    case "response-surface":
      return (0..<150).map { trial in
        let (a, b) = (SampleCharts.wobble(trial, 1), SampleCharts.wobble(trial, 2))
        var row = ChartRow(DecimalLogarithm.exponential(-4 + 3 * a), DecimalLogarithm.exponential(3 + 2 * b))
        row.shade = 0.9 - 0.3 * a * a - 0.2 * (b - 0.3) * (b - 0.3)
        return row
      }
    case "reliability-diagram", "risk-coverage", "roc-curve":
      return ["before", "after scaling"].enumerated().flatMap { method, name in
        (0..<400).map { index in
          let confidence = (SampleCharts.wobble(index, method) + 1) / 2
          let isRight =
            (SampleCharts.wobble(index, 7 + method) + 1) / 2 < confidence * (method == 0 ? 0.8 : 1)
          return ChartRow(confidence, isRight ? 1 : 0, series: name)
        }
      }
    case "critical-difference-diagram":
      return (0..<12).flatMap { block in
        SampleCharts.methods.enumerated().map { method, name in
          var row = ChartRow(Double(method) * 0.5 + SampleCharts.wobble(block, method), 0, series: name)
          row.detail = "set \(block)"
          return row
        }
      }
    case "ranked-graphs":
      let operations = ["none", "skip", "convolution", "average"]
      return (0..<9).flatMap { graph in
        [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)].enumerated().map { edge, nodes in
          let place = Int(2 * SampleCharts.wobble(graph, edge) + 2) % operations.count
          var row = ChartRow(Double(nodes.0), Double(nodes.1), series: operations[place])
          (row.detail, row.label) = ("graph \(graph)", "\(0.5 + 0.2 * SampleCharts.wobble(graph, 7))")
          return row
        }
      }
    case "correlation-matrix":
      return (0..<30).flatMap { trial in
        ["ece", "mce", "brier", "nll"].enumerated().map { column, name in
          ChartRow(x: .category(name), y: .number(SampleCharts.wobble(trial, column)))
        }
      }
    case "parallel-coordinates":
      return (0..<40).flatMap { trial -> [ChartRow] in
        let rate = DecimalLogarithm.exponential(-3 + 2 * SampleCharts.wobble(trial, 1))
        let score = 0.8 - 0.05 * SampleCharts.wobble(trial, 2)
        let cells: [(String, ChartValue)] = [
          ("learning rate", .number(rate)), ("width", .number(Double(16 << (trial % 4)))),
          ("activation", .category(["relu", "tanh", "gelu"][trial % 3])), ("accuracy", .number(score)),
        ]
        return cells.map { name, value in
          var row = ChartRow(x: .category(name), y: value)
          row.detail = "trial \(trial)"
          row.shade = score
          return row
        }
      }
    case "response-curve":
      return (0..<160).map { trial in
        let exponent = -3 + 2 * SampleCharts.wobble(trial, 1)
        let y = 0.85 - 0.06 * (exponent + 3) * (exponent + 3) + 0.05 * SampleCharts.wobble(trial, 2)
        return ChartRow(DecimalLogarithm.exponential(exponent), y)
      }
    case "power-law-fit":
      return (0..<8).map { index in
        let x = Double(64 << index)
        let y = 12 / x.squareRoot() * (1 + 0.05 * SampleCharts.wobble(index, 3))
        return ChartRow(x, y, lower: y * 0.93, upper: y * 1.07)
      }
    case "rule":
      return SampleCharts.methods.enumerated().map { ChartRow(y: .number(Double($0)), series: $1, label: $1) }
    case "text":
      return SampleCharts.methods.enumerated().map {
        ChartRow(x: .number(Double($0)), y: .number(Double($0 % 3)), series: $1, label: $1)
      }
    default: return estimates(form)
    }
  }

  private static func values(by axis: WritableKeyPath<ChartRow, ChartValue?>) -> [ChartRow] {
    SampleCharts.methods.prefix(2).enumerated().flatMap { method, name in
      (0..<60).map { index in
        var row = ChartRow(series: name)
        let (a, b) = (SampleCharts.wobble(index, method), SampleCharts.wobble(index, method + 5))
        row[keyPath: axis] = .number(a + b + Double(method) * 0.6)
        return row
      }
    }
  }

  private static func estimates(_ form: ChartForm) -> [ChartRow] {
    let isCurve = ["arrow", "line", "area", "band", "learning-curve", "point"].contains(form.name)
    let sets = ["letter", "digits", "fashion-mnist"]
    return SampleCharts.methods.prefix(3).enumerated().flatMap { method, name in
      (0..<(isCurve ? 12 : 3)).map { index in
        let place = isCurve ? ChartValue.number(Double(index)) : .category(sets[index])
        let value = 0.5 + 0.1 * Double(method) + 0.04 * Double(index) * Double(2 - method)
        let number = value + 0.02 * SampleCharts.wobble(method, index)
        var row = ChartRow(
          x: place, y: .number(number), lower: number - 0.03, upper: number + 0.04, series: name)
        if lying.contains(form.name) { (row.x, row.y) = (row.y, row.x) }
        return row
      }
    }
  }

  /// Ways to spoil rows, by name.
  static let hostilities: [(name: String, spoil: @Sendable ([ChartRow]) -> [ChartRow])] = [
    ("empty", { _ in [] }), ("one", { Array($0.prefix(1)) }),
    ("constant", { changed($0) { _, _ in 5 } }),
    (
      "not finite",
      { changed($0) { index, number in index % 3 == 0 ? .nan : index % 7 == 0 ? .infinity : number } }
    ),
    ("all nan", { changed($0) { _, _ in .nan } }),
    ("decades", { changed($0) { index, _ in DecimalLogarithm.power(index % 13 - 6) } }),
    ("negative", { changed($0) { _, number in -number } }),
    ("huge", { changed($0) { _, number in number * 1e290 } }),
    ("tiny", { changed($0) { _, number in number * 1e-290 } }),
    (
      "long names",
      { rows in
        rows.map { row in
          var row = row
          let long = " of a very long name that somebody wrote in one go, internationalisation included"
          if !row.series.isEmpty { row.series += long }
          for path in [\ChartRow.x, \ChartRow.y] {
            if case .category(let name)? = row[keyPath: path] { row[keyPath: path] = .category(name + long) }
          }
          if !row.label.isEmpty { row.label += long }
          return row
        }
      }
    ),
    (
      "script",
      { rows in
        rows.map { row in
          var row = row
          if !row.series.isEmpty { row.series += SampleCharts.hostileText }
          if case .category(let name)? = row.x { row.x = .category(name + SampleCharts.hostileText) }
          row.label = SampleCharts.hostileText
          row.detail += SampleCharts.hostileText
          return row
        }
      }
    ),
    (
      "fifty series",
      { rows in
        (0..<50).flatMap { series in
          rows.prefix(24).map { row in
            var row = row
            row.series = "series number \(series)"
            return row
          }
        }
      }
    ),
    (
      "panels",
      { rows in
        rows.enumerated().map { index, row in
          var row = row
          (row.facet, row.row) = ("facet \(index % 3)", "row of panels \(index % 2)")
          return row
        }
      }
    ),
  ]

  private static func changed(_ rows: [ChartRow], _ change: (Int, Double) -> Double) -> [ChartRow] {
    rows.enumerated().map { index, row in
      var row = row
      for path in [\ChartRow.x, \ChartRow.y] {
        if let number = row[keyPath: path]?.number { row[keyPath: path] = .number(change(index, number)) }
      }
      (row.lower, row.upper) = (change(index, row.lower), change(index, row.upper))
      row.shade = change(index, row.shade)
      return row
    }
  }
}
