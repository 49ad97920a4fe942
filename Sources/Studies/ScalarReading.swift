import Diagnostics
import Markup

/// Reading of scalars: the key that asks gives the type, the source text the value.
enum ScalarReading {
  static func integer(_ text: String) -> Int? {
    let body = text.first == "-" || text.first == "+" ? text.dropFirst() : Substring(text)
    guard !body.isEmpty, body.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }

  /// A finite decimal number in YAML 1.2 core form: `12`, `-0.5`, `1e-4`.
  static func number(_ text: String) -> Double? {
    let allowed = Set("0123456789+-.eE".utf8)
    guard text.utf8.allSatisfy(allowed.contains), text.utf8.contains(where: { (48...57).contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  static func flag(_ text: String) -> Bool? {
    switch text {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// `0 .. 4`: the two ends as texts.
  static func range(_ text: String) -> (String, String)? {
    let ends = text.components(separatedByRangeMark: " .. ")
    guard ends.count == 2, !ends[0].isEmpty, !ends[1].isEmpty else { return nil }
    return (ends[0], ends[1])
  }
}

extension String {
  fileprivate func components(separatedByRangeMark mark: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(mark) {
        parts.append(current)
        current = ""
        rest = rest.dropFirst(mark.count)
      } else {
        current.append(rest.removeFirst())
      }
    }
    return (parts + [current]).map { $0.trimmed }
  }

  /// Without white space at both ends.
  var trimmed: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}

extension YAMLNode {
  /// The scalar's text, or a diagnostic that says what was wanted.
  func text(_ key: String, log: inout DiagnosticLog) -> YAMLScalar? {
    guard let scalar else {
      log.error(.wrongType, "'\(key)' must be a text, not \(kindName)", at: span)
      return nil
    }
    return scalar
  }

  /// A whole number within bounds.
  func integer(_ key: String, in bounds: ClosedRange<Int>, log: inout DiagnosticLog) -> Int? {
    guard let scalar, !scalar.isQuoted, let value = ScalarReading.integer(scalar.text) else {
      log.error(.wrongType, "'\(key)' must be a whole number, not \(kindName)", at: span)
      return nil
    }
    guard bounds.contains(value) else {
      log.error(
        .outOfRange, "'\(key)' is \(value), outside \(bounds.lowerBound) .. \(bounds.upperBound)", at: span)
      return nil
    }
    return value
  }

  /// A list of texts; a single text counts as a list of one.
  func texts(_ key: String, log: inout DiagnosticLog) -> [YAMLScalar]? {
    switch self {
    case .scalar(let scalar): return [scalar]
    case .sequence(let items, _):
      let scalars = items.compactMap(\.scalar)
      guard scalars.count == items.count else {
        log.error(.wrongType, "'\(key)' must be a list of names", at: span)
        return nil
      }
      for (place, scalar) in scalars.enumerated()
      where scalars[..<place].contains(where: { $0.text == scalar.text }) {
        log.error(.outOfRange, "'\(key)' names '\(scalar.text)' twice", at: scalar.span)
      }
      return scalars
    case .mapping:
      log.error(.wrongType, "'\(key)' must be a list of names, not a map", at: span)
      return nil
    }
  }

  /// Seeds: `0 .. 4`, `[0, 3, 7]` or one number; ascending order is not needed, repeats are errors.
  func seeds(_ key: String, log: inout DiagnosticLog) -> [Int]? {
    let limit = 100_000
    var seeds: [Int] = []
    func add(_ scalar: YAMLScalar) -> Bool {
      if let value = ScalarReading.integer(scalar.text), value >= 0 {
        seeds.append(value)
        return true
      }
      if let (from, to) = ScalarReading.range(scalar.text), let a = ScalarReading.integer(from),
        let b = ScalarReading.integer(to), a >= 0
      {
        guard a <= b else {
          log.error(
            .outOfRange, "the seeds '\(scalar.text)' run backwards", at: scalar.span,
            fix: "write '\(b) .. \(a)'")
          return false
        }
        guard b - a < limit else {
          log.error(.outOfRange, "'\(key)' names more than \(limit) seeds", at: scalar.span)
          return false
        }
        seeds += a...b
        return true
      }
      log.error(
        .wrongType, "'\(scalar.text)' is not a seed", at: scalar.span,
        note: "seeds are whole numbers from 0",
        fix: "write a range such as '0 .. 4' or a list such as '[0, 3, 7]'")
      return false
    }
    switch self {
    case .scalar(let scalar): guard add(scalar) else { return nil }
    case .sequence(let items, _):
      for item in items {
        guard let scalar = item.scalar else {
          log.error(.wrongType, "a seed must be a whole number, not \(item.kindName)", at: item.span)
          return nil
        }
        guard add(scalar) else { return nil }
      }
    case .mapping:
      log.error(.wrongType, "'\(key)' must be a range or a list of seeds, not a map", at: span)
      return nil
    }
    guard !seeds.isEmpty else {
      log.error(.wrongType, "'\(key)' names no seed", at: span, fix: "write a range such as '0 .. 4'")
      return nil
    }
    if Set(seeds).count != seeds.count {
      log.error(
        .outOfRange, "'\(key)' names a seed twice", at: span,
        note: "a repeated seed would count one run twice")
      return nil
    }
    return seeds
  }
}
