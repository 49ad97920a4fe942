import Charts
import Diagnostics
import Experiments
import Markup
import Protocols

/// The field's pictures of a search, which a study asks for in one line, `preset: optimisation-history`, beside the name
/// of a tuned experiment and without any channel: they fill in table and channels.
enum SearchPicture {
  /// The chart's tree with the picture put in; the tree itself where it asks for none.
  ///
  /// - Parameters:
  ///   - scope: gives the columns of a table.
  ///   - selection: what the searches of a tuned experiment optimise.
  static func laid(
    under tree: YAMLNode, columns: (_ table: String) -> [TableSchema.Column]?,
    selection: (String) -> Selection?
  ) -> YAMLNode {
    guard let preset = tree.value(at: ["preset"])?.scalar?.text, let from = tree.value(at: ["from"])?.scalar,
      let selection = selection(from.text),
      // A dumbbell may name its categories, a history the scale of what it follows, as may a lineage.
      (["dumbbell", "population-lineage", "optimisation-history"].contains(preset)
        ? ["x"] : ["x", "y", "columns"])
        .allSatisfy({ tree.value(at: [$0]) == nil }),
      let keys = keys(preset, of: from.text, columns, selection)
    else { return tree }
    var entries: [YAMLEntry] = []
    let span = from.span
    for (key, value) in keys where tree.value(at: [key]) == nil || ["from", "preset"].contains(key) {
      entries.append(
        YAMLEntry(key: YAMLScalar(text: key, span: span, isQuoted: false), value: node(value, span)))
    }
    let base = ["preset", "from"].reduce(tree) { $0.removing($1) }
    guard case .mapping(let own, let whole) = base else { return tree }
    return .mapping(own + entries, whole)
  }

  private indirect enum Value {
    case text(String)
    case map([(String, Value)])
    case list([Value])
  }

  private static func keys(
    _ preset: String, of name: String, _ columns: (String) -> [TableSchema.Column]?, _ selection: Selection
  ) -> [(String, Value)]? {
    let measure = selection.column
    func factor(_ table: String) -> [(String, Value)] {
      let varied = columns(table)?.first {
        $0.role == .factor && $0.name != "hyperparameter" && $0.levels?.count ?? 0 > 1
      }
      return varied.map { [("color", .text($0.name))] } ?? []
    }
    func field(_ name: String, _ title: String) -> Value {
      .map([("field", .text(name)), ("title", .text(title))])
    }
    /// A hyperparameter's axis: logarithmic where its range says so.
    func axis(_ column: TableSchema.Column) -> Value {
      guard let bounds = column.bounds, bounds.lowerBound > 0, bounds.upperBound / bounds.lowerBound >= 50
      else {
        return .text(column.name)
      }
      return .map([("field", .text(column.name)), ("scale", .text("log"))])
    }
    switch preset {
    case "optimisation-history":
      let table = "\(name).progress"
      return [
        ("preset", .text(preset)), ("from", .text(table)), ("x", field("evaluations", "whole runs tried")),
        ("y", field("score", measure)), ("detail", .text("search")),
        ("better", .text(selection.direction == .max ? "larger" : "smaller")),
      ] + factor(table)
    case "importance-bars":
      let table = "\(name).importance"
      return [
        ("preset", .text(preset)), ("from", .text(table)), ("x", field("main", "share of variance")),
        ("y", .text("hyperparameter")), ("unit", .list([.text("search"), .text("tree")])),
      ] + factor(table)
    case "response-curve":
      let table = "\(name).response"
      return [
        ("from", .text(table)), ("mark", .text("line")), ("x", field("place", "place in its range")),
        ("y", field("predicted", "predicted \(measure)")), ("facet", .text("hyperparameter")),
        ("unit", .list([.text("search"), .text("tree")])),
      ] + factor(table)
    case "response-surface":
      let table = "\(name).surface"
      let numeric = (columns(table) ?? []).filter { $0.role == .hyperparameter }
      guard numeric.count >= 2 else { return nil }
      return [
        ("from", .text(table)), ("mark", .text("contour")), ("x", axis(numeric[0])), ("y", axis(numeric[1])),
        ("color", field("predicted", "predicted \(measure)")),
      ]
    case "dumbbell":
      let table = "\(name).\(SearchTables.promise)"
      guard let y = columns(table)?.first(where: { $0.role == .factor && $0.levels?.count ?? 0 > 1 }) else {
        return nil
      }
      return [
        ("preset", .text(preset)), ("from", .text(table)), ("x", .text(measure)), ("y", .text(y.name)),
        ("color", .text(SearchTables.seeds)),
      ]
    case "population-lineage":
      let table = "\(name).tuning"
      guard columns(table)?.contains(where: { $0.name == "member" }) ?? false else { return nil }
      return [
        ("preset", .text(preset)), ("from", .text(table)), ("x", field("budget", "units of a run")),
        ("y", .text(measure)), ("detail", .text("member")), ("text", .text("origin")),
        ("facet", .text("search")),
      ]
    case "parallel-coordinates":
      guard let found = columns("\(name).tuning") else { return nil }
      let shown = found.filter { $0.role == .factor && $0.levels?.count ?? 0 > 1 }.map { Value.text($0.name) }
      let searched = found.filter { $0.role == .hyperparameter }.map(axis)
      return [
        ("preset", .text(preset)), ("from", .text("\(name).tuning")),
        ("columns", .list(shown + searched + [.text(measure)])), ("color", .text(measure)),
      ]
    default: return nil
    }
  }

  private static func node(_ value: Value, _ span: SourceSpan) -> YAMLNode {
    switch value {
    case .text(let text): .scalar(YAMLScalar(text: text, span: span, isQuoted: false))
    case .list(let items): .sequence(items.map { node($0, span) }, span)
    case .map(let entries):
      .mapping(
        entries.map {
          YAMLEntry(key: YAMLScalar(text: $0, span: span, isQuoted: false), value: node($1, span))
        }, span)
    }
  }
}
