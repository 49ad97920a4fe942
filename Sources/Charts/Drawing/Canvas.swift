/// Collects SVG elements, escaped and in order, and remembers the words placed.
package struct Canvas {
  /// Prefix of every id.
  let id: String
  /// The SVG written so far.
  private(set) var elements = ""
  /// The words placed so far, which later ones avoid.
  private(set) var texts: [PlacedText] = []
  /// Hatchings used, by number.
  private(set) var hatches: Set<Int> = []
  /// What could not be shown one by one.
  var thinning = Thinning()
  /// Sentences for a reader about it.
  var notes: [String] { thinning.notes }

  init(id: String) { self.id = id }

  /// Elements drawn by `content` share a class; nothing is written where it draws nothing.
  mutating func group(_ name: String, _ content: (inout Canvas) -> Void) {
    let before = elements
    elements = ""
    content(&self)
    elements = elements.isEmpty ? before : before + "<g class=\"\(name)\">" + elements + "</g>"
  }

  /// A path, unless it is empty.
  mutating func path(_ path: PathText, _ attributes: String = "") {
    guard !path.text.isEmpty else { return }
    elements += "<path d=\"\(path.text)\"" + (attributes.isEmpty ? "" : " " + attributes) + "/>"
  }

  /// A straight line.
  mutating func line(from start: Point, to end: Point, _ attributes: String = "") {
    var text = PathText()
    text.polyline([start, end])
    path(text, attributes)
  }

  /// Fills with the series' colour, and its hatching on top.
  mutating func fill(_ path: PathText, hatch: Int) {
    self.path(path, "fill=\"currentColor\"")
    if hatch > 0, !path.text.isEmpty {
      hatches.insert(hatch)
      self.path(path, "fill=\"url(#\(id)-h\(hatch))\"")
    }
  }

  /// Words, and a `<title>` with all of them where they were shortened.
  mutating func text(_ text: PlacedText) {
    texts.append(text)
    let count = Double(text.lines.count)
    // Distance in em from the anchored edge to the first baseline; capitals are about 0.7 em high.
    let first =
      switch text.edge {
      case .top: 0.95
      case .middle: 0.35 - (count - 1) * 0.6
      case .bottom: -0.25 - (count - 1) * 1.2
      }
    let (x, y) = (PathText.number(text.at.x), PathText.number(text.at.y))
    elements += "<text class=\"\(text.role.rawValue)\""
    if text.anchor != .start { elements += " text-anchor=\"\(text.anchor.rawValue)\"" }
    elements +=
      text.isSlanted ? " transform=\"translate(\(x) \(y)) rotate(-45)\"" : " x=\"\(x)\" y=\"\(y)\""
    if count == 1 {
      elements += " dy=\"\(Self.em(first))\">" + Self.escaped(text.lines[0])
    } else {
      elements += ">"
      for (index, line) in text.lines.enumerated() {
        let shift = Self.em(index == 0 ? first : 1.2)
        elements += "<tspan x=\"\(x)\" dy=\"\(shift)\">\(Self.escaped(line))</tspan>"
      }
    }
    if text.lines.joined(separator: " ") != text.whole, text.lines.contains(where: { $0.hasSuffix("…") }) {
      elements += "<title>\(Self.escaped(text.whole))</title>"
    }
    elements += "</text>"
  }

  /// Text for element content and attribute values, without control characters.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TextFitting.clean(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Two decimals are enough of an em.
  private static func em(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let size = String(hundredths.magnitude)
    let padded = String(repeating: "0", count: max(3 - size.utf8.count, 0)) + size
    return (hundredths < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2) + "em"
  }
}
