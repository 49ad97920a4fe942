/// Text made harmless for Markdown: one line that reads as it is in a paragraph, a heading, a link's text or
/// a table's cell of any CommonMark or GitHub renderer.
package func escapedForMarkdown(_ text: String) -> String {
  let line = oneLine(text)
  var out = String.UnicodeScalarView()
  let digits = line.prefix { ("0"..."9").contains($0) }.count
  for (position, scalar) in line.enumerated() {
    let next = position + 1 < line.count ? line[position + 1] : " "
    let opensBlock =
      position == 0 && startsBlock(scalar, before: next)
      || digits > 0 && position == digits && (scalar == "." || scalar == ")") && next == " "
    // A bare `&` or `!` is only itself unless an entity or a picture could follow.
    let isBare =
      scalar == "&" && !(next == "#" || next.properties.isAlphabetic)
      || scalar == "!" && position + 1 < line.count && next != "["
    if opensBlock || special.contains(scalar) && !isBare { out.append("\\") }
    out.append(scalar)
  }
  return String(out)
}

/// A Markdown code span that shows the text as it is.
///
/// In a table's cell GitHub reads a pipe even inside a code span as the cell's end; `inCell` escapes it.
package func markdownCode(_ text: String, inCell: Bool = false) -> String {
  var content = String.UnicodeScalarView()
  for scalar in oneLine(text) {
    if inCell && scalar == "|" { content.append("\\") }
    content.append(scalar)
  }
  guard !content.isEmpty else { return "" }
  let fence = String(repeating: "`", count: longestRun(of: "`", in: content) + 1)
  let needsSpace = content.first == "`" || content.last == "`"
  let padding = needsSpace ? " " : ""
  return fence + padding + String(content) + padding + fence
}

/// A relative path of our own as a link's destination: everything but unreserved characters and `/` is
/// encoded.
package func markdownDestination(_ path: String) -> String {
  var out = ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "#"):
      out.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let hex = String(byte, radix: 16, uppercase: true)
      out += "%" + (hex.count == 1 ? "0" : "") + hex
    }
  }
  return out
}

private let special: Set<Unicode.Scalar> = [
  "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$", "!",
]

/// Whether a line that starts so would open a heading, a list, a rule or a heading's underline.
private func startsBlock(_ first: Unicode.Scalar, before next: Unicode.Scalar) -> Bool {
  switch first {
  case "#", "-", "+", "=": next == " " || next == first
  case ":": next == "-"
  default: false
  }
}

private func oneLine(_ text: String) -> [Unicode.Scalar] {
  var out: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars {
    let shown = printable(scalar)
    let isSpace =
      shown == " " || shown == "\t" || shown == "\n" || shown.value == 0x2028 || shown.value == 0x2029
    if isSpace {
      if let last = out.last, last != " " { out.append(" ") }
    } else {
      out.append(shown)
    }
  }
  if out.last == " " { out.removeLast() }
  return out
}

private func longestRun(of wanted: Unicode.Scalar, in scalars: String.UnicodeScalarView) -> Int {
  var longest = 0
  var run = 0
  for scalar in scalars {
    run = scalar == wanted ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}
