/// The CSS of every chart: colours for light and dark, text sizes for wide and narrow.
///
/// The same text in each picture, so that a page can print it once; scoped by the class `chart`, since a style
/// element in a page reaches the whole page. Positions do not depend on it: room is kept for the largest text.
enum StyleSheet {
  static let text: String = {
    func colors(_ palette: [String], _ shades: [String]) -> String {
      palette.enumerated().map { "--s\($0):\($1);" }.joined()
        + shades.enumerated().map { "--q\($0):\($1);" }.joined()
    }
    var rules = [
      ".chart{--ink:#1c1e21;--muted:#595f69;--grid:#e2e5e9;--surface:#fff;\(colors(SeriesStyle.light, ShadePalette.light))"
        + "max-width:100%;height:auto;font-family:system-ui,sans-serif;font-size:14.5px;color:var(--ink)}",
      // Standing alone it brings its background; within a page it shows the page's.
      "svg.chart:root{background:var(--surface)}",
      ".chart text{fill:var(--ink)}",
      ".chart .t{fill:var(--muted);font-variant-numeric:tabular-nums}",
      ".chart .h{font-weight:500}",
      // Words within the plot stand clear of what they cross.
      ".chart .o{paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}",
      ".chart .grid{stroke:var(--grid)}",
      ".chart .axis{stroke:var(--muted)}",
      ".chart .hatch{stroke:var(--surface);stroke-width:1.2}",
      ".chart .n{color:var(--ink)}",
      ".chart .k{fill:var(--surface)}",
    ]
    rules += SeriesStyle.light.indices.map { ".chart .s\($0){color:var(--s\($0))}" }
    rules += ShadePalette.light.indices.map { ".chart .q\($0){color:var(--q\($0))}" }
    rules.append("@media(max-width:560px){.chart{font-size:17.5px}}")
    rules.append("@media(max-width:440px){.chart{font-size:21px}}")
    rules.append(
      "@media screen and (prefers-color-scheme:dark){.chart{--ink:#e8eaed;--muted:#a3aab5;--grid:#33383f;"
        + "--surface:#14161a;\(colors(SeriesStyle.dark, ShadePalette.dark))}}")
    return rules.joined(separator: "\n")
  }()
}
