/// The shape of a point.
enum Marker: CaseIterable {
  case circle, square, triangle, diamond, plus, invertedTriangle, cross

  /// The outline around the current point, in relative commands; all shapes look equally large.
  ///
  /// - Parameter scale: of the ordinary extent.
  func outline(scale: Double = 1) -> String {
    if scale == 1 { return ordinary }
    if self == .circle {
      let (radius, width) = (PathText.number(4.5 * scale), PathText.number(9 * scale))
      return "m-\(radius) 0a\(radius) \(radius) 0 1 0 \(width) 0a\(radius) \(radius) 0 1 0-\(width) 0z"
    }
    return Self.scaled(ordinary, by: scale)
  }

  private var ordinary: String {
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

  /// Every number of a path of straight relative commands multiplied.
  private static func scaled(_ path: String, by scale: Double) -> String {
    var result = ""
    var number = ""
    func flush() {
      guard let value = Double(number) else { return }
      let text = PathText.number(value * scale)
      let needsSpace = result.last.map { $0.isNumber } ?? false && !text.hasPrefix("-")
      result += (needsSpace ? " " : "") + text
      number = ""
    }
    for character in path {
      if character.isNumber || character == "." {
        number.append(character)
      } else {
        flush()
        if character == "-" { number = "-" } else if character != " " { result.append(character) }
      }
    }
    flush()
    return result
  }
}
