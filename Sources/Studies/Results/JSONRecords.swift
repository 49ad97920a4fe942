import Diagnostics
import Experiments

/// Reading of JSON Lines: an object a line, its values numbers, texts, `true`, `false` or `null` (missing). The columns
/// are the keys of all runs; blank lines are skipped.
enum JSONRecords {
  static func read(_ source: SourceText, log: inout DiagnosticLog) -> ResultsRecords? {
    var problems = ResultsProblems()
    var columns: [String] = []
    var places: [String: Int] = [:]
    var runs: [(line: Int, pairs: [(place: Int, field: ResultsRecords.Field)])] = []
    for (index, line) in source.lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      var parser = JSONLineParser(line)
      do throws(JSONLineParser.Problem) {
        let pairs = try parser.object()
        runs.append(
          (
            index + 1,
            pairs.map { key, field in
              let place = places[key] ?? columns.count
              if place == columns.count {
                places[key] = place
                columns.append(key)
              }
              return (place, field)
            }
          ))
      } catch {
        let from = SourcePosition(line: index + 1, column: error.position + 1)
        let to = SourcePosition(line: index + 1, column: error.position + 1 + error.length)
        problems.error(
          error.message, at: SourceSpan(source, from: from, to: to),
          note:
            "each line is an object of numbers and texts, such as {\"method\": \"a\", \"seed\": 0, \"score\": 0.9}",
          fix: error.fix, &log)
      }
    }
    problems.close(&log)
    guard problems.count == 0 else { return nil }
    let rows = runs.map { run in
      var fields = [ResultsRecords.Field?](repeating: nil, count: columns.count)
      for pair in run.pairs { fields[pair.place] = pair.field }
      return ResultsRecords.Row(line: run.line, fields: fields)
    }
    return ResultsRecords(source: source, columns: columns, rows: rows)
  }
}

/// A flat JSON object on one line, with the place of every value.
private struct JSONLineParser {
  struct Problem: Error {
    let message: String
    /// Scalars from the start of the line.
    let position: Int
    var length = 1
    var fix: String?
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ line: String) { scalars = Array(line.unicodeScalars) }

  mutating func object() throws(Problem) -> [(key: String, field: ResultsRecords.Field)] {
    try take("{", "the line does not hold an object")
    var pairs: [(key: String, field: ResultsRecords.Field)] = []
    skipSpace()
    if peek == "}" {
      position += 1
    } else {
      while true {
        skipSpace()
        let start = position
        guard peek == "\"" else {
          throw Problem(message: "a key in double quotes is expected here", position: start)
        }
        let key = try string()
        if pairs.contains(where: { $0.key == key }) {
          throw Problem(message: "the run names '\(key)' twice", position: start, length: position - start)
        }
        try take(":", "':' is expected here")
        pairs.append((key, try value()))
        skipSpace()
        if peek == "," {
          position += 1
          continue
        }
        try take("}", "',' or '}' is expected here")
        break
      }
    }
    skipSpace()
    guard position == scalars.count else {
      throw Problem(
        message: "the line goes on behind its object", position: position,
        fix: "put every run on a line of its own")
    }
    return pairs
  }

  private mutating func value() throws(Problem) -> ResultsRecords.Field {
    skipSpace()
    let start = position
    func field(_ text: String, _ kind: ResultsRecords.Field.Kind) -> ResultsRecords.Field {
      ResultsRecords.Field(text: text, kind: kind, column: start + 1, length: position - start)
    }
    guard let first = peek else { throw Problem(message: "a value is expected here", position: start) }
    if first == "\"" {
      let text = try string()
      return field(text, text.isEmpty ? .missing : .text)
    }
    if first == "{" || first == "[" {
      throw Problem(
        message: "a value must be a number or a text", position: start, fix: "give it columns of its own")
    }
    while let scalar = peek, !", }".unicodeScalars.contains(scalar) { position += 1 }
    let word = String(String.UnicodeScalarView(scalars[start..<position]))
    switch word {
    case "null": return field("", .missing)
    case "true", "false": return field(word, .text)
    default:
      if ScalarReading.number(word) != nil { return field(word, .number) }
      let isUndefined = ["nan", "inf", "infinity"].contains(word.lowercased().filter { $0 != "-" })
      throw Problem(
        message: "'\(word)' is not a value of JSON", position: start, length: max(1, position - start),
        fix: isUndefined ? "write null for a run without a value" : nil)
    }
  }

  /// A text in double quotes, its escapes resolved.
  private mutating func string() throws(Problem) -> String {
    let start = position
    position += 1
    var text = String.UnicodeScalarView()
    while let scalar = peek, scalar != "\"" {
      position += 1
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      let plain: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
      ]
      guard let escape = peek else { break }
      position += 1
      if let meant = plain[escape] {
        text.append(meant)
      } else if escape == "u", let meant = unicode() {
        text.append(meant)
      } else {
        throw Problem(message: "this escape is not one of JSON", position: position - 2, length: 2)
      }
    }
    guard peek == "\"" else {
      throw Problem(message: "a text is not closed on its line", position: start, length: position - start)
    }
    position += 1
    return String(text)
  }

  /// The scalar of the four digits behind `\u`, with the second half of a surrogate pair.
  private mutating func unicode() -> Unicode.Scalar? {
    func digits(at start: Int) -> UInt32? {
      guard start + 4 <= scalars.count else { return nil }
      return UInt32(String(String.UnicodeScalarView(scalars[start..<start + 4])), radix: 16)
    }
    guard let high = digits(at: position) else { return nil }
    position += 4
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
    guard position + 6 <= scalars.count, scalars[position] == "\\", scalars[position + 1] == "u",
      let low = digits(at: position + 2), (0xDC00..<0xE000).contains(low)
    else { return nil }
    position += 6
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpace() { while peek == " " || peek == "\t" { position += 1 } }

  private mutating func take(_ mark: Unicode.Scalar, _ message: String) throws(Problem) {
    skipSpace()
    guard peek == mark else { throw Problem(message: message, position: min(position, scalars.count)) }
    position += 1
  }
}
