import Charts
import Diagnostics
import Experiments
import Markup

/// The field's pictures of a search, which a study asks for in one line, `preset: optimisation-history`, beside
/// `from: NAME`; where the chart is silent they fill in its table, its mark and its channels.
enum SearchPicture {
  static let names = ["importance", "one-at-a-time", "optimisation-history", "response-surface"]

  /// The chart's tree with the picture put in; the tree itself where it asks for none.
  ///
  /// - Parameters:
  ///   - scope: gives the columns of a table.
  ///   - selecting: the measure an experiment selects by.
  static func laid(
    under tree: YAMLNode, columns: (_ table: String) -> [TableSchema.Column]?, selecting: (String) -> String?
  ) -> YAMLNode {
    guard let preset = tree.value(at: ["preset"])?.scalar?.text, let from = tree.value(at: ["from"])?.scalar,
      let keys = keys(preset, of: from.text, columns, selecting(from.text) ?? "score")
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
    _ preset: String, of name: String, _ columns: (String) -> [TableSchema.Column]?, _ measure: String
  ) -> [(String, Value)]? {
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
        ("from", .text(table)), ("mark", .text("line")), ("x", field("evaluations", "configurations tried")),
        ("y", field("incumbent", "best \(measure) so far")),
      ] + factor(table)
    case "importance":
      let table = "\(name).importance"
      return [
        ("from", .text(table)), ("mark", .text("bar")), ("x", .text("hyperparameter")),
        ("y", field("main", "share of variance")),
        ("unit", .list([.text("search"), .text("tree")])),
      ] + factor(table)
    case "one-at-a-time":
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
