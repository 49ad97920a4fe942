import Charts
import Diagnostics
import Markup

extension ViewReading {
  /// What a layer says besides its channels.
  func options(
    _ reader: KeyReader, _ form: ChartForm, _ source: Source, _ log: inout DiagnosticLog
  ) -> ChartBlock.Options {
    var options = ChartBlock.Options()
    if let band = reader("band") {
      options.showsIntervals = band.scalar?.text != "none"
      if !["95%", "none"].contains(band.scalar?.text) {
        log.error(
          .outOfRange, "'band' must be 95% or none", at: band.span,
          note: "every estimate has its 95 % interval in the chart's data")
      }
    }
    if let node = reader("fit") { options.fit = choice(node, "fit", ChartBlock.Options.Fit.self, &log) }
    if form.name == "power-law-fit", options.fit == nil { options.fit = .powerLaw }
    if let node = reader("fit-window") {
      options.fitWindow = interval(node, "fit-window", &log)
      if options.fit == nil {
        log.error(
          .missingKey, "'fit-window' needs 'fit'", at: node.span,
          fix: "add 'fit: power-law', or drop 'fit-window'")
      }
    }
    if let node = reader("better") {
      let directed = (ChartForms.marks + ChartForms.presets).filter { $0.score != nil }.map(\.name)
      options.isSmallerBetter = choice(node, "better", Direction.self, &log) == .smaller
      if form.score == nil {
        log.error(
          .unknownKey, "'better' has no meaning for '\(form.name)'", at: node.span,
          note: "it says which end of a measure is good, for \(directed.joined(separator: ", "))",
          fix: "drop 'better'")
      }
    } else if let score = form.score.flatMap({ reader($0.rawValue) }) {
      let column = (score.scalar ?? score.value(at: ["field"])?.scalar).flatMap { name in
        source.table.flatMap(scope.schema)?.column(name.text)
      }
      options.isSmallerBetter = column?.largerIsBetter == false
    }
    return options
  }

  private enum Direction: String, CaseIterable { case smaller, larger }

  private func choice<Value: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ key: String, _ type: Value.Type, _ log: inout DiagnosticLog
  ) -> Value? where Value.RawValue == String {
    guard let scalar = node.text(key, log: &log) else { return nil }
    if let value = Value(rawValue: scalar.text) { return value }
    let names = type.allCases.map(\.rawValue)
    log.error(
      .outOfRange, "'\(key)' cannot be '\(scalar.text)'", at: scalar.span,
      note: "it is one of \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  /// `100 .. 5000`, or `[100, 5000]`.
  func interval(_ node: YAMLNode, _ key: String, _ log: inout DiagnosticLog) -> ClosedRange<Double>? {
    var texts: [String] = []
    if let scalar = node.scalar {
      let parts = scalar.text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
      texts = parts.count == 3 && parts[1] == ".." ? [parts[0], parts[2]] : []
    } else if case .sequence(let items, _) = node {
      texts = items.compactMap(\.scalar?.text)
    }
    let numbers = texts.compactMap(ScalarReading.number)
    guard numbers.count == 2, numbers[0] < numbers[1] else {
      log.error(
        .wrongType, "'\(key)' must be two ascending numbers, not \(node.kindName)", at: node.span,
        fix: "write '0 .. 1'")
      return nil
    }
    return numbers[0]...numbers[1]
  }

  /// `reference: 0.5`, `{y: 0.5, label: chance}`, or a list of these.
  func references(_ reader: KeyReader, _ log: inout DiagnosticLog) -> [ChartBlock.Reference] {
    guard let node = reader("reference") else { return [] }
    if case .sequence(let items, _) = node { return items.compactMap { reference($0, &log) } }
    return [reference(node, &log)].compactMap { $0 }
  }

  private func reference(_ node: YAMLNode, _ log: inout DiagnosticLog) -> ChartBlock.Reference? {
    if let scalar = node.scalar, let value = ScalarReading.number(scalar.text) {
      return ChartBlock.Reference(isVertical: nil, value: value, label: "")
    }
    guard case .mapping = node else {
      log.error(
        .wrongType, "'reference' must be a number, not \(node.kindName)", at: node.span,
        fix: "write '0.5' or '{y: 0.5, label: chance}'")
      return nil
    }
    guard let reader = KeyReader(node, subject: "a reference", known: ["x", "y", "label"], log: &log) else {
      return nil
    }
    let given = ["x", "y"].filter { reader($0) != nil }
    guard given.count == 1, let place = reader(given[0]) else {
      log.error(
        .missingKey, "a reference has either 'x' or 'y'", at: node.span,
        fix: "write '{y: 0.5, label: chance}'")
      return nil
    }
    guard let value = place.scalar.flatMap({ ScalarReading.number($0.text) }) else {
      log.error(.wrongType, "'\(given[0])' must be a number, not \(place.kindName)", at: place.span)
      return nil
    }
    return ChartBlock.Reference(
      isVertical: given[0] == "x", value: value, label: reader("label")?.text("label", log: &log)?.text ?? "")
  }
}
