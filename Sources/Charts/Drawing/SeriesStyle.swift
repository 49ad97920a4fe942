/// How one series looks. Colour is doubled by shape, dash or hatching, so that a grey print or a colour-blind
/// reader loses nothing; the cycles have lengths 8, 7, 5 and 6, so that even 50 series differ.
package struct SeriesStyle: Sendable {
  /// Place among the chart's series, from 0; nil for rows without a series.
  let index: Int?

  /// Name of its class, which sets `color`.
  var className: String { index.map { "s\($0 % Self.light.count)" } ?? "n" }

  /// Shape of its points.
  var marker: Marker { Marker.allCases[(index ?? 0) % Marker.allCases.count] }

  /// Number of its hatching, 0 for none.
  var hatch: Int { (index ?? 0) % (Hatching.count + 1) }

  /// Attribute that dashes a line; empty for a solid one.
  var dash: String {
    let dash = Self.dashes[(index ?? 0) % Self.dashes.count]
    return dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }

  private static let dashes = ["", "8 4", "2 4", "10 4 2 4", "16 5"]

  // Eight colours found by search from the hues of Okabe and Ito ("Color Universal Design", 2008), moved
  // until each has a contrast of at least 3 to its background and every pair stays apart (ΔE*ab ≥ 12, the
  // first four ≥ 16) under simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira, Fernandes,
  // 2009).
  static let light = [
    "#0a50b5", "#e0401a", "#2a9d7c", "#8a4fa3", "#20232e", "#939433", "#7f8cf0", "#5a3417",
  ]
  static let dark = [
    "#7baafb", "#ef7a24", "#36e08f", "#c2659c", "#dff5fa", "#f5e05a", "#7a5cf0", "#8f8457",
  ]
}

/// The shape of a point.
enum Marker: CaseIterable {
  case circle, square, triangle, diamond, plus, invertedTriangle, cross

  /// The outline around the current point, in relative commands; all shapes look equally large.
  var outline: String {
    switch self {
    case .circle: "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"
    case .square: "m-4-4h8v8h-8z"
    case .triangle: "m-5 4l5-9l5 9z"
    case .diamond: "m-5.5 0l5.5-5.5l5.5 5.5l-5.5 5.5z"
    case .plus: "m-1.7-5.2h3.4v3.5h3.5v3.4h-3.5v3.5h-3.4v-3.5h-3.5v-3.4h3.5z"
    case .invertedTriangle: "m-5-4l5 9l5-9z"
    case .cross:
      "m-4.9-2.5l2.4-2.4l2.5 2.5l2.5-2.5l2.4 2.4l-2.5 2.5"
        + "l2.5 2.5l-2.4 2.4l-2.5-2.5l-2.5 2.5l-2.4-2.4l2.5-2.5z"
    }
  }
}

/// Patterns of background-coloured lines over filled areas.
enum Hatching {
  /// How many there are besides plain colour.
  static let count = 5

  /// The `<pattern>` element of hatching `number`, 1 … `count`.
  static func element(_ number: Int, id: String) -> String {
    let lines = [
      "M-2 2L2-2M0 8L8 0M6 10L10 6", "M-2 6L2 10M0 0L8 8M6-2L10 2", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8",
    ]
    return "<pattern id=\"\(id)-h\(number)\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
      + "<path d=\"\(lines[number - 1])\" class=\"hatch\"/></pattern>"
  }
}
