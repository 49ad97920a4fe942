import Estimators
import Experiments
import Parts

/// The settings of models made of trees: how far each grows.
enum TreeGrowth {
  static func declaration(depth: Int) -> [Hyperparameter] {
    [
      Hyperparameter(
        "depth", .integer(0...1000), default: .integer(depth), "cuts from root to leaf at most; 0 is no limit"
      ),
      Hyperparameter("minimum-leaf", .integer(1...1_000_000), default: .integer(1), "least rows in a leaf"),
      Hyperparameter(
        "columns-tried", .choice(["all", "sqrt", "third"]), default: .text("all"),
        "features each node chooses among, drawn anew: all, their root, or a third"),
    ]
  }

  /// The settings for rows of that many features.
  static func settings(_ settings: Settings, columns: Int) -> TreeSettings {
    let depth = settings.integer("depth")
    let tried: Int? =
      switch settings.text("columns-tried") {
      case "sqrt": Int(Double(columns).squareRoot())
      case "third": columns / 3
      default: nil
      }
    return TreeSettings(
      maximumDepth: depth > 0 ? depth : nil, minimumLeaf: settings.integer("minimum-leaf"),
      columnsTried: tried.map { max(1, $0) })
  }
}
