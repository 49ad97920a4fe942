/// Makes text fit: one line with an ellipsis, or several lines.
enum TextFitting {
  /// The text on one line, without characters that control rather than show: C0, C1, bidirectional overrides,
  /// non-characters. White space becomes one space.
  static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var spacePending = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        spacePending = !result.isEmpty
      } else if isShown(scalar) {
        if spacePending { result.append(" ") }
        spacePending = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text, or as much of it as is no wider than `width` with an ellipsis behind it.
  static func fitted(_ text: String, width: Double, size: Double) -> String {
    if TextMeasure.width(text) * size <= width { return text }
    var kept = ""
    var used = TextMeasure.width("…") * size
    for character in text {
      used += TextMeasure.width(String(character)) * size
      if used > width { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// All texts made to fit; where two different ones would then look alike, all are shortened in their
  /// middles, since names often differ at the end.
  static func fitted(all texts: [String], width: (Int) -> Double, size: Double) -> [String] {
    let ends = texts.enumerated().map { fitted($1, width: width($0), size: size) }
    guard Set(ends).count < Set(texts).count else { return ends }
    return texts.enumerated().map { index, text in
      let room = width(index)
      if TextMeasure.width(text) * size <= room { return text }
      let tail = String(fitted(String(text.reversed()), width: room * 0.5, size: size).dropLast().reversed())
      let head = fitted(text, width: room - TextMeasure.width(tail) * size, size: size)
      return head + tail
    }
  }

  /// Lines no wider than `width`, broken at spaces and behind hyphens and slashes; the last ends in an
  /// ellipsis where `maximum` lines do not suffice.
  ///
  /// - Parameter shortensWords: a word that is too wide ends in an ellipsis; otherwise the result is nil.
  static func wrapped(
    _ text: String, width: Double, size: Double, maximum: Int, shortensWords: Bool = false
  ) -> [String]? {
    var lines = [""]
    for whole in words(text) {
      var bare = whole.last == " " ? String(whole.dropLast()) : whole
      var word = whole
      if TextMeasure.width(bare) * size > width {
        guard shortensWords else { return nil }
        bare = fitted(bare, width: width, size: size)
        word = bare + " "
      }
      if TextMeasure.width(lines[lines.count - 1] + bare) * size <= width {
        lines[lines.count - 1] += word
      } else if lines == [""] {
        lines = [word]
      } else {
        lines.append(word)
      }
    }
    let shown = lines.map { $0.last == " " ? String($0.dropLast()) : $0 }
    guard lines.count > maximum else { return shown }
    let rest = lines[(maximum - 1)...].joined()
    return shown[..<(maximum - 1)] + [fitted(rest, width: width, size: size)]
  }

  private static func words(_ text: String) -> [String] {
    var words = [""]
    for character in text {
      words[words.count - 1].append(character)
      if character == " " || character == "-" || character == "/" { words.append("") }
    }
    return words.filter { !$0.isEmpty }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F,
      0xFEFF,
      0xFFF9...0xFFFF:
      false
    case let value: value & 0xFFFE != 0xFFFE && !(0xFDD0...0xFDEF).contains(value)
    }
  }
}
