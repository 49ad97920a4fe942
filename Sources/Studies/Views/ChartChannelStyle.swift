import Charts
import Claims
import Diagnostics
import Markup

/// Reads how a channel is shown: scale and order.
struct ChartChannelStyle {
  let reading: ViewReading
  let source: ViewReading.Source

  private static let scales = ["linear", "log", "symlog", "time", "band", "ordinal"]

  /// `scale: log`, or `{type: log, domain: 1 .. 100}`.
  func scale(
    _ node: YAMLNode?, _ channel: ChartChannel, isNumeric: Bool, _ content: ChartBlock.Binding.Content,
    _ log: inout DiagnosticLog
  ) -> ChartBlock.Scale {
    guard let node else { return .automatic }
    var type = node
    var domain: (node: YAMLNode, range: ClosedRange<Double>)?
    if node.scalar == nil {
      guard let reader = KeyReader(node, subject: "'scale'", known: ["type", "domain"], log: &log) else {
        return .automatic
      }
      if let node = reader("domain") {
        domain = reading.interval(node, "domain", &log).map { (node, $0) }
      }
      guard let given = reader("type") else {
        return domain == nil ? .automatic : .linear(domain: domain?.range)
      }
      type = given
    }
    guard let scalar = type.text("scale", log: &log) else { return .automatic }
    guard Self.scales.contains(scalar.text) else {
      log.error(
        .outOfRange, "'scale' cannot be '\(scalar.text)'", at: scalar.span,
        note: "it is one of \(Self.scales.joined(separator: ", "))",
        fix: nearestName(to: scalar.text, in: Self.scales).map { "write '\($0)'" })
      return .automatic
    }
    if ["linear", "log", "symlog"].contains(scalar.text), !isNumeric {
      log.error(
        .expressionType, "a \(scalar.text) scale needs numbers", at: scalar.span,
        note: "the column holds words", fix: "drop 'scale'")
    }
    if let domain, ["time", "band", "ordinal"].contains(scalar.text) {
      log.error(
        .outOfRange, "a \(scalar.text) scale has no 'domain'", at: domain.node.span, fix: "drop 'domain'")
    }
    if let domain, scalar.text == "log", domain.range.lowerBound <= 0 {
      log.error(.outOfRange, "the domain of a log scale must be above 0", at: domain.node.span)
    }
    switch scalar.text {
    case "linear": return .linear(domain: domain?.range)
    case "log": return .log(domain: domain?.range)
    case "symlog": return .symlog(domain: domain?.range)
    case "time":
      checkTimes(content, scalar, &log)
      return .time
    case "band": return .band
    default: return .ordinal
    }
  }

  /// Words on a time axis must be dates.
  private func checkTimes(
    _ content: ChartBlock.Binding.Content, _ scalar: YAMLScalar, _ log: inout DiagnosticLog
  ) {
    guard case .column(let name) = content, let schema = source.table.flatMap(reading.scope.schema),
      let column = schema.column(name), !column.isNumeric
    else { return }
    for level in column.levels ?? [] where CivilTime.seconds(iso: level) == nil {
      log.error(
        .expressionType, "'\(level)' of '\(name)' is no date", at: scalar.span,
        note: "a date is written 2024-03-05 or 2024-03-05T14:30, a number counts seconds from 1970")
      return
    }
  }

  /// `sort: ascending`, `descending`, or the categories that come first.
  func sort(
    _ node: YAMLNode?, _ content: ChartBlock.Binding.Content, _ log: inout DiagnosticLog
  ) -> ChartBlock.Sort? {
    guard let node else { return nil }
    guard case .column(let name) = content else {
      log.error(
        .expressionType, "only a column can be sorted", at: node.span,
        note: "an estimate has its place on the axis",
        fix: "drop 'sort'")
      return nil
    }
    if let scalar = node.scalar {
      switch scalar.text {
      case "ascending": return .ascending
      case "descending": return .descending
      default:
        log.error(
          .outOfRange, "'sort' cannot be '\(scalar.text)'", at: scalar.span,
          note: "it is ascending, descending, or a list of levels",
          fix: nearestName(to: scalar.text, in: ["ascending", "descending"]).map { "write '\($0)'" })
        return nil
      }
    }
    guard let names = node.texts("sort", log: &log) else { return nil }
    let levels = reading.scope.schemas.lazy.compactMap { $0.column(name)?.levels }.first
    for level in names where !(levels?.contains(level.text) ?? true) {
      log.error(
        .unknownLevel, "'\(level.text)' is not a level of '\(name)'", at: level.span,
        note: "its levels are \((levels ?? []).joined(separator: ", "))",
        fix: nearestName(to: level.text, in: levels ?? []).map { "write '\($0)'" })
    }
    return .order(names.map(\.text))
  }
}
