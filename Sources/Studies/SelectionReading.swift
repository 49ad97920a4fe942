import Diagnostics
import Markup
import Protocols

/// Reading of `select`: `max mean accuracy`.
struct SelectionReading {
  /// What can be selected by, the first of them where a study is silent.
  let scores: [(column: String, largerIsBetter: Bool)]

  func selection(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Selection? {
    guard let node = reader("select") else {
      guard let first = scores.first else {
        log.error(
          .missingKey, "a search needs a measure to select by", at: reader.span,
          fix: "add 'measure' to the experiment")
        return nil
      }
      return Selection(
        direction: Self.better(first.largerIsBetter), statistic: .mean, column: first.column)
    }
    guard let scalar = node.text("select", log: &log) else { return nil }
    let words = scalar.text.split(separator: " ").map(String.init)
    guard words.count == 3, let direction = Selection.Direction(rawValue: words[0]),
      let statistic = Selection.Statistic(rawValue: words[1])
    else {
      log.error(
        .wrongType, "'\(scalar.text)' does not say what to select", at: scalar.span,
        note: "it is max or min, then mean, median, iqm or worst over the tuning seeds, then a measure",
        fix: "write 'max mean \(scores.first?.column ?? "accuracy")'")
      return nil
    }
    let columns = scores.map(\.column)
    guard let score = scores.first(where: { $0.column == words[2] }) else {
      log.error(
        .unknownColumn, "'\(words[2])' is not a measure of this experiment", at: scalar.span,
        note: columns.isEmpty ? "it names none" : "it measures \(columns.joined(separator: ", "))",
        fix: nearestName(to: words[2], in: columns).map { "write '\(words[0]) \(words[1]) \($0)'" }
          ?? "add '\(words[2])' to 'measure'")
      return nil
    }
    let better = Self.better(score.largerIsBetter)
    guard direction == better else {
      log.error(
        .outOfRange, "'\(scalar.text)' selects the worst configuration", at: scalar.span,
        note: "\(words[2]) is better when it is \(better == .max ? "larger" : "smaller")",
        fix: "write '\(better.rawValue) \(words[1]) \(words[2])'")
      return nil
    }
    return Selection(direction: direction, statistic: statistic, column: words[2])
  }

  private static func better(_ larger: Bool) -> Selection.Direction { larger ? .max : .min }
}
