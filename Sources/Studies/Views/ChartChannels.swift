import Charts
import Claims
import Diagnostics
import Experiments
import Markup

/// Reads the channels of one layer: which are columns that group, which are estimated.
struct ChartChannels {
  let reading: ViewReading
  let form: ChartForm
  let source: ViewReading.Source
  /// A curve is fitted through rows.
  let fits: Bool
  private var channels: [ChartChannel: ChartBlock.Binding] = [:]
  private var isSound = true

  init(reading: ViewReading, form: ChartForm, source: ViewReading.Source, fits: Bool) {
    (self.reading, self.form, self.source, self.fits) = (reading, form, source, fits)
  }

  /// The whole layer, or nil with its mistakes in the log.
  mutating func layer(
    _ reader: KeyReader, _ options: ChartBlock.Options, _ log: inout DiagnosticLog
  ) -> ChartBlock.Layer? {
    let readsRows = self.readsRows(reader, &log)
    guard !readsRows || source.table != nil else {
      log.error(
        .missingKey, "'\(form.name)' draws rows and needs 'from'", at: reader.span,
        fix: "add 'from: \(reading.scope.names.first ?? "honest")'")
      return nil
    }
    for channel in ChartChannel.allCases where channel != .columns {
      guard let node = reader(channel.rawValue) else { continue }
      guard form.accepts(channel) else {
        refuse(channel, node, &log)
        continue
      }
      channels[channel] = binding(node, channel, readsRows: readsRows, &log)
      if channels[channel] == nil { isSound = false }
    }
    let columns = self.columns(reader, &log)
    for channel in form.needs where reader(channel.rawValue) == nil && !reader.isMistyped(channel.rawValue) {
      log.error(
        .missingKey, "'\(form.name)' needs '\(channel.rawValue)'", at: reader.span,
        fix: "add '\(channel.rawValue): \(Self.example(channel, form))'")
      isSound = false
    }
    if isSound { check(readsRows, reader, &log) }
    guard isSound else { return nil }
    return ChartBlock.Layer(
      form: form, readsRows: readsRows, table: source.table, filter: source.filter, channels: channels,
      columns: columns, options: options)
  }

  private static func example(_ channel: ChartChannel, _ form: ChartForm) -> String {
    switch channel {
    case .x: form.reading == .values && !form.needs.contains(.y) ? "accuracy" : "step"
    case .y, .text: "accuracy"
    case .columns: "[learning-rate, accuracy]"
    case .color where form.shadesCells: "accuracy"
    case .color, .shape: "method"
    case .size: "count(…)"
    case .detail: "seed"
    }
  }

  private mutating func refuse(_ channel: ChartChannel, _ node: YAMLNode, _ log: inout DiagnosticLog) {
    let names = ChartChannel.allCases.filter(form.accepts).map(\.rawValue)
    log.error(
      .unknownKey, "'\(form.name)' has no use for '\(channel.rawValue)'", at: node.span,
      note: "it takes \(names.joined(separator: ", "))", fix: "drop '\(channel.rawValue)'")
    isSound = false
  }

  /// Rows are read where the form does, where a curve is fitted, values are binned, or `aggregate: none` asks.
  private mutating func readsRows(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Bool {
    var asks = form.reading == .values || (fits && form.name != "power-law-fit")
    for channel in [ChartChannel.x, .y, .color] {
      guard case .mapping? = reader(channel.rawValue),
        let node = reader(channel.rawValue)?.value(at: ["aggregate"])
      else { continue }
      if node.scalar?.text == "none" {
        asks = true
      } else {
        log.error(
          .outOfRange, "'aggregate' can only be none", at: node.span,
          note: "a bare column is averaged; any other aggregate is an expression, such as median(…)")
        isSound = false
      }
    }
    return asks
  }

  /// `x: session`, `y: mean(a.accuracy) - mean(b.accuracy)`, or a map with `field`.
  private func binding(
    _ node: YAMLNode, _ channel: ChartChannel, readsRows: Bool, _ log: inout DiagnosticLog
  ) -> ChartBlock.Binding? {
    let known = ["field", "title", "scale", "sort", "bin", "aggregate"]
    var reader: KeyReader?
    var field = node
    if node.scalar == nil {
      reader = KeyReader(node, subject: "'\(channel.rawValue)'", known: known, log: &log)
      guard let inner = reader?.required("field", example: "accuracy", log: &log) else { return nil }
      field = inner
    }
    guard let scalar = field.text(channel.rawValue, log: &log),
      let found = content(scalar, field, channel, readsRows: readsRows, &log)
    else { return nil }
    let style = ChartChannelStyle(reading: reading, source: source)
    let scale = style.scale(reader?("scale"), channel, isNumeric: found.isNumeric, found.content, &log)
    let sort = style.sort(reader?("sort"), found.content, &log)
    let bins = reader?("bin").flatMap { $0.integer("bin", in: 2...100, log: &log) }
    if let node = reader?("bin"), !["histogram", "reliability-diagram", "response-curve"].contains(form.name)
    {
      log.error(
        .unknownKey, "'\(form.name)' has no use for 'bin'", at: node.span,
        note: "histogram, reliability-diagram and response-curve have bins", fix: "drop 'bin'")
      return nil
    }
    return ChartBlock.Binding(
      content: found.content, text: scalar.text, title: reader?("title")?.text("title", log: &log)?.text,
      isNumeric: found.isNumeric, scale: scale, sort: sort, bins: bins)
  }

  private func content(
    _ scalar: YAMLScalar, _ node: YAMLNode, _ channel: ChartChannel, readsRows: Bool,
    _ log: inout DiagnosticLog
  ) -> (content: ChartBlock.Binding.Content, isNumeric: Bool)? {
    if readsRows { return column(scalar, &log).map { (.column(scalar.text), $0.isNumeric) } }
    if ViewReading.isName(scalar.text), isGroup(scalar.text, channel) {
      let column = source.table.flatMap(reading.scope.schema)?.column(scalar.text)
      return (.column(scalar.text), column?.isNumeric ?? isNumericAnywhere(scalar.text))
    }
    return reading.column(channel.rawValue, node, source, &log).map { (.expression($0.expression), true) }
  }

  /// A bare name groups where its column is none of outcomes; y alone is averaged where x groups.
  private func isGroup(_ name: String, _ channel: ChartChannel) -> Bool {
    guard let table = source.table, let schema = reading.scope.schema(table) else { return true }
    guard let column = schema.column(name) else {
      return channel != .y && channel != .size && !name.hasPrefix("tuning.")
    }
    if column.role == .measure || column.role == .cost { return false }
    // With x grouping, a numeric column on y is averaged.
    let xGroups: Bool = if case .column? = channels[.x]?.content { true } else { false }
    return !(channel == .y && xGroups && column.isNumeric && !form.isBanded)
  }

  private func isNumericAnywhere(_ name: String) -> Bool {
    reading.scope.schemas.lazy.compactMap { $0.column(name) }.first?.isNumeric ?? false
  }

  /// A column of the table whose rows are drawn.
  private func column(_ scalar: YAMLScalar, _ log: inout DiagnosticLog) -> TableSchema.Column? {
    guard let table = source.table, let schema = reading.scope.schema(table) else { return nil }
    if let column = schema.column(scalar.text) { return column }
    let names = schema.columns.map(\.name)
    let isName = ViewReading.isName(scalar.text)
    log.error(
      .unknownColumn,
      isName
        ? "'\(table)' has no column '\(scalar.text)'"
        : "'\(form.name)' draws rows: '\(scalar.text)' is no column",
      at: scalar.span, note: "it has \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  /// `columns: [learning-rate, {field: width, scale: log}]`.
  private mutating func columns(_ reader: KeyReader, _ log: inout DiagnosticLog) -> [ChartBlock.Binding] {
    guard let node = reader(ChartChannel.columns.rawValue) else { return [] }
    guard form.accepts(.columns) else {
      refuse(.columns, node, &log)
      return []
    }
    guard case .sequence(let items, _) = node, items.count >= 2 else {
      log.error(
        .wrongType, "'columns' must be a list of at least two columns", at: node.span,
        fix: "write '[learning-rate, accuracy]'")
      isSound = false
      return []
    }
    let bindings = items.compactMap { binding($0, .columns, readsRows: true, &log) }
    if bindings.count < items.count { isSound = false }
    return bindings
  }

  /// What the channels must be together.
  private mutating func check(_ readsRows: Bool, _ reader: KeyReader, _ log: inout DiagnosticLog) {
    func fail(_ channel: ChartChannel, _ message: String, _ note: String) {
      log.error(.expressionType, message, at: reader(channel.rawValue)?.span ?? reader.span, note: note)
      isSound = false
    }
    if readsRows {
      let needsNumbers: [ChartChannel] =
        form.isBanded ? [] : form.needs.filter { $0 == .x || $0 == .y }
      for channel in needsNumbers where channels[channel].map({ !$0.isNumeric }) ?? false {
        fail(
          channel, "'\(channel.rawValue)' of '\(form.name)' must be numbers",
          "'\(channels[channel]!.text)' holds words")
      }
      if let score = form.score, !needsNumbers.contains(score),
        channels[score].map({ !$0.isNumeric }) ?? false
      {
        fail(
          score, "'\(score.rawValue)' of '\(form.name)' must be numbers",
          "'\(channels[score]!.text)' holds words")
      }
      if form.shadesCells {
        if let color = channels[.color], !color.isNumeric {
          fail(.color, "'color' of '\(form.name)' must be numbers", "'\(color.text)' holds words")
        }
      } else if form.isBanded, !(channels[.y]?.isNumeric ?? true), !(channels[.x]?.isNumeric ?? false) {
        fail(.y, "'\(form.name)' needs numbers on x or y", "'\(channels[.y]!.text)' holds words")
      }
      return
    }
    let isRule = form.name == "rule"
    let measured: [ChartChannel] = form.shadesCells ? [.color] : [.x, .y]
    let given = measured.filter { channels[$0] != nil }
    if isRule, given.count != 1 {
      fail(.x, "a rule has either 'x' or 'y'", "the other runs across the plot")
    } else if !given.contains(where: { !channels[$0]!.isColumn }) {
      fail(
        given.last ?? .y, "'\(form.name)' shows no estimate",
        "\(measured.map { "'\($0.rawValue)'" }.joined(separator: " or ")) must be an outcome, such as accuracy, or an expression"
      )
    }
    for channel in [ChartChannel.shape, .detail] where channels[channel].map({ !$0.isColumn }) ?? false {
      fail(
        channel, "'\(channel.rawValue)' must be a column that groups",
        "'\(channels[channel]!.text)' is estimated")
    }
    // Columns of a layer without an estimate belong to no table.
    guard isSound else { return }
    let expressions = ChartChannel.allCases.compactMap { channels[$0] }.compactMap { binding -> Expression? in
      if case .expression(let expression) = binding.content { expression } else { nil }
    }
    let tables = expressions.flatMap(\.tables)
    for channel in ChartChannel.allCases {
      guard case .column(let name)? = channels[channel]?.content, let node = reader(channel.rawValue) else {
        continue
      }
      let scalar = node.scalar ?? node.value(at: ["field"])?.scalar
      if let scalar, scalar.text == name { reading.checkGroup(scalar, tables, &log) }
    }
  }
}
