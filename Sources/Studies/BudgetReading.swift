import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// Reading of a search's budget: `trials: 30`, or `budget: {epochs: 600}` in a unit that is counted (rule 4).
struct BudgetReading {
  let procedure: PartDeclaration
  /// The procedure's complete settings.
  let with: Settings

  /// The most configurations, and what may be spent in another unit; nil after a mistake.
  func budget(_ reader: KeyReader, space: Space?, log: inout DiagnosticLog) -> (trials: Int, effort: Effort?)?
  {
    guard let node = reader("budget") else {
      return reader.required("trials", example: "30", log: &log)?
        .integer("tune.trials", in: 1...1_000_000, log: &log).map { ($0, nil) }
    }
    let known = ["evaluations", "examples", "flops"]
    let settings = procedure.hyperparameters.filter { if case .integer = $0.kind { true } else { false } }
      .map(\.name)
    guard case .mapping(let entries, _) = node, entries.count == 1, let entry = entries.first else {
      log.error(
        .wrongType, "'budget' must be a map with one unit, not \(node.kindName)", at: node.span,
        note: "a unit is \((known + settings).joined(separator: ", ")); never a time",
        fix: "write 'budget: {\(settings.contains("epochs") ? "epochs" : "evaluations"): 600}'")
      return nil
    }
    let unit: Effort.Unit
    switch entry.key.text {
    case "evaluations": unit = .evaluations
    case "examples": unit = .examples
    case "flops": unit = .flops
    case let name where settings.contains(name): unit = .setting(name)
    default:
      log.error(
        .outOfRange, "a budget cannot be counted in '\(entry.key.text)'", at: entry.key.span,
        note: "a unit is \((known + settings).joined(separator: ", ")); never a time",
        fix: nearestName(to: entry.key.text, in: known + settings).map { "write '\($0)'" })
      return nil
    }
    guard let amount = entry.value.scalar.flatMap({ ScalarReading.number($0.text) }), amount > 0 else {
      log.error(
        .wrongType, "a budget must be a number above 0, not \(entry.value.kindName)", at: entry.value.span)
      return nil
    }
    let effort = Effort(unit: unit, amount: amount)
    if reader("trials") != nil || unit == .examples || unit == .flops {
      return reader.required("trials", example: "100", log: &log)?
        .integer("tune.trials", in: 1...1_000_000, log: &log).map { ($0, effort) }
    }
    return (min(1_000_000, max(1, Int((amount / least(unit, space)).rounded(.up)))), effort)
  }

  /// The least that a configuration can cost on one seed.
  private func least(_ unit: Effort.Unit, _ space: Space?) -> Double {
    guard case .setting(let name) = unit else { return 1 }
    switch space?.dimensions.first(where: { $0.path == [name] })?.domain {
    case .integer(let from, _, _)?: return Double(max(1, from))
    case .choice(let options)?: return max(1, options.compactMap(\.number).min() ?? 1)
    default: return max(1, with[name]?.number ?? 1)
    }
  }
}
