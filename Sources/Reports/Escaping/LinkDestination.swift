/// Where a link of an author's may lead: the web, mail, or a path or place of our own.
package enum LinkDestination: Equatable {
  /// `#anchor`, without the sign.
  case fragment(String)
  /// A path without a scheme, relative to the study.
  case relative(String)
  /// `https:`, `http:` or `mailto:`.
  case external(String)

  /// Nil where the destination is empty or could run or load something: `javascript:`, `data:`, `file:` …
  package init?(_ written: String) {
    let text = String(
      String.UnicodeScalarView(written.unicodeScalars.filter { $0.value > 0x20 && $0 != "\u{7F}" }))
    guard !text.isEmpty else { return nil }
    if text.hasPrefix("#") {
      self = .fragment(String(text.unicodeScalars.dropFirst()))
      return
    }
    let head = text.unicodeScalars.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let colon = head.firstIndex(of: ":") {
      let scheme = String(head[..<colon]).lowercased()
      guard ["https", "http", "mailto"].contains(scheme) else { return nil }
      self = .external(text)
    } else if text.hasPrefix("//") || text.unicodeScalars.contains("\\") {
      return nil
    } else {
      self = .relative(text)
    }
  }

  /// A study's path turned into its report's, as reports lie beside one another like the studies do:
  /// `../calibration/temperature.md#limits` becomes `../calibration/temperature.html#limits`.
  package static func report(forStudy path: String) -> String {
    let end = path.firstIndex { $0 == "#" || $0 == "?" } ?? path.endIndex
    let file = path[..<end]
    return file.hasSuffix(".md") ? file.dropLast(3) + ".html" + path[end...] : path
  }
}
