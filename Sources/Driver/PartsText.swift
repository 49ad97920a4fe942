import Diagnostics
import Experiments
import Parts
import Procedures
import Protocols

/// The registered parts as text: the list, one part, or the manual's reference page.
package func partsText(name: String?, markdown: Bool) throws -> String {
  if markdown { return referencePage() }
  guard let name else {
    return PartFamily.allCases.map { family in
      let parts = partCatalogue.declarations.filter { $0.family == family }
      return "\(family.rawValue)\n"
        + parts.map { "  \(padded($0.name, 20)) \($0.summary)\n" }.joined()
    }.joined() + "protocol\n" + rules.map { "  \(padded($0.name, 20)) \($0.summary)\n" }.joined()
  }
  let found = partCatalogue.declarations.filter { $0.name == name }
  guard !found.isEmpty else {
    let names = partCatalogue.declarations.map(\.name)
    throw Diagnostic(
      .unknownPart, "there is no part '\(name)'", at: nil,
      fix: nearestName(to: name, in: names).map { "write '\($0)'" } ?? "list them with 'assay parts'")
  }
  return found.map(plainEntry).joined(separator: "\n")
}

private func plainEntry(_ part: PartDeclaration) -> String {
  var text = "\(part.name), \(part.family.rawValue), revision \(part.revision)\n\(part.summary)\n"
  for setting in part.hyperparameters {
    text +=
      "  \(padded(setting.name, 16)) \(setting.kind.text), \(defaultText(setting)): \(setting.meaning)\n"
  }
  for fact in facts(part) { text += "  \(fact)\n" }
  return text
}

/// The manual's page of all parts: a study, so that the models it lists are also seen at work.
private func referencePage() -> String {
  var text = """
    ---
    title: Registered parts
    profiles:
      quick: {models.evaluate.seeds: 0 .. 2}
    ---

    # Registered parts

    Written by `make parts` from what the parts declare of themselves. `assay parts NAME` prints one entry.

    ## Protocols

    | protocol | what it does |
    |:--|:--|

    """
  for rule in rules { text += "| `\(rule.name)` | \(rule.summary) |\n" }
  for family in PartFamily.allCases {
    text += "\n## \(capitalised(family.rawValue))s\n"
    for part in partCatalogue.declarations where part.family == family {
      text += "\n### \(part.name)\n\n\(capitalised(part.summary)). Revision \(part.revision).\n"
      let facts = facts(part)
      if !facts.isEmpty { text += "\n" + facts.map { "- \($0)\n" }.joined() }
      guard !part.hyperparameters.isEmpty else { continue }
      text += "\n| setting | value | default | meaning |\n|:--|:--|:--|:--|\n"
      for setting in part.hyperparameters {
        text +=
          "| `\(setting.name)` | \(setting.kind.text) | \(defaultText(setting)) | \(setting.meaning) |\n"
      }
    }
  }
  let models = partCatalogue.declarations.filter { $0.family == .model && $0.predictions != .regression }.map(
    \.name)
  return text + """

    ## The models at work

    ```experiment models
    protocol: sweep
    procedure: classifier
    data: digits
    vary: {model: [\(models.joined(separator: ", "))]}
    evaluate: {data: {fit: part 1-4 of 5, score: part 5 of 5}, seeds: 0 .. 9}
    measure: [accuracy, nll, brier, ece]
    ```

    ```table side-by-side
    caption: Every model that classifies, with its defaults, on digits
    from: models
    rows: model
    columns: [accuracy, nll, brier, ece]
    ```

    """
}

private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

private func facts(_ part: PartDeclaration) -> [String] {
  var facts: [String] = []
  if !part.roles.isEmpty {
    let optional = part.optionalRoles.map { ", and where it is given \($0.rawValue)" }.joined()
    facts.append("opens the roles \(part.roles.map(\.rawValue).joined(separator: ", "))\(optional)")
  }
  for input in part.inputs {
    facts.append(
      "\(input.isRequired ? "starts" : "can start") from \(input.kind.rawValue) as \(input.name): \(input.meaning)"
    )
  }
  for artefact in part.artefacts {
    facts.append("can keep \(artefact.name): \(artefact.meaning)")
    facts += artefact.columns.map { "then gives each item's \($0.name): \($0.meaning)" }
  }
  if let resource = part.resource {
    facts.append("its runs are counted in \(resource): they can stop earlier and be gone on with")
  }
  for column in part.columns {
    facts.append("gives \(column.place == .steps ? "the curve " : "")\(column.name): \(column.meaning)")
  }
  if part.family == .measure {
    facts.append(
      "for \(part.predictions?.rawValue ?? "any prediction"); \(part.largerIsBetter ? "larger" : "smaller") is better"
    )
  }
  if let data = part.dataset {
    let target = data.kind == .classification ? "\(data.classes) classes" : "a number to predict"
    facts.append("\(data.rows) rows, \(data.columns) features, \(target)")
    facts.append("\(data.source); \(data.licence)")
  }
  return facts
}

private func defaultText(_ setting: Hyperparameter) -> String {
  setting.defaultValue.map { "default \($0.label)" } ?? "required"
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

extension Hyperparameter.Kind {
  /// The kind with its range, as people read it.
  fileprivate var text: String {
    switch self {
    case .flag: "true or false"
    case .integer(let range): "whole number \(range.lowerBound) .. \(range.upperBound)"
    case .number(let range): "number \(numberLabel(range.lowerBound)) .. \(numberLabel(range.upperBound))"
    case .choice(let options): "one of \(options.joined(separator: ", "))"
    case .text: "text"
    case .part(let family): "\(family == .optimizer ? "an" : "a") \(family.rawValue)"
    }
  }
}
