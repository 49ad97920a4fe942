/// The chart's own CSS: colours for light and dark, text sizes for wide and narrow.
///
/// Every rule is scoped by the chart's id, since a style element in a page reaches the whole page. Positions
/// do not depend on it: room is kept for the largest text.
enum StyleSheet {
  /// - Parameters:
  ///   - id: the chart's id.
  ///   - seriesCount: how many series colours are used.
  ///   - hasShades: shades are used.
  static func text(id: String, seriesCount: Int, hasShades: Bool) -> String {
    let used = 0..<min(seriesCount, SeriesStyle.light.count)
    let levels = 0..<(hasShades ? ShadeScale.levels : 0)
    func colors(_ palette: [String], _ shades: [String]) -> String {
      used.map { "--s\($0):\(palette[$0]);" }.joined() + levels.map { "--q\($0):\(shades[$0]);" }.joined()
    }
    let root = "#" + id
    var rules = [
      "\(root){--ink:#1c1e21;--muted:#595f69;--grid:#e2e5e9;--surface:#fff;\(colors(SeriesStyle.light, ShadePalette.light))"
        + "max-width:100%;height:auto;font-family:system-ui,sans-serif;font-size:14.5px;color:var(--ink)}",
      // Standing alone it brings its background; within a page it shows the page's.
      "svg\(root):root{background:var(--surface)}",
      "\(root) text{fill:var(--ink)}",
      "\(root) .t{fill:var(--muted);font-variant-numeric:tabular-nums}",
      "\(root) .h{font-weight:500}",
      // Words within the plot stand clear of what they cross.
      "\(root) .o{paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}",
      "\(root) .grid{stroke:var(--grid)}",
      "\(root) .axis{stroke:var(--muted)}",
      "\(root) .hatch{stroke:var(--surface);stroke-width:1.2}",
      "\(root) .n{color:var(--ink)}",
    ]
    rules += used.map { "\(root) .s\($0){color:var(--s\($0))}" }
    rules += levels.map { "\(root) .q\($0){color:var(--q\($0))}" }
    if hasShades { rules.append("\(root) .k{fill:var(--surface)}") }
    rules.append("@media(max-width:560px){\(root){font-size:17.5px}}")
    rules.append("@media(max-width:440px){\(root){font-size:21px}}")
    rules.append(
      "@media screen and (prefers-color-scheme:dark){\(root){--ink:#e8eaed;--muted:#a3aab5;--grid:#33383f;"
        + "--surface:#14161a;\(colors(SeriesStyle.dark, ShadePalette.dark))}}")
    return rules.joined(separator: "\n")
  }
}
