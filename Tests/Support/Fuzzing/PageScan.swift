/// Reads the tags of a page as a browser would, and says which of them a page of ours never holds.
enum PageScan {
  private static let tags: Set<String> = [
    "a", "article", "b", "blockquote", "body", "br", "caption", "code", "dd", "defs", "desc", "details",
    "div", "dl",
    "dt", "em", "figcaption", "figure", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "li", "small",
    "link", "main", "meta", "nav", "ol", "p", "path", "pattern", "pre", "section", "span", "strong", "style",
    "summary",
    "sup", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "tspan", "ul",
  ]

  static func fault(_ page: String) -> String? {
    let bytes = Array(page.utf8)
    var place = 0
    while let open = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      place = open + 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "!") {
        place += 1
        continue
      }
      if place < bytes.count, bytes[place] == UInt8(ascii: "/") { place += 1 }
      let name = word(bytes, &place)
      guard tags.contains(name) else { return "the page holds <\(name)" }
      if let fault = attributes(bytes, &place) { return "<\(name)> has \(fault)" }
    }
    return nil
  }

  /// Past the tag's end; what is wrong with its attributes.
  private static func attributes(_ bytes: [UInt8], _ place: inout Int) -> String? {
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
      if " \n/".utf8.contains(bytes[place]) {
        place += 1
        continue
      }
      let name = word(bytes, &place)
      guard !name.isEmpty, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "="),
        bytes[place + 1] == UInt8(ascii: "\"")
      else { return "the attribute '\(name)' without a quoted value" }
      if name.hasPrefix("on") { return "the attribute \(name)" }
      place += 2
      let start = place
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += 1 }
      let value = String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
      if name == "href", value.hasPrefix("javascript:") || value.hasPrefix("data:") && value != "data:," {
        return "a link to \(value.prefix(40))"
      }
      place += 1
    }
    return nil
  }

  private static func word(_ bytes: [UInt8], _ place: inout Int) -> String {
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      let isWord =
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
        || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "-:_".utf8.contains(byte)
      guard isWord else { break }
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}
