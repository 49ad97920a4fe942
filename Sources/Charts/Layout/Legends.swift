/// Part of what explains colours, shapes, shades and sizes, above the plots.
protocol LegendBlock: Sendable {
  var height: Double { get }
  /// Draws from the upper left corner `origin` on.
  func draw(from origin: Point, on canvas: inout Canvas)
}

/// All that a chart explains above its plots.
struct Legends: Sendable {
  private let blocks: [any LegendBlock]

  /// - Parameter namesSeries: series need a legend: no label names them directly.
  init(_ chart: Chart, _ data: ResolvedChart, names: [String], namesSeries: Bool, width: Double) {
    var blocks: [any LegendBlock] = []
    let isWritten = data.layers.allSatisfy { layer in
      layer.mark.writesLabels || !layer.mark.hasSymbol || layer.rows.allSatisfy { $0.series == nil }
    }
    if namesSeries, !isWritten, !names.isEmpty, !data.isEmpty {
      let symbols = SeriesSymbols(layers: data.layers, hasShapes: !data.shapes.isEmpty)
      blocks.append(
        Legend(title: TextFitting.clean(chart.series.title), names: names, width: width) {
          symbols.draw($0, in: $1, on: &$2)
        })
    }
    if !data.shapes.isEmpty, !data.isEmpty {
      let marks = data.layers.map(\.mark)
      let shapes = data.shapes.map(TextFitting.clean)
      blocks.append(
        Legend(title: TextFitting.clean(chart.shape.title), names: shapes, width: width) {
          index, box, canvas in
          let style = SeriesStyle(index: nil, shape: index)
          canvas.group(style.className) { canvas in
            for mark in marks where mark.hasSymbol { mark.drawSymbol(in: box, style: style, on: &canvas) }
          }
        })
    }
    if let sizes = data.sizes, !chart.sizeTitle.isEmpty, !data.isEmpty {
      let examples = sizes.examples
      blocks.append(
        Legend(title: TextFitting.clean(chart.sizeTitle), names: examples.map(\.label), width: width) {
          index, box, canvas in
          let style = SeriesStyle(index: nil)
          let scale = sizes.factor(examples[index].value) ?? 1
          canvas.group(style.className) {
            PointMark().drawSymbol(in: box, style: style, scale: scale, on: &$0)
          }
        })
    }
    if let shades = data.shades, !chart.shade.title.isEmpty, !data.isEmpty {
      blocks.append(ShadeLegend(title: TextFitting.clean(chart.shade.title), shades: shades, width: width))
    }
    self.blocks = blocks
  }

  var isEmpty: Bool { blocks.isEmpty }
  var height: Double { blocks.reduce(0) { $0 + $1.height } }

  func draw(from origin: Point, on canvas: inout Canvas) {
    var y = origin.y
    for block in blocks {
      block.draw(from: Point(x: origin.x, y: y), on: &canvas)
      y += block.height
    }
  }
}

/// Draws a series' legend symbol: all marks that show it, on each other.
private struct SeriesSymbols: Sendable {
  private let marks: [[any Mark]]
  private let hasShapes: Bool

  init(layers: [PlacedLayer], hasShapes: Bool) {
    self.hasShapes = hasShapes
    var marks: [[any Mark]] = []
    for layer in layers where layer.mark.hasSymbol {
      for series in Set(layer.rows.lazy.compactMap(\.series)).sorted() {
        while marks.count <= series { marks.append([]) }
        marks[series].append(layer.mark)
      }
    }
    self.marks = marks
  }

  func draw(_ index: Int, in box: Box, on canvas: inout Canvas) {
    guard marks.indices.contains(index) else { return }
    let style = SeriesStyle(index: index, shape: hasShapes ? 0 : nil)
    canvas.group(style.className) { canvas in
      // A bar says it alone; what stands on it would stick out.
      let bars = marks[index].filter { $0.startsAtZero && $0.dodges == .fully }
      for mark in bars.isEmpty ? marks[index] : bars { mark.drawSymbol(in: box, style: style, on: &canvas) }
    }
  }
}
