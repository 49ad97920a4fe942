import Claims

/// An estimate as text: value and interval with as many digits as the interval allows.
struct EstimateText {
  let value: String
  /// `[0.91, 0.93]`, nil where there is no interval.
  let interval: String?

  init(_ estimate: Estimate, format: ExpressionFormat? = nil) {
    let scale = format == .percent ? 100.0 : 1.0
    let suffix = format == .percent ? " %" : ""
    let number = estimate.value * scale
    // What does not vary has no interval worth printing.
    let varies = estimate.interval.map { $0.lower < $0.upper } ?? false
    let ends = varies ? estimate.interval.map { (lower: $0.lower * scale, upper: $0.upper * scale) } : nil
    var decimals: Int?
    var text: String?
    if case .digits(let digits)? = format {
      text = NumberText.significant(number, digits: digits)
      decimals = text?.split(separator: ".").dropFirst().first?.count ?? 0
    }
    let both = ends.map { NumberText.estimate(number, from: $0.lower, to: $0.upper, decimals: decimals) }
    value =
      text
      ?? (both?.value ?? NumberText.alone(number)) + suffix
    interval = format == .bare ? nil : both?.interval
  }
}

extension Estimate {
  /// What a reader must be told beside the value, in words, without what the place says already.
  var marks: [String] {
    flags.map { flag in
      if case .leaky = flag { return "leaky" }
      if case .external = flag { return "external" }
      return flag.text
    }.reduce(into: []) { marks, mark in if !marks.contains(mark) { marks.append(mark) } }
  }
}

extension Estimate {
  /// What the value rests on, with the spread of its rows where it reads one column.
  var grounds: String {
    guard readings.count == 1, readings[0].values.count > 1, levels.contains(where: { $0.count > 1 }) else {
      return evidence
    }
    return "\(evidence), sd \(NumberText.significant(readings[0].moments.standardDeviation, digits: 2))"
  }
}

/// What stands below a table or a chart for the marks of its numbers: a sentence for each that needs one, and one for all
/// others, each mark once.
func markSentences(_ marks: [String]) -> [String] {
  var (sentences, others): ([String], [String]) = ([], [])
  var seen: Set<String> = []
  for mark in marks where seen.insert(mark).inserted {
    switch mark {
    case "leaky": sentences.append("Leaky: it rests on an experiment that was tuned on its evaluation rows.")
    case "external":
      sentences.append(
        "External: it rests on runs made elsewhere, which this study did not run and cannot run again.")
    default: others.append(mark)
    }
  }
  let rest = others.joined(separator: "; ")
  return sentences + (rest.isEmpty ? [] : [rest.prefix(1).uppercased() + rest.dropFirst() + "."])
}
