import Diagnostics

/// Says libyaml's problems in the author's words.
enum YAMLProblem {
  /// Where a problem is shown.
  private enum Place {
    /// The character at which libyaml gave up.
    case problem
    /// The line up to that character, without its indentation.
    case problemWord
    /// What libyaml was reading, from its start to the end of the line.
    case contextLine
    /// The first character of what libyaml was reading.
    case context
  }

  static func diagnostic(_ failure: YAMLEvents.Failure, _ places: YAMLPlaces) -> Diagnostic {
    if let offset = failure.characterOffset {
      var index = 0
      var bytes = 0
      while index < places.scalars.count, bytes < offset {
        bytes += UTF8.width(places.scalars[index])
        index += 1
      }
      return badCharacter(index, places)
    }
    let found = failure.problemIndex
    let isTab = found < places.scalars.count && places.scalars[found] == "\t"
    func at(_ place: Place) -> SourceSpan {
      switch place {
      case .problem: places.span(found, found + 1)
      case .problemWord:
        places.span(found - places.beforeInLine(found).drop { $0 == " " }.count, found)
      case .contextLine: places.restOfLine(failure.contextIndex)
      case .context: places.span(failure.contextIndex, failure.contextIndex + 1)
      }
    }
    func error(_ message: String, _ place: Place, note: String? = nil, fix: String? = nil) -> Diagnostic {
      Diagnostic(.yamlSyntax, message, at: at(place), note: note, fix: fix)
    }
    let beginning = "begins on line \(places.position(failure.contextIndex).line)"
    let isWithinLine = places.beforeInLine(found).contains { $0 != " " }
    func missing(_ bracket: String) -> String? {
      if found >= places.scalars.count { return nil }
      let place = places.position(found)
      return "',' or '\(bracket)' is missing before line \(place.line), column \(place.column)"
    }
    let quoting = "put the value in quotes"
    switch failure.problem {
    case _ where isTab || failure.problem.contains("tab character"):
      return error("a tab cannot stand here", .problem, note: "YAML is indented by spaces", fix: "use spaces")
    case "could not find expected ':'":
      return error("this line lacks a ':'", .contextLine, fix: "write 'key: value'")
    case "mapping values are not allowed in this context":
      // A second `: ` in one line is a value with a colon, else the indentation makes two lines one value.
      let before = places.beforeInLine(found)
      return zip(before, before.dropFirst()).contains { $0 == ":" && $1 == " " }
        ? error("a value with ': ' in it needs quotes", .problem, fix: quoting)
        : error(
          "a key cannot stand here", .problemWord, note: "its indentation makes it part of the value above",
          fix: "align it with the keys it belongs to")
    case "block sequence entries are not allowed in this context":
      return error("a list cannot start here", .problem, fix: "start the list on a line of its own")
    case "mapping keys are not allowed in this context":
      return error("a '?' cannot stand here", .problem, fix: quoting)
    case "found character that cannot start any token":
      return error("a value cannot start with \(quoted(found, places))", .problem, fix: quoting)
    case "did not find expected alphabetic or numeric character":
      return Diagnostic(
        .yamlSyntax, "a value cannot start with \(quoted(failure.contextIndex, places))", at: at(.context),
        fix: quoting)
    case "found unexpected end of stream":
      return error(
        "the quotation is never closed", .context, fix: "end it with \(quoted(failure.contextIndex, places))")
    case "found unexpected document indicator":
      return error(
        "a line '---' or '...' cannot stand in quotes", .problem, note: "the quotation \(beginning)")
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return error(
        "the escape after '\\' is unknown", .problem, note: "between '\"' a backslash starts an escape",
        fix: "use single quotes, in which a backslash is itself")
    case "did not find expected <document start>":
      return error("this stands behind the end of the value", .problem, fix: "indent it, or remove it")
    case "did not find expected node content":
      return error("a value is missing here", .problem)
    case "did not find expected '-' indicator" where isWithinLine,
      "did not find expected key" where isWithinLine:
      return error("the value ends before this", .problem, fix: "put all of the value in quotes")
    case "did not find expected '-' indicator":
      return error(
        "this line is not an item of the list above it", .problem, note: "the list \(beginning)",
        fix: "start it with '- ' or align it with its key")
    case "did not find expected key":
      return error(
        "this does not fit the map above it", .problem, note: "the map \(beginning)",
        fix: "align it with the map's other keys")
    case "did not find expected ',' or ']'":
      return error("the list is not closed", .context, note: missing("]"), fix: "end it with ']'")
    case "did not find expected ',' or '}'":
      return error("the map is not closed", .context, note: missing("}"), fix: "end it with '}'")
    default: break
    }
    switch failure.context {
    case "while scanning a directive", "while scanning a %YAML directive", "while scanning a %TAG directive":
      return error("a line cannot start with '%'", .context, fix: "remove it")
    case "while scanning a block scalar":
      return error("behind '|' or '>' the line must end", .problem, fix: "start the text on the next line")
    case "while scanning a tag", "while parsing a tag":
      return Diagnostic(.yamlTag, "tags are not part of the study language", at: at(.context), fix: quoting)
    default: return error("this is not YAML: \(failure.problem)", .problem)
    }
  }

  /// A character that no YAML may hold, or that ends a line for libyaml and for no editor.
  static func badCharacter(_ index: Int, _ places: YAMLPlaces) -> Diagnostic {
    let code =
      index < places.scalars.count ? String(places.scalars[index].value, radix: 16, uppercase: true) : ""
    let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    return Diagnostic(
      .yamlSyntax, "the character \(name) cannot stand in YAML", at: places.span(index, index + 1),
      fix: "remove it")
  }

  private static func quoted(_ index: Int, _ places: YAMLPlaces) -> String {
    guard index < places.scalars.count else { return "nothing" }
    return places.scalars[index] == "'" ? "\"'\"" : "'\(places.scalars[index])'"
  }
}
