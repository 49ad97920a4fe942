import Diagnostics
import Experiments
import Markup
import Parts
import Protocols
import Randomness

/// Reading of a race to a target: `evaluate: {target: score-accuracy >= 0.95, count: flops}` and the points of its
/// studies, `tune: {space: …, tuner: random, trials: 5}`.
struct RaceReading {
  let rule: any Rule.Type
  let settings: SettingReading
  /// A registered tuner by name, which gives the points.
  let tuner: (_ name: String, _ settings: Settings) -> any Tuner
  /// The cell's tree.
  let tree: YAMLNode

  /// The keys of `evaluate` that a race has.
  static let keys = ["target", "count"]
  /// The keys of `tune` that it has.
  private static let tuneKeys = ["space", "tuner", "trials"]

  /// Whether the tree says nothing that has no place under its protocol.
  func isInPlace(factors: [String], _ log: inout DiagnosticLog) -> Bool {
    guard rule.racesToTarget else {
      for key in Self.keys {
        guard let node = tree.value(at: ["evaluate", key]) else { continue }
        log.error(
          .wrongProtocol, "'evaluate.\(key)' has no place under '\(rule.name)'", at: node.span,
          fix: "drop it, or write 'protocol: time-to-result'")
        return false
      }
      return true
    }
    for factor in [TimeToResult.workload, TimeToResult.submission] where !factors.contains(factor) {
      log.error(
        .missingKey, "the protocol '\(rule.name)' needs the factor '\(factor)'",
        at: (tree.value(at: ["vary"]) ?? tree).span,
        note: "a submission is scored by its times on all workloads, against those of the others",
        fix: "add 'vary: {\(factor): {…}}'")
      return false
    }
    return true
  }

  /// The cells that a cell becomes, one for each point of each study; nil after a mistake.
  func cells(
    _ cell: CellDeclaration, procedure: PartDeclaration, with: Settings, factors: [String],
    template: (Settings) -> TrialTemplate, log: inout DiagnosticLog
  ) -> [CellDeclaration]? {
    guard rule.racesToTarget else { return [cell] }
    guard let target = target(procedure, &log) else { return nil }
    guard let node = tree.value(at: ["tune"]), node.scalar?.text != "none" else {
      return cell.evaluationSeeds.map {
        cell.racing(to: target, point: nil, template: cell.template, seed: $0)
      }
    }
    guard let reader = KeyReader(node, subject: "'tune'", known: Self.tuneKeys, log: &log) else { return nil }
    let known = log.sorted.count
    let space = reader.required("space", example: "{learning-rate: 1e-4 .. 1 log}", log: &log).flatMap {
      SpaceReading(reading: settings, procedure: procedure, settings: with, factors: factors).space(
        $0, log: &log)
    }
    let part = reader.required("tuner", example: "random", log: &log).flatMap {
      settings.part($0, family: .tuner, log: &log)
    }
    let count = reader.required("trials", example: "5", log: &log)?
      .integer("tune.trials", in: 1...10_000, log: &log)
    guard log.sorted.count == known, let space, let part, let count else { return nil }
    var cells: [CellDeclaration] = []
    for seed in cell.evaluationSeeds {
      // The same points on every workload: they are drawn for the space and the study alone.
      let key = Digest(of: "\(seed) \(space.text)").seed
      var search = tuner(part.declaration.name, part.settings).search(
        space, budget: SearchBudget(trials: count)
      ) {
        purpose, index in
        RandomStream(seed: key, role: "points", purpose: purpose, index: index)
      }
      let points = search.ask()
      guard points.count == count else {
        log.error(
          .wrongProtocol, "'\(part.declaration.name)' does not know its \(count) points beforehand",
          at: node.span,
          note:
            "it gives \(points.count) and then waits for their scores, and a study's points must not depend on any",
          fix: "use a tuner such as 'random'")
        return nil
      }
      for (number, point) in points.enumerated() {
        var complete = with
        for dimension in space.dimensions {
          if let value = point.configuration[dimension.name] { complete[path: dimension.path] = value }
        }
        cells.append(cell.racing(to: target, point: number, template: template(complete), seed: seed))
      }
    }
    return cells
  }

  /// `score-accuracy >= 0.95`, counted in steps, examples or FLOPs.
  private func target(_ procedure: PartDeclaration, _ log: inout DiagnosticLog) -> Target? {
    let curves = procedure.columns.filter { $0.place == .steps }.map(\.name)
    let example = "\(curves.first ?? "score-accuracy") >= 0.95"
    guard let scalar = tree.value(at: ["evaluate", "target"])?.text("evaluate.target", log: &log) else {
      if tree.value(at: ["evaluate", "target"]) == nil {
        log.error(
          .missingKey, "the protocol '\(rule.name)' needs 'evaluate.target'",
          at: (tree.value(at: ["evaluate"]) ?? tree).span,
          note: "a time is counted up to where a curve on validation data reaches a value",
          fix: "add 'target: \(example)'")
      }
      return nil
    }
    let words = scalar.text.split(separator: " ").map(String.init)
    guard words.count == 3, [">=", "<="].contains(words[1]), let value = ScalarReading.number(words[2]) else {
      log.error(
        .wrongType, "'\(scalar.text)' is not a target", at: scalar.span,
        note: "it is a curve, >= or <=, and a number", fix: "write '\(example)'")
      return nil
    }
    guard curves.contains(words[0]) else {
      log.error(
        .unknownColumn, "'\(procedure.name)' has no curve '\(words[0])'", at: scalar.span,
        note: curves.isEmpty ? "it gives no curves" : "it gives \(curves.joined(separator: ", "))",
        fix: nearestName(to: words[0], in: curves).map { "write '\($0) \(words[1]) \(words[2])'" })
      return nil
    }
    var unit = Target.Unit.steps
    if let node = tree.value(at: ["evaluate", "count"]) {
      guard let name = node.text("evaluate.count", log: &log) else { return nil }
      guard let known = Target.Unit(rawValue: name.text) else {
        let names = Target.Unit.allCases.map(\.rawValue)
        log.error(
          .outOfRange, "time cannot be counted in '\(name.text)'", at: name.span,
          note: "it is counted in \(names.joined(separator: ", ")), never in seconds",
          fix: nearestName(to: name.text, in: names).map { "write '\($0)'" })
        return nil
      }
      unit = known
    }
    return Target(column: words[0], isLarger: words[1] == ">=", value: value, unit: unit)
  }
}
