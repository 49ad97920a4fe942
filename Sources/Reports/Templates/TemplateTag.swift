import Diagnostics

/// A `{{…}}` of a template and where it stands.
struct TemplateTag {
  enum Kind: Equatable { case variable, section, inverted, end, partial, comment, refused }

  let kind: Kind
  /// The name without sigil and spaces.
  let name: String
  /// From the first brace to behind the last.
  let span: SourceSpan

  /// All tags of a template in order, and a diagnostic for each that is never closed.
  static func read(_ source: SourceText, log: inout DiagnosticLog) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    for (index, line) in source.lines.enumerated() {
      let scalars = Array(line.unicodeScalars)
      var position = 0
      while position + 1 < scalars.count {
        guard scalars[position] == "{", scalars[position + 1] == "{" else {
          position += 1
          continue
        }
        let end = closing(scalars, from: position + 2)
        let span = SourceSpan(
          source, from: SourcePosition(line: index + 1, column: position + 1),
          to: SourcePosition(line: index + 1, column: (end ?? scalars.count) + 1))
        if let end {
          tags.append(TemplateTag(inside: Array(scalars[(position + 2)..<(end - 2)]), span: span))
        } else {
          log.error(
            .badTemplate, "this tag is not closed on its line", at: span, fix: "close it with '}}'")
        }
        position = end ?? scalars.count
      }
    }
    return tags
  }

  private init(inside: [Unicode.Scalar], span: SourceSpan) {
    let kinds: [Unicode.Scalar: Kind] = [
      "#": .section, "^": .inverted, "/": .end, ">": .partial, "!": .comment,
      "{": .refused, "&": .refused, "<": .refused, "$": .refused, "=": .refused, "%": .refused,
    ]
    let sigil = inside.first.flatMap { kinds[$0] }
    kind = sigil ?? .variable
    let rest = sigil == nil ? inside[...] : inside.dropFirst()
    name = String(String.UnicodeScalarView(rest.filter { $0 != " " && $0 != "}" }))
    self.span = span
  }

  /// The position behind the `}}` (or `}}}`) that closes a tag.
  private static func closing(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var position = start
    while position + 1 < scalars.count {
      if scalars[position] == "}", scalars[position + 1] == "}" {
        let isTriple = position + 2 < scalars.count && scalars[position + 2] == "}"
        return position + (isTriple ? 3 : 2)
      }
      position += 1
    }
    return nil
  }
}
