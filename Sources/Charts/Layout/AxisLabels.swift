/// Ticks of one axis with their labels made to fit.
struct AxisLabels {
  /// A tick and its label's lines.
  struct Label {
    var tick: Tick
    var lines: [String]
  }

  /// In the order of the axis.
  var labels: [Label]
  /// Each label is one line, rising at 45° to its tick.
  var isSlanted = false

  private static let size = PlacedText.size
  /// Least room between two labels on a line.
  private static let gap = 10.0
  /// Least room along an axis from one slanted label to the next.
  static let slantedSpacing = (PlacedText.lineHeight + 1) / PlacedText.slant

  /// Labels under an axis.
  ///
  /// - Parameters:
  ///   - length: of the axis in SVG units.
  ///   - room: left of the axis's start, for slanted labels.
  static func below(_ scale: any PositionScale, length: Double, room: Double) -> AxisLabels {
    if let categories = scale as? CategoryScale { return below(categories, length: length, room: room) }
    for count in stride(from: min(max(Int(length / 45), 2), 9), through: 2, by: -1) {
      let labels = oneLine(scale.ticks(atMost: count))
      if fits(labels, length: length) { return AxisLabels(labels: labels) }
    }
    return AxisLabels(labels: Array(oneLine(scale.ticks(atMost: 1)).prefix(1)))
  }

  /// Labels left of an axis.
  ///
  /// - Parameters:
  ///   - length: of the axis in SVG units.
  ///   - width: the most a label may take.
  static func beside(_ scale: any PositionScale, length: Double, width: Double) -> AxisLabels {
    guard let categories = scale as? CategoryScale else {
      for count in stride(from: min(max(Int(length / 36), 2), 7), through: 2, by: -1) {
        let labels = oneLine(scale.ticks(atMost: count))
        let steps = zip(labels, labels.dropFirst()).map { $1.tick.fraction - $0.tick.fraction }
        if (steps.min() ?? 1) * length >= PlacedText.lineHeight { return AxisLabels(labels: labels) }
      }
      return AxisLabels(labels: Array(oneLine(scale.ticks(atMost: 1)).prefix(1)))
    }
    let band = length * categories.band
    let maximum = max(Int(band / PlacedText.lineHeight), 1)
    let ticks = categories.ticks(atMost: max(Int(length / PlacedText.lineHeight), 1))
    let texts = ticks.map { TextFitting.clean($0.label) }
    let single = TextFitting.fitted(all: texts, width: { _ in width }, size: size)
    guard single != texts, maximum > 1 else {
      return AxisLabels(labels: zip(ticks, single).map { Label(tick: $0, lines: [$1]) })
    }
    return AxisLabels(
      labels: zip(ticks, texts).map {
        Label(tick: $0, lines: lines($1, width: width, maximum: min(maximum, 3)))
      })
  }

  /// Height of labels under an axis.
  var height: Double {
    if isSlanted { return (width + PlacedText.lineHeight) * PlacedText.slant + 2 }
    return Double(labels.map(\.lines.count).max() ?? 0) * PlacedText.lineHeight
  }

  /// Width of the widest label.
  var width: Double { labels.map { PlacedText.width($0.lines) }.max() ?? 0 }

  /// How far labels under an axis of that length reach beyond its two ends.
  func overhang(length: Double, position: (Double) -> Double) -> (start: Double, end: Double) {
    if isSlanted {
      // Room for a good part of each label; one that is longer still is shortened.
      let reach = labels.map { label in
        (PlacedText.width([TextFitting.clean(label.tick.label)]) + PlacedText.lineHeight) * PlacedText.slant
          - position(label.tick.fraction)
      }
      // A little more than that, for room on the left makes the axis shorter.
      return (min(max((reach.max() ?? 0) + 3, 0), 100), 10)
    }
    var (start, end) = (0.0, 0.0)
    for label in labels {
      let half = PlacedText.width(label.lines) / 2
      start = max(start, half - position(label.tick.fraction))
      end = max(end, position(label.tick.fraction) + half - length)
    }
    return (start, end)
  }

  private static func below(_ scale: CategoryScale, length: Double, room: Double) -> AxisLabels {
    let band = length * scale.band
    let ticks = scale.ticks(atMost: scale.categories.count)
    let single = oneLine(ticks)
    if single.allSatisfy({ PlacedText.width($0.lines) <= band - gap }) { return AxisLabels(labels: single) }
    let wrapped = single.compactMap { label in
      TextFitting.wrapped(label.lines[0], width: band - gap, size: size, maximum: 3)
        .map { Label(tick: label.tick, lines: $0) }
    }
    if wrapped.count == single.count { return AxisLabels(labels: wrapped) }
    if band >= 110 {
      return AxisLabels(
        labels: single.map {
          Label(tick: $0.tick, lines: lines($0.lines[0], width: band - gap, maximum: 3))
        })
    }
    let slanted = oneLine(scale.ticks(atMost: max(Int(length / slantedSpacing), 1)))
    let limit = { (index: Int) -> Double in
      min(200, (room + slanted[index].tick.fraction * length) / PlacedText.slant - PlacedText.lineHeight)
    }
    let shown = TextFitting.fitted(all: slanted.map { $0.lines[0] }, width: limit, size: size)
    return AxisLabels(
      labels: zip(slanted, shown).map { Label(tick: $0.tick, lines: [$1]) }, isSlanted: true)
  }

  private static func lines(_ text: String, width: Double, maximum: Int) -> [String] {
    TextFitting.wrapped(text, width: width, size: size, maximum: maximum, shortensWords: true) ?? []
  }

  private static func oneLine(_ ticks: [Tick]) -> [Label] {
    ticks.map { Label(tick: $0, lines: [TextFitting.clean($0.label)]) }
  }

  private static func fits(_ labels: [Label], length: Double) -> Bool {
    zip(labels, labels.dropFirst()).allSatisfy { left, right in
      let halves = (PlacedText.width(left.lines) + PlacedText.width(right.lines)) / 2
      return (right.tick.fraction - left.tick.fraction) * length >= halves + gap
    }
  }
}
