import Charts

/// Charts of every kind, ordinary and extreme, that all invariants are checked on.
enum SampleCharts {
  static let ordinary: [(name: String, chart: Chart)] =
    [
      ("learning-curves", learningCurves), ("facets", facets), ("trials", trials),
      ("grouped-bars", groupedBars),
      ("forest", forest), ("response", response), ("single-series", singleSeries), ("bars-own", barsOwn),
      ("shapes", shapes), ("sizes", sizes), ("times", times), ("symlog", symlog), ("grid", grid),
    ] + FormSamples.forms.map { ("form-\($0.name)", FormSamples.chart($0)) }

  static let extreme: [(name: String, chart: Chart)] = [
    ("empty", Chart(title: "t", description: "d", layers: [])),
    ("all-nan", Chart(title: "t", description: "d", layers: [ChartLayer(.line, [ChartRow(.nan, .nan)])])),
    ("one-point", points([(3, 0.7)])), ("constant", points([(1, 5), (2, 5), (3, 5)])),
    ("zero", points([(0, 0)])), ("huge-offset", points([(1, 1e6 + 0.001), (2, 1e6 + 0.002)])),
    ("tiny", points([(1, 3e-12), (2, 4e-12)])), ("beyond", points([(1, 1e301), (2, -1e300), (3, 1e300)])),
    ("long-labels", longLabels), ("long-lines", longLines), ("fifty", fifty), ("decades", decades),
    ("many-categories", manyCategories), ("hostile", hostile), ("many-facets", manyFacets),
    ("narrow", narrow), ("many-rules", manyRules), ("emoji", emoji), ("forest-long", forestLong),
  ]

  static var all: [(name: String, chart: Chart)] { ordinary + extreme }

  /// A wobble between −1 and 1 that depends on its arguments alone.
  static func wobble(_ a: Int, _ b: Int) -> Double {
    var x = UInt64(truncatingIfNeeded: a &* 7919 &+ b &* 104_729 &+ 12345)
    x = (x ^ (x >> 31)) &* 0x9E37_79B9_7F4A_7C15
    x = (x ^ (x >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return Double(x >> 40) / Double(1 << 23) - 1
  }

  static let methods = ["replay", "elastic weight consolidation", "fine-tuning", "joint training"]

  static var learningCurves: Chart {
    var rows: [ChartRow] = []
    for (m, method) in methods.enumerated() {
      for step in 0...60 {
        let t = Double(step)
        let y =
          (0.55 + 0.12 * Double(m)) * (1 - 1 / (1 + t / (4 + 3 * Double(m)))) + 0.1 + 0.012 * wobble(m, step)
        let half = 0.05 / (1 + t / 20) + 0.01
        rows.append(ChartRow(t * 500, y, lower: y - half, upper: y + half, series: method))
      }
    }
    return Chart(
      title: "Learning curves", description: "Joint training learns most, replay least.",
      layers: [
        ChartLayer(.band, rows), ChartLayer(.line, rows),
        ChartLayer(.rule, [ChartRow(y: 0.1, label: "chance")]),
      ],
      x: ChartAxis("training steps"), y: ChartAxis("validation accuracy"), series: ChartGrouping("method"))
  }

  static var facets: Chart {
    var rows: [ChartRow] = []
    for (f, set) in ["letter", "fashion-mnist"].enumerated() {
      for (m, method) in methods.enumerated() {
        for (k, trials) in [4.0, 16, 64].enumerated() {
          let y =
            0.01 + 0.012 * Double(k) * Double(4 - m) / 2 + 0.006 * Double(f) + 0.003 * wobble(m, k + 9 * f)
          rows.append(ChartRow(trials, y, lower: y - 0.007, upper: y + 0.007, series: method, facet: set))
        }
      }
    }
    return Chart(
      title: "Flattery by number of trials", description: "It grows with the number of trials.",
      layers: [
        ChartLayer(.rule, [ChartRow(y: 0, label: "no flattery")]), ChartLayer(.errorBar, rows),
        ChartLayer(.line, rows), ChartLayer(.point, rows),
      ],
      x: ChartAxis("tuning trials", .log()), y: ChartAxis("flattery (accuracy, tuned minus fresh)"),
      facet: ChartGrouping("data"))
  }

  static var trials: Chart {
    var chart = facets
    for index in chart.layers.indices {
      chart.layers[index].rows = chart.layers[index].rows.filter { $0.facet != "letter" }
        .map { row in
          var row = row
          row.facet = nil
          return row
        }
    }
    return chart
  }

  static var groupedBars: Chart {
    var rows: [ChartRow] = []
    for (d, set) in ["letter", "digits", "fashion-mnist", "cifar-10"].enumerated() {
      for (m, method) in methods.enumerated() {
        let y = 0.9 - 0.12 * Double(d) - 0.06 * Double(m) + 0.03 * wobble(m, d)
        rows.append(ChartRow(set, y, lower: y - 0.03, upper: y + 0.03, series: method))
      }
    }
    return Chart(
      title: "Accuracy", description: "Replay leads on all sets.",
      layers: [ChartLayer(.bar, rows), ChartLayer(.errorBar, rows)],
      x: ChartAxis("data set", .category()), y: ChartAxis("average accuracy"))
  }

  static var forest: Chart {
    let names = ["letter, 4 trials", "letter, 64 trials", "digits, 4 trials", "digits, 64 trials", "pooled"]
    let rows = names.enumerated().map { index, name in
      let x = 0.02 * Double(index) - 0.02
      return ChartRow(x: .number(x), y: .category(name), lower: x - 0.025, upper: x + 0.02)
    }
    return Chart(
      title: "Effects", description: "Most intervals exclude zero.",
      layers: [
        ChartLayer(.rule, [ChartRow(x: 0, label: "no effect")]), ChartLayer(.errorBar, rows),
        ChartLayer(.point, rows),
      ],
      x: ChartAxis("difference in accuracy"), y: ChartAxis("", .category()), height: 200)
  }

  static var response: Chart {
    let rows = (0...40).map { index -> ChartRow in
      let t = Double(index) / 40
      var x = 1e-6
      for _ in 0..<index { x *= 1.5 }
      return ChartRow(x, 0.9 - 1.3 * (t - 0.55) * (t - 0.55), series: "mlp")
    }
    return Chart(
      title: "Response", description: "A broad optimum.",
      layers: [
        ChartLayer(.line, rows),
        ChartLayer(.rule, [ChartRow(x: 1e-3, label: "default"), ChartRow(x: 0.01, label: "chosen")]),
      ],
      x: ChartAxis("learning rate", .log()), y: ChartAxis("accuracy", .linear(domain: 0...1)))
  }

  static var singleSeries: Chart {
    let rows = (1...5).map { ChartRow(Double($0), 0.9 - 0.1 * Double($0) + 0.02 * wobble(1, $0)) }
    return Chart(
      title: "Accuracy by session", description: "It falls.",
      layers: [ChartLayer(.line, rows), ChartLayer(.point, rows)],
      x: ChartAxis("session"), y: ChartAxis("accuracy"))
  }

  static var barsOwn: Chart {
    let rows = methods.enumerated().map { ChartRow($1, 0.3 - 0.17 * Double($0), series: $1) }
    return Chart(
      title: "Change", description: "Some lose.", layers: [ChartLayer(.bar, rows)],
      x: ChartAxis("", .category()), y: ChartAxis("change in accuracy"))
  }

  static var shapes: Chart {
    let rows = methods.prefix(3).enumerated().flatMap { m, method in
      ["small", "large"].enumerated().flatMap { s, size in
        (1...5).map { index in
          var row = ChartRow(Double(index), Double(m) + 0.5 * Double(s) + 0.1 * Double(index), series: method)
          row.shape = size
          return row
        }
      }
    }
    var chart = Chart(
      title: "Shapes", description: "Two groupings.",
      layers: [ChartLayer(.line, rows), ChartLayer(.point, rows)],
      x: ChartAxis("session"), y: ChartAxis("loss"), series: ChartGrouping("method"))
    chart.shape = ChartGrouping("model")
    return chart
  }

  static var sizes: Chart {
    let rows = (0..<30).map { index in
      var row = ChartRow(wobble(index, 1), wobble(index, 2), series: index % 2 == 0 ? "even" : "odd")
      row.size = Double(1 + index * index)
      return row
    }
    var chart = Chart(
      title: "Sizes", description: "Area shows n.", layers: [ChartLayer(.point, rows)], x: ChartAxis("a"),
      y: ChartAxis("b"))
    chart.sizeTitle = "examples"
    return chart
  }

  static var times: Chart {
    let start = 1_700_000_000.0
    let rows = (0..<40).map { ChartRow(start + Double($0) * 86_400 * 9, wobble($0, 3), series: "loss") }
    return Chart(
      title: "Times", description: "Over a year.", layers: [ChartLayer(.line, rows)],
      x: ChartAxis("day", .time()),
      y: ChartAxis("loss"))
  }

  static var symlog: Chart {
    let rows = (-6...6).map { index -> ChartRow in
      let size = DecimalLogarithm.power(Int(index.magnitude))
      return ChartRow(Double(index), index == 0 ? 0 : index < 0 ? -size : size)
    }
    return Chart(
      title: "Both signs", description: "Twelve decades.",
      layers: [ChartLayer(.line, rows), ChartLayer(.point, rows)],
      x: ChartAxis("order"), y: ChartAxis("change", .symlog()))
  }

  static var grid: Chart {
    var chart = facets
    for layer in chart.layers.indices {
      guard chart.layers[layer].rows.contains(where: { $0.facet != nil }) else { continue }
      chart.layers[layer].rows = ["sgd", "adam"].flatMap { optimizer in
        chart.layers[layer].rows.map { row in
          var row = row
          row.row = optimizer
          return row
        }
      }
    }
    chart.row = ChartGrouping("optimizer")
    return chart
  }

  static func points(_ values: [(Double, Double)]) -> Chart {
    let rows = values.map { ChartRow($0.0, $0.1, series: "only") }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.line, rows), ChartLayer(.point, rows)],
      x: ChartAxis("x"), y: ChartAxis("y"))
  }

  static var longLabels: Chart {
    let names = (0..<9).map {
      "a rather long method name with internationalisation-aware words, variant \($0)"
    }
    let rows = names.enumerated().flatMap { index, name in
      ["first of two very long series names that nobody would write", "second"].map {
        ChartRow(name, Double(index), series: $0)
      }
    }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.bar, rows)],
      x: ChartAxis(String(repeating: "long title ", count: 30), .category()),
      y: ChartAxis(String(repeating: "unbroken", count: 30)),
      series: ChartGrouping("the method that was used"))
  }

  static var longLines: Chart {
    let rows = (0..<5).flatMap { series in
      (0..<20).map {
        ChartRow(
          Double($0), Double(series) * 0.01 + wobble(series, $0),
          series: "a long name of a line, number \(series)")
      }
    }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.line, rows)], series: ChartGrouping("line"))
  }

  static var fifty: Chart {
    let rows = (0..<50).flatMap { series in
      (0..<12).map {
        ChartRow(Double($0), Double(series % 7) + wobble(series, $0), series: "series \(series)")
      }
    }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.line, rows), ChartLayer(.point, rows)],
      x: ChartAxis("x"), y: ChartAxis("y"))
  }

  static var decades: Chart {
    var (x, rows) = (1e-7, [ChartRow]())
    for index in 0..<13 {
      rows.append(ChartRow(x, 1 / x, lower: index == 4 ? -1 : 0.2 / x, upper: 5 / x, series: "cost"))
      x *= 10
    }
    rows.append(ChartRow(0, 3, series: "cost"))
    return Chart(
      title: "t", description: "d",
      layers: [ChartLayer(.band, rows), ChartLayer(.line, rows), ChartLayer(.errorBar, rows)],
      x: ChartAxis("scale", .log()), y: ChartAxis("cost", .log()))
  }

  static var manyCategories: Chart {
    let rows = (0..<40).map { ChartRow("category number \($0)", Double($0 % 11) - 4) }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.bar, rows)], x: ChartAxis("category", .category()),
      y: ChartAxis("value"))
  }

  static let hostileText = "</text><script>alert('1')</script>\u{0}\u{1B}\u{202E}\n&amp;\"]]> \u{FFFE}onload="

  static var hostile: Chart {
    let rows = [
      ChartRow(hostileText, 1, lower: 0, upper: 2, series: hostileText, facet: hostileText),
      ChartRow("b", 2, lower: 0, upper: 2, series: "b", facet: "b"),
    ]
    return Chart(
      title: hostileText, description: hostileText,
      layers: [
        ChartLayer(.bar, rows), ChartLayer(.errorBar, rows),
        ChartLayer(.rule, [ChartRow(y: 1.5, label: hostileText)]),
      ],
      x: ChartAxis(hostileText, .category(order: [hostileText])), y: ChartAxis(hostileText),
      series: ChartGrouping(hostileText), facet: ChartGrouping(hostileText))
  }

  static var manyFacets: Chart {
    let rows = (0..<7).flatMap { facet in
      (0..<30).map {
        ChartRow(Double($0) * 1000, wobble(facet, $0), series: "s\($0 % 2)", facet: "facet \(facet)")
      }
    }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.point, rows)], x: ChartAxis("environment steps"),
      y: ChartAxis("return"))
  }

  static var narrow: Chart {
    var chart = learningCurves
    chart.width = 300
    chart.height = 120
    return chart
  }

  static var manyRules: Chart {
    let rules = (0..<8).map { ChartRow(y: .number(Double($0) / 8), label: "reference number \($0)") }
    let upright = (0..<4).map { ChartRow(x: .number(Double($0)), label: "event \($0)") }
    return Chart(
      title: "t", description: "d",
      layers: [
        ChartLayer(.rule, rules + upright), ChartLayer(.line, (0..<4).map { ChartRow(Double($0), 0.4) }),
      ])
  }

  static var emoji: Chart {
    let rows = ["👩‍👩‍👧‍👦 family", "学習率の比較", "تعلم الآلة", "Größe", "Ω≈ç√∫"].map { name in
      ChartRow(name, 1, series: name + " x")
    }
    return Chart(
      title: "😀", description: "d", layers: [ChartLayer(.bar, rows)], x: ChartAxis("名前", .category()))
  }

  static var forestLong: Chart {
    let rows = (0..<25).map { index -> ChartRow in
      let name = "a comparison of two methods on a long named data set, case \(index)"
      let x = Double(index)
      return ChartRow(
        x: .number(x), y: .category(name), lower: x - 3, upper: x + 2, series: index % 2 == 0 ? "even" : "odd"
      )
    }
    return Chart(
      title: "t", description: "d", layers: [ChartLayer(.errorBar, rows), ChartLayer(.point, rows)],
      x: ChartAxis("difference"), y: ChartAxis("comparison", .category()))
  }

  /// A chart of any shape: `number` decides marks, scales, counts, names and sizes.
  static func random(_ number: Int) -> Chart {
    var drawn = 0
    func choose(_ count: Int) -> Int {
      drawn += 1
      return min(Int((wobble(number, drawn * 31) + 1) / 2 * Double(count)), count - 1)
    }
    func name(_ prefix: String) -> String {
      let words = ["a", "learning-rate", "of", "transformer", "iii", "WWWW", "0.001", "internationalisation"]
      return ([prefix] + (0..<choose(6)).map { _ in words[choose(words.count)] }).joined(separator: " ")
    }
    let marks: [any Mark] = [.line, .point, .bar, .band, .errorBar]
    let scales: [ChartScale] = [.linear(), .log(), .category(), .linear(domain: 0...1)]
    let series = (0..<choose(9)).map { name("s\($0)") }
    let facets = (0..<choose(5)).map { name("f\($0)") }
    let positions = 1 + choose(14)
    let names = (0..<positions).map { name("c\($0)") }
    let magnitude = [1e-9, 1e-3, 1, 7, 1e4, 1e6, 1e12][choose(7)]
    let (x, y) = (scales[choose(4)], scales[choose(3)])
    let isLying = choose(4) == 0
    var rows: [ChartRow] = []
    for facet in facets.isEmpty ? [nil] : facets.map(Optional.some) {
      for series in series.isEmpty ? [""] : series {
        for index in 0..<positions {
          let value = magnitude * (wobble(number, rows.count) + 0.7)
          let place = choose(2) == 0 ? ChartValue.category(names[index]) : .number(Double(index) * magnitude)
          rows.append(
            ChartRow(
              x: isLying ? .number(value) : place, y: isLying ? place : .number(value),
              lower: value - 0.2 * magnitude, upper: value + 0.1 * magnitude, series: series, facet: facet))
        }
      }
    }
    let rule = ChartRow(y: .number(magnitude * 0.3), label: name("rule"))
    var layers = (0...choose(3)).map { _ in ChartLayer(marks[choose(marks.count)], rows) }
    if choose(2) == 0 { layers.append(ChartLayer(.rule, [rule, ChartRow(x: rule.y, label: "x")])) }
    return Chart(
      title: "t", description: "d", layers: layers, x: ChartAxis(name("x"), isLying ? y : x),
      y: ChartAxis(name("y"), isLying ? x : y), series: ChartGrouping(choose(2) == 0 ? name("series") : ""),
      facet: ChartGrouping(choose(2) == 0 ? "facet" : ""), width: [320, 480, 640, 900][choose(4)])
  }
}
