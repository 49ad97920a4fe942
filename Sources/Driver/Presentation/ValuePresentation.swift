import Claims
import Reports

/// Inline values: the number, its interval and n, and what it rests on.
struct ValuePresentation {
  let evaluation: Evaluation

  /// - Parameter room: how many rows may be listed behind it.
  func view(_ expression: Expression, unit: [String], room: Int) -> ValueView {
    switch evaluation.estimate(expression, unit: unit) {
    case .failure(let problem):
      return ValueView(text: "–", evidence: "\(expression.text): \(problem.message)", marks: ["no value"])
    case .success(let estimate):
      let text = EstimateText(estimate, format: expression.format)
      let isBare = expression.format == .bare
      let tail =
        isBare || estimate.interval == nil
        ? "" : (text.interval.map { " " + $0 } ?? "") + ", n = \(NumberText.count(estimate.rows))"
      return ValueView(
        text: text.value + tail, evidence: "\(expression.text); \(estimate.grounds)", marks: estimate.marks,
        readings: ReadingPresentation(evaluation: evaluation).views(estimate.readings, room: room))
    }
  }
}
