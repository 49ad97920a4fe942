import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of what a hyperparameter may be: `1e-4 .. 1 log`, `16 .. 256 int log`, `[relu, tanh]`.
struct DomainReading {
  let reading: SettingReading

  /// Whether a value is written as a range, right or wrong.
  static func isRange(_ node: YAMLNode) -> Bool { node.scalar?.text.contains("..") ?? false }

  /// A list of values or a range.
  func domain(
    _ node: YAMLNode, for hyperparameter: Hyperparameter, log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    if case .sequence(let items, let span) = node {
      let options = items.compactMap { reading.value($0, for: hyperparameter, log: &log) }
      guard options.count == items.count else { return nil }
      guard !options.isEmpty else {
        log.error(.badSpace, "'\(hyperparameter.name)' has no value to choose from", at: span)
        return nil
      }
      if Set(options).count != options.count {
        log.error(.badSpace, "'\(hyperparameter.name)' lists a value twice", at: span)
        return nil
      }
      return .choice(options)
    }
    guard let scalar = node.scalar else { preconditionFailure("maps are choices, which SpaceReading reads") }
    return range(scalar, for: hyperparameter, log: &log)
  }

  private func range(
    _ scalar: YAMLScalar, for hyperparameter: Hyperparameter, log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    var words = scalar.text.split(separator: " ").map(String.init)
    let isLog = words.last == "log"
    if isLog { words.removeLast() }
    let isInteger = words.last == "int"
    if isInteger { words.removeLast() }
    let example = "write a range such as '1e-4 .. 1 log' or a list such as '[8, 16]'"
    guard words.count == 3, words[1] == "..", let from = ScalarReading.number(words[0]),
      let to = ScalarReading.number(words[2])
    else {
      log.error(
        .badSpace, "'\(scalar.text)' is not a range", at: scalar.span,
        fix: Self.mended(scalar.text) ?? example)
      return nil
    }
    func refuse(_ message: String, note: String? = nil, fix: String? = nil) -> Dimension.Domain? {
      log.error(.badSpace, message, at: scalar.span, note: note, fix: fix)
      return nil
    }
    guard from < to else {
      return refuse("the range '\(scalar.text)' is empty", fix: "write the smaller end first")
    }
    if isLog, from <= 0 {
      return refuse(
        "a logarithmic range must start above 0", note: "the logarithm of \(words[0]) does not exist")
    }
    switch hyperparameter.kind {
    case .integer(let bounds):
      guard let a = ScalarReading.integer(words[0]), let b = ScalarReading.integer(words[2]) else {
        return refuse(
          "'\(hyperparameter.name)' takes whole numbers", fix: "write whole ends, such as '1 .. 8'")
      }
      guard bounds.contains(a), bounds.contains(b) else {
        return outside(scalar, hyperparameter, "\(bounds.lowerBound) .. \(bounds.upperBound)", &log)
      }
      return .integer(from: a, to: b, logarithmic: isLog)
    case .number(let bounds):
      if isInteger { return refuse("'\(hyperparameter.name)' is not a whole number", fix: "drop 'int'") }
      guard bounds.contains(from), bounds.contains(to) else {
        let range = "\(numberLabel(bounds.lowerBound)) .. \(numberLabel(bounds.upperBound))"
        return outside(scalar, hyperparameter, range, &log)
      }
      return .number(from: from, to: to, logarithmic: isLog)
    case .flag, .choice, .text, .part:
      return refuse(
        "'\(hyperparameter.name)' has no range of numbers", fix: "list its values, such as '[a, b]'")
    }
  }

  /// What was meant where only the words behind the ends are wrong; nil where more is.
  private static func mended(_ text: String) -> String? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count > 3, words[1] == "..", ScalarReading.number(words[0]) != nil,
      ScalarReading.number(words[2]) != nil
    else { return nil }
    let known = ["int", "log"]
    let meant = words.dropFirst(3).map { word in
      known.first { word.hasPrefix($0) || word.sorted() == $0.sorted() } ?? nearestName(to: word, in: known)
    }
    guard meant.allSatisfy({ $0 != nil }) else {
      return
        "behind the ends stand 'int' for whole numbers and 'log' for a logarithmic scale, or both as 'int log'"
    }
    return "write '\((words.prefix(3) + known.filter(meant.contains)).joined(separator: " "))'"
  }

  private func outside(
    _ scalar: YAMLScalar, _ hyperparameter: Hyperparameter, _ range: String, _ log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    log.error(
      .outOfRange, "the range of '\(hyperparameter.name)' reaches outside \(range)", at: scalar.span,
      note: hyperparameter.meaning)
    return nil
  }
}
