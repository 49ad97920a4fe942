/// Prints reports and their index as HTML and as Markdown from a folder of templates.
///
/// Same report and same templates give the same bytes. Printing cannot fail: what is wrong with templates is
/// found when they are read.
package struct ReportRenderer: Sendable {
  package let templates: TemplateSet

  package init(templates: TemplateSet) {
    self.templates = templates
  }

  /// Reads the templates of folders, later ones replacing files of earlier ones; throws one diagnostic a mistake, each
  /// with its line.
  package init(templates folders: [String]) throws(TemplateSet.Invalid) {
    templates = try TemplateSet(folders: folders)
  }

  /// One self-contained page: no script, nothing loaded, style and pictures within.
  package func html(_ report: Report) -> String {
    let body = report.body
    let outline = ReportOutline(report, body: body)
    var pictures = InlinePictures()
    var prose = HTMLProse(outline: outline) { block in
      blockText(block, of: report, outline, as: .html) { pictures.inlined($0.svg) }
    }
    let text = prose.html(body)
    let record = PageRecords(report: report, outline: outline)
      .page(body: text, style: templates.style + pictures.style)
    return templates.render("page", record, as: .html)
  }

  /// The Markdown twin: the study's own text with results in the places of its blocks and inline values.
  ///
  /// - Parameter svgFolder: the folder of the pictures as seen from the Markdown file; empty where they lie
  /// beside it.
  /// - Returns: the text, and each picture's file name within the folder.
  package func markdown(
    _ report: Report, svgFolder: String
  ) -> (text: String, files: [(name: String, svg: String)]) {
    let outline = ReportOutline(report, body: report.body)
    var files: [(name: String, svg: String)] = []
    let twin = MarkdownTwin(report: report, outline: outline)
    let body = twin.body { block in
      blockText(block, of: report, outline, as: .markdown) { chart in
        let name = block.anchor + ".svg"
        files.append((name, chart.svg))
        return markdownDestination(svgFolder.isEmpty ? name : "\(svgFolder)/\(name)")
      }
    }
    let record = PageRecords(report: report, outline: outline).page(body: body, style: "")
    return (templates.render("page", record, as: .markdown), files)
  }

  /// The page that lists all studies with their verdicts, by theme in the order given.
  package func index(_ entries: [IndexEntry]) -> String {
    templates.render("index", IndexRecords(entries, format: .html).index(style: templates.style), as: .html)
  }

  /// The index for a code host; its links lead to the Markdown twins beside the `.html` reports.
  package func indexMarkdown(_ entries: [IndexEntry]) -> String {
    templates.render("index", IndexRecords(entries, format: .markdown).index(style: ""), as: .markdown)
  }

  /// The page of all claims.
  ///
  /// - Parameter charts: a forest plot for each theme that has one.
  package func claims(_ entries: [IndexEntry], charts: [String: ChartView]) -> String {
    var pictures = InlinePictures()
    let records = IndexRecords(entries, format: .html)
    var record = records.claims(style: "", charts: charts) { pictures.inlined($1.svg) }
    record["style"] = .markup(templates.style + pictures.style)
    return templates.render("claims", record, as: .html)
  }

  /// The same for a code host, and each picture's file name within the folder.
  package func claimsMarkdown(
    _ entries: [IndexEntry], charts: [String: ChartView], svgFolder: String
  ) -> (text: String, files: [(name: String, svg: String)]) {
    var files: [(name: String, svg: String)] = []
    let record = IndexRecords(entries, format: .markdown).claims(style: "", charts: charts) { theme, chart in
      var pool = AnchorPool()
      let name = pool.anchor(for: theme) + ".svg"
      files.append((name, chart.svg))
      return markdownDestination("\(svgFolder)/\(name)")
    }
    return (templates.render("claims", record, as: .markdown), files)
  }

  private func blockText(
    _ block: ReportOutline.Block, of report: Report, _ outline: ReportOutline, as format: ReportFormat,
    picture: (ChartView) -> String
  ) -> String {
    switch report.blocks[block.study.name] {
    case .experiment(let view):
      let position = report.protocols.firstIndex { $0.experiment == view.name }
      let record = BlockRecords.experiment(
        view, at: block, panel: position.map { outline.panelAnchors[$0] },
        isLeaky: position.map { report.protocols[$0].isLeaky } ?? false)
      return templates.render("experiment", record, as: format)
    case .table(let view):
      return templates.render("table", BlockRecords.table(view, at: block), as: format)
    case .chart(let view):
      let earlier = outline.chart(before: block, listing: view.data, report)
      let record = BlockRecords.chart(
        view, anchor: block.anchor, label: block.label, picture: picture(view),
        data: earlier.map { .same(as: $0) } ?? .all)
      return templates.render("chart", record, as: format)
    case .claim(let view):
      let record = BlockRecords.claim(view, at: block, profile: report.profile)
      return templates.render("claim", record, as: format)
    case .unavailable(let name, let reason):
      let record = BlockRecords.unavailable(name: name, reason: reason, at: block)
      return templates.render("unavailable", record, as: format)
    case nil:
      let record = BlockRecords.unavailable(name: block.study.name, reason: "it has no results", at: block)
      return templates.render("unavailable", record, as: format)
    }
  }
}
