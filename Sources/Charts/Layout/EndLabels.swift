/// Names of lines at their ends, instead of a legend, where every line ends at the plot's right edge and the
/// names find room without moving far.
struct EndLabels {
  /// One name.
  struct Entry {
    var series: Int
    /// Height of the line's end and of the name, from the plot's top.
    var end: Double
    var name: Double
  }

  /// From the top.
  let entries: [Entry]
  private let names: [String]
  /// The names in one or two lines.
  private let lines: [[String]]
  /// Room right of the plot.
  let width: Double

  /// Between the line's end and its name: room for a leader.
  static let leader = 20.0
  /// Farthest a name may stand from its line's end.
  private static let reach = 40.0

  /// Nil where a legend serves better.
  ///
  /// - Parameters:
  ///   - height: of the plot.
  ///   - width: of the picture.
  init?(_ data: ResolvedChart, names: [String], height: Double, width: Double) {
    guard data.panels.count == 1, data.shapes.isEmpty, !data.isHorizontal, !names.isEmpty, names.count <= 12
    else { return nil }
    let limit = width * 0.34 - Self.leader - 4
    let wrapped = names.compactMap {
      TextFitting.wrapped($0, width: limit, size: PlacedText.size, maximum: 2)
    }
    guard wrapped.count == names.count else { return nil }
    self.names = names
    lines = wrapped
    self.width = (wrapped.map(PlacedText.width).max() ?? 0) + Self.leader + 4
    var lastRows = [PlacedRow?](repeating: nil, count: names.count)
    for layer in data.layers where layer.mark.labelsLineEnd {
      for row in layer.rows where row.isDrawn {
        guard let series = row.series, let position = row.position else { continue }
        if position >= lastRows[series]?.position ?? -1 { lastRows[series] = row }
      }
    }
    var ends: [Entry] = []
    for series in names.indices {
      guard let row = lastRows[series], let position = row.position, let value = row.value, position > 0.98
      else { return nil }
      let end = (1 - value) * height
      ends.append(Entry(series: series, end: end, name: end))
    }
    ends.sort { ($0.end, $0.series) < ($1.end, $1.series) }
    let heights = ends.map { Double(wrapped[$0.series].count) * PlacedText.lineHeight + 3 }
    let places = Self.spread(ends.map(\.end), heights: heights, from: -6, to: height + 6)
    for index in ends.indices { ends[index].name = places[index] }
    guard heights.reduce(0, +) <= height + 12,
      ends.allSatisfy({ ($0.name - $0.end).magnitude <= Self.reach })
    else { return nil }
    entries = ends
  }

  /// Draws names right of the panel, and leaders to them from the lines' ends.
  func draw(beside panel: Panel, on canvas: inout Canvas) {
    let frame = panel.frame
    for entry in entries {
      let style = SeriesStyle(index: entry.series)
      let start = panel.point(1, 0, offset: panel.offset(of: style)).x + 7
      let end = frame.maxX + Self.leader - 4
      canvas.group(style.className) { canvas in
        canvas.line(
          from: Point(x: start, y: frame.y + entry.end), to: Point(x: end, y: frame.y + entry.name),
          "stroke=\"currentColor\" stroke-opacity=\".6\"")
      }
      canvas.text(
        PlacedText(
          lines[entry.series], whole: names[entry.series],
          at: Point(x: frame.maxX + Self.leader, y: frame.y + entry.name), anchor: .start, edge: .middle,
          role: .label))
    }
  }

  /// Moves the centres of labels of given heights apart until none touch, with the least squared
  /// displacement, and into the bounds: neighbours that touch are joined and centred on what they wish for.
  ///
  /// - Parameter wishes: the centres wanted, ascending.
  static func spread(
    _ wishes: [Double], heights: [Double], from low: Double, to high: Double
  ) -> [Double] {
    // A cluster's top wishes: for each label, its wish less its distance from the cluster's top.
    struct Cluster {
      var sum: Double
      var labels: [Int]
      var height: Double
    }
    func top(_ cluster: Cluster) -> Double {
      max(min(cluster.sum / Double(cluster.labels.count), high - cluster.height), low)
    }
    var clusters: [Cluster] = []
    for (index, wish) in wishes.enumerated() {
      clusters.append(Cluster(sum: wish - heights[index] / 2, labels: [index], height: heights[index]))
      while clusters.count > 1 {
        let (upper, lower) = (clusters[clusters.count - 2], clusters[clusters.count - 1])
        guard top(upper) + upper.height > top(lower) else { break }
        let shifted = lower.sum - upper.height * Double(lower.labels.count)
        clusters.removeLast(2)
        clusters.append(
          Cluster(
            sum: upper.sum + shifted, labels: upper.labels + lower.labels, height: upper.height + lower.height
          ))
      }
    }
    return clusters.flatMap { cluster in
      var edge = top(cluster)
      return cluster.labels.map { label in
        defer { edge += heights[label] }
        return edge + heights[label] / 2
      }
    }
  }
}
