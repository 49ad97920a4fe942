/// How one series looks. Colour is doubled by shape, dash or hatching, so that a grey print or a colour-blind
/// reader loses nothing; the cycles have lengths 8, 7, 5 and 6, so that even 50 series differ.
package struct SeriesStyle: Sendable {
  /// Place among the chart's series, from 0; nil for rows without a series.
  let index: Int?
  /// Place among the chart's shapes, which then decides shape and dash; nil where the series does.
  var shape: Int?

  /// Name of its class, which sets `color`.
  var className: String { index.map { "s\($0 % Self.light.count)" } ?? "n" }

  /// Shape of its points.
  var marker: Marker { Marker.allCases[(shape ?? index ?? 0) % Marker.allCases.count] }

  /// Number of its hatching, 0 for none.
  var hatch: Int { (index ?? 0) % (Hatching.count + 1) }

  /// Attribute that dashes a line; empty for a solid one.
  var dash: String {
    let dash = Self.dashes[(shape ?? index ?? 0) % Self.dashes.count]
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

/// Shades of one hue from faint to strong: lightness alone orders them, so that they survive grey prints and
/// every kind of colour blindness. On dark backgrounds the strong ones are the bright ones.
enum ShadePalette {
  static let light = [
    "#eaf3f8", "#cfe3ef", "#aecfe4", "#86b6d6", "#5c9ac6", "#3276ab", "#235f94", "#164374", "#0d2950",
  ]
  static let dark = [
    "#1d2a38", "#21394f", "#254a6a", "#285d88", "#2f6f9f", "#63a4d6", "#8dbfe6", "#b9d9f2", "#e3f1fb",
  ]

  /// Name of the class that sets `color`.
  static func className(_ level: Int) -> String { "q\(level)" }

  /// Words on that shade are of the background's colour.
  static func isStrong(_ level: Int) -> Bool { level >= 5 }
}
