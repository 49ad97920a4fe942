import Charts
import Claims
import Diagnostics
import Markup

extension ViewReading {
  /// Keys of a chart that are not those of a layer.
  static let chartKeys = ["caption", "facet", "reference", "unit", "layer", "claims"]
  /// Keys that a layer can have of its own; a chart's apply to all its layers.
  static let layerKeys =
    ["mark", "preset", "from", "where"] + ChartChannel.allCases.map(\.rawValue)
    + ["band", "fit", "fit-window", "better"]

  /// The chart, or nil with its mistakes in the log.
  func chart(_ block: StudyBlock, _ node: YAMLNode, log: inout DiagnosticLog) -> ChartBlock? {
    let known = Self.layerKeys + Self.chartKeys
    let node = SearchPicture.laid(
      under: node, columns: { scope.schema($0)?.columns }, selection: { selections[$0] })
    guard let reader = KeyReader(node, subject: "a chart", known: known, log: &log) else { return nil }
    if reader("claims") != nil { return forest(block, reader, &log) }
    guard let nodes = layerNodes(reader, node, &log) else { return nil }
    let layers = nodes.compactMap { layer($0, &log) }
    let references = self.references(reader, &log)
    let tables = layers.flatMap(\.tables)
    // Where a layer is mistaken, columns may be its own.
    guard layers.count == nodes.count else { return nil }
    let facet = self.facet(reader, tables, &log)
    return ChartBlock(
      name: block.name, caption: reader("caption")?.text("caption", log: &log)?.text, layers: layers,
      facet: facet, references: references, claims: nil, unit: units(reader, tables, &log))
  }

  /// Each layer with the chart's own keys laid under it; the chart itself where it has no layers.
  private func layerNodes(_ reader: KeyReader, _ node: YAMLNode, _ log: inout DiagnosticLog) -> [YAMLNode]? {
    let base = Self.chartKeys.reduce(node) { $0.removing($1) }
    guard let layers = reader("layer") else { return [base] }
    guard case .sequence(let items, _) = layers, !items.isEmpty else {
      log.error(
        .wrongType, "'layer' must be a list of layers, not \(layers.kindName)", at: layers.span,
        fix: "write '[{mark: line}, {mark: point}]'")
      return nil
    }
    for key in ["mark", "preset"] {
      if let node = reader(key) {
        log.error(
          .conflictingPaths, "'\(key)' stands beside 'layer'", at: node.span,
          note: "each layer has a mark of its own", fix: "move it into a layer")
        return nil
      }
    }
    for item in items { _ = KeyReader(item, subject: "a layer", known: Self.layerKeys, log: &log) }
    return items.map { $0.laid(over: base) }
  }

  private func layer(_ node: YAMLNode, _ log: inout DiagnosticLog) -> ChartBlock.Layer? {
    // The layer's own keys have been checked, and the chart's.
    var ignored = DiagnosticLog()
    guard let reader = KeyReader(node, subject: "a layer", known: Self.layerKeys, log: &ignored),
      let source = source(reader, &log)
    else { return nil }
    guard let form = form(reader, &log) else { return nil }
    let options = self.options(reader, form, source, &log)
    var channels = ChartChannels(reading: self, form: form, source: source, fits: options.fit != nil)
    return channels.layer(reader, options, &log)
  }

  /// The mark or the preset.
  private func form(_ reader: KeyReader, _ log: inout DiagnosticLog) -> ChartForm? {
    if let mark = reader("mark"), let preset = reader("preset") {
      log.error(
        .conflictingPaths, "a chart has a mark or a preset, not both", at: preset.span,
        fix: "drop 'mark: \(mark.scalar?.text ?? "…")'")
      return nil
    }
    if let node = reader("preset") { return named(node, "preset", ChartForms.presets, &log) }
    guard let node = reader.required("mark", example: "line", log: &log) else { return nil }
    return named(node, "mark", ChartForms.marks, &log)
  }

  private func named(
    _ node: YAMLNode, _ key: String, _ forms: [ChartForm], _ log: inout DiagnosticLog
  ) -> ChartForm? {
    guard let scalar = node.text(key, log: &log) else { return nil }
    if let form = forms.first(where: { $0.name == scalar.text }) { return form }
    let names = forms.map(\.name)
    let isOther = (ChartForms.marks + ChartForms.presets).contains { $0.name == scalar.text }
    let other = key == "mark" ? "preset" : "mark"
    log.error(
      .outOfRange, "unknown \(key) '\(scalar.text)'", at: scalar.span,
      note: "there is \(names.joined(separator: ", "))",
      fix: isOther
        ? "write '\(other): \(scalar.text)'" : nearestName(to: scalar.text, in: names).map { "write '\($0)'" }
    )
    return nil
  }

  /// `preset: forest-plot` with `claims: all` or a list of names.
  private func forest(_ block: StudyBlock, _ reader: KeyReader, _ log: inout DiagnosticLog) -> ChartBlock? {
    guard let node = reader("claims"), let names = node.texts("claims", log: &log) else { return nil }
    if reader("preset")?.scalar?.text != "forest-plot" {
      log.error(
        .missingKey, "only a forest plot shows claims", at: node.span, fix: "write 'preset: forest-plot'")
      return nil
    }
    for key in Self.layerKeys + ["layer", "facet"] where key != "preset" {
      if let other = reader(key) {
        log.error(
          .conflictingPaths, "'\(key)' has no meaning beside 'claims'", at: other.span,
          note: "each claim gives its estimate and its interval", fix: "drop '\(key)'")
      }
    }
    let isAll = names.map(\.text) == ["all"]
    for name in isAll ? [] : names where !claims.contains(name.text) {
      log.error(
        .unknownBlockReference, "there is no claim '\(name.text)'", at: name.span,
        note: claims.isEmpty ? "the study has no claim" : "the study has \(claims.joined(separator: ", "))",
        fix: nearestName(to: name.text, in: claims).map { "write '\($0)'" })
    }
    if isAll, claims.isEmpty {
      log.error(.unknownBlockReference, "the study has no claim to show", at: node.span, fix: "add a claim")
    }
    return ChartBlock(
      name: block.name, caption: reader("caption")?.text("caption", log: &log)?.text, layers: [],
      facet: ChartBlock.Facet(column: nil, row: nil), references: references(reader, &log),
      claims: isAll ? claims : names.map(\.text), unit: [])
  }

  /// `facet: data`, or `facet: {column: data, row: method}`.
  private func facet(
    _ reader: KeyReader, _ tables: [String], _ log: inout DiagnosticLog
  ) -> ChartBlock.Facet {
    guard let node = reader("facet") else { return ChartBlock.Facet(column: nil, row: nil) }
    if let scalar = node.scalar {
      checkGroup(scalar, tables, &log)
      return ChartBlock.Facet(column: scalar.text, row: nil)
    }
    let parts = KeyReader(node, subject: "'facet'", known: ["column", "row"], log: &log)
    func part(_ key: String) -> String? {
      guard let scalar = parts?(key)?.text(key, log: &log) else { return nil }
      checkGroup(scalar, tables, &log)
      return scalar.text
    }
    return ChartBlock.Facet(column: part("column"), row: part("row"))
  }
}
