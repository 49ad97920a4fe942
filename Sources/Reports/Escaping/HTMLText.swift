/// Text made harmless for HTML, as content and inside a quoted attribute alike.
///
/// Works on Unicode scalars: a `<` or `"` that a combining mark or a prepended sign joins into one Swift
/// `Character` is still a `<` or `"` to a browser.
package func escapedForHTML(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out.append(contentsOf: "&amp;".unicodeScalars)
    case "<": out.append(contentsOf: "&lt;".unicodeScalars)
    case ">": out.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
    case "'": out.append(contentsOf: "&#39;".unicodeScalars)
    default: out.append(printable(scalar))
    }
  }
  return String(out)
}

/// The scalar itself, or what stands for one that no page may contain.
///
/// Controls, non-characters and the signs that turn the writing direction of what follows (they can make a
/// label read as something else) become U+FFFD; a carriage return becomes a space.
func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x09, 0x0A: scalar
  case 0x0D: " "
  case 0x00...0x1F, 0x7F...0x9F: "\u{FFFD}"
  case 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
  case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
  default: scalar
  }
}
