extension ChartForm {
  /// The ends of a ranking of graphs.
  static let rankedGraphs = ChartForm(
    "ranked-graphs",
    "the graphs (detail) with the best and the worst mean of a measure (text): nodes in a row, a line or an arc from x to y "
      + "for each edge, colored by what it does", reading: .values, needs: [.x, .y, .color, .detail, .text],
    takes: [], score: .text
  ) { input, chart in
    let groups = RankedGraphs.Group.all(input.rows, isSmallerBetter: input.isSmallerBetter)
    let isSplit = groups.count > 1
    let side = isSplit ? 2 : 3
    chart.panelColumns = 2
    (chart.facet, chart.row) = (ChartGrouping(), ChartGrouping())
    var (lines, heads, names): ([ChartRow], [ChartRow], [ChartRow]) = ([], [], [])
    var told: [String] = []
    let layout = RankedGraphs.Layout(groups.flatMap(\.graphs).flatMap(\.edges))
    for group in groups {
      for (rank, graph) in group.ends(side) {
        let mean = TickText.rounded(graph.mean)
        let title = (isSplit ? group.name + " " : "") + "\(rank): \(graph.name), \(mean)"
        chart.facet.order.append(title)
        told.append(title + ": " + graph.edges.map { "\($0.name) \($0.operation)" }.joined(separator: ", "))
        for (edge, path) in layout.paths(graph.edges) {
          let rows = path.map { place -> ChartRow in
            var row = ChartRow(place.x, place.y, series: edge.operation, facet: title)
            row.detail = edge.name
            return row
          }
          lines += rows.dropLast()
          heads += rows.suffix(2)
        }
        names += layout.names.map { place, name in
          ChartRow(x: .number(place), y: 0, facet: title, label: name)
        }
      }
    }
    chart.x = ChartAxis("", .linear(domain: layout.across), isHidden: true)
    chart.y = ChartAxis("", .linear(domain: layout.along), isHidden: true)
    // Both axes have one unit.
    let unit = (chart.width - 26) / 2 / (layout.across.upperBound - layout.across.lowerBound)
    chart.height = (layout.along.upperBound - layout.along.lowerBound) * unit / 0.8
    chart.layers += [
      ChartLayer(LineMark(form: .path, isLabelled: false), lines),
      ChartLayer(ArrowMark(width: 2, opacity: 1, isInLegend: false), heads),
      ChartLayer(TextMark(anchor: .middle), names),
    ]
    guard !told.isEmpty else { return }
    chart.description += " " + told.joined(separator: "; ") + "."
    let count = groups.map(\.graphs.count).max() ?? 0
    chart.notes.append(
      (count > 2 * side
        ? "Left the \(side) best, right the \(side) worst of \(count) graphs" : "All graphs")
        + "\(isSplit ? " of each" : "") by their means, which stand behind rank and name; rank 1 has the "
        + "\(input.isSmallerBetter ? "smallest" : "largest"). Edges that do nothing (none) are not drawn.")
  }
}

private enum RankedGraphs {
  struct Edge: Hashable {
    let from: Double
    let to: Double
    let operation: String

    var name: String { "\(TickText.plain(from))→\(TickText.plain(to))" }
    /// Whether it is drawn.
    var isThere: Bool { operation != "none" && from != to }
  }

  struct Graph {
    let name: String
    /// Each once, as the rows first name them.
    var edges: [Edge] = []
    var mean: Double { sum / Double(count) }
    private var sum = 0.0
    private var count = 0

    init(name: String) { self.name = name }

    mutating func add(_ row: ChartRow) {
      if let score = Double(row.label), score.isDrawable { (sum, count) = (sum + score, count + 1) }
      guard let from = row.x?.number, let to = row.y?.number, from.isDrawable, to.isDrawable else { return }
      let edge = Edge(from: from, to: to, operation: row.series)
      if !edges.contains(edge) { edges.append(edge) }
    }
  }

  /// The graphs of one panel that the author asked for, the best first; those without a mean are left out.
  struct Group {
    let name: String
    let graphs: [Graph]

    static func all(_ rows: [ChartRow], isSmallerBetter: Bool) -> [Group] {
      var names = NameList()
      var members: [[ChartRow]] = []
      for row in rows {
        let name = [row.facet, row.row].compactMap { $0 }.joined(separator: ", ")
        let place = names.place(of: name) ?? 0
        while members.count <= place { members.append([]) }
        members[place].append(row)
      }
      return members.enumerated().map { place, rows in
        var graphs: [Graph] = []
        var places: [String: Int] = [:]
        for row in rows {
          let place = places[row.detail] ?? graphs.count
          if place == graphs.count {
            places[row.detail] = place
            graphs.append(Graph(name: row.detail))
          }
          graphs[place].add(row)
        }
        let sorted = graphs.filter { !$0.mean.isNaN && !$0.edges.isEmpty }.enumerated().sorted {
          let (a, b) = ($0.element.mean, $1.element.mean)
          return a == b ? $0.offset < $1.offset : isSmallerBetter ? a < b : a > b
        }
        return Group(name: names.names.isEmpty ? "" : names.names[place], graphs: sorted.map(\.element))
      }
    }

    /// The first and the last with their ranks, each of the first before its counterpart; all where they are few.
    func ends(_ side: Int) -> [(rank: Int, graph: Graph)] {
      let ranked = graphs.enumerated().map { (rank: $0 + 1, graph: $1) }
      return ranked.count <= 2 * side
        ? ranked : zip(ranked.prefix(side), ranked.suffix(side).reversed()).flatMap { [$0, $1] }
    }
  }

  /// Nodes in a row, one unit apart, in the order of their numbers. Neighbours are joined by straight lines, others by arcs:
  /// above the row from its first, third, … node, below from the others, so that few cross.
  struct Layout {
    private let places: [Double: Double]
    /// What each place is called: `in` where no edge enters, `out` where none leaves, else its number.
    let names: [(place: Double, name: String)]

    /// How far edges stay from the middle of a node: room for its name on narrow screens.
    private static let clearance = (number: 0.16, word: 0.25)
    /// Height of an arc over three nodes.
    private static let rise = 0.4
    /// Length of the piece that bears an edge's head.
    private static let head = 0.2
    /// Pieces that an edge is looked at in.
    private static let steps = 48

    init(_ edges: [Edge]) {
      let (starts, ends) = (Set(edges.map(\.from)), Set(edges.map(\.to)))
      let nodes = starts.union(ends).sorted()
      places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, Double($0)) })
      names = nodes.enumerated().map { place, node in
        (Double(place), !ends.contains(node) ? "in" : !starts.contains(node) ? "out" : TickText.plain(node))
      }
    }

    private var last: Double { Double(max(places.count - 1, 1)) }
    private func height(_ span: Double) -> Double {
      Self.rise * (span - 1) / max(last - 1, 1) * min(last - 1, 2)
    }
    private func clearance(_ place: Double) -> Double {
      names[Int(place)].name.count > 1 ? Self.clearance.word : Self.clearance.number
    }

    var across: ClosedRange<Double> { -0.3...last + 0.3 }
    var along: ClosedRange<Double> { -height(last - 1) - 0.25...height(last) + 0.1 }

    /// The places that each edge leads through.
    func paths(_ edges: [Edge]) -> [(edge: Edge, path: [(x: Double, y: Double)])] {
      var seen: [Set<Double>: Int] = [:]
      return edges.filter(\.isThere).map { edge in
        let (start, end) = (places[edge.from] ?? 0, places[edge.to] ?? 0)
        let span = (end - start).magnitude
        // Edges between the same nodes lie above each other.
        let earlier = seen[[start, end], default: 0]
        seen[[start, end]] = earlier + 1
        let side: Double = Int(min(start, end)) % 2 == 0 ? 1 : -1
        let room = side > 0 ? along.upperBound : -along.lowerBound
        let bow = side * min(height(span) + 0.15 * Double(earlier), room)
        /// Half an ellipse, whose steep ends get as many places as its top.
        func place(_ way: Double) -> (x: Double, y: Double) {
          let share = way * way * (3 - 2 * way)
          return (start + (end - start) * share, bow * 2 * (share * (1 - share)).squareRoot())
        }
        func isClear(_ place: (x: Double, y: Double), of other: (x: Double, y: Double), by far: Double)
          -> Bool
        {
          let (x, y) = (place.x - other.x, place.y - other.y)
          return x * x + y * y >= far * far
        }
        let way = (0...Self.steps).map { place(Double($0) / Double(Self.steps)) }.filter { place in
          [start, end].allSatisfy { isClear(place, of: ($0, 0), by: clearance($0)) }
        }
        guard let tip = way.last, let neck = way.lastIndex(where: { isClear($0, of: tip, by: Self.head) })
        else {
          return (edge, [])
        }
        let shaft = bow == 0 ? [way[0]] : stride(from: 0, to: neck, by: 3).map { way[$0] }
        return (edge, shaft + [way[neck], tip])
      }
    }
  }
}
