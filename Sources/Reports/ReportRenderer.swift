/// Prints reports and their index as HTML and as Markdown from a folder of templates.
///
/// Same report and same templates give the same bytes. Printing cannot fail: what is wrong with templates is
/// found when they are read.
package struct ReportRenderer: Sendable {
  package let templates: TemplateSet

  package init(templates: TemplateSet) {
    self.templates = templates
  }

  /// Reads the templates of a folder; throws one diagnostic a mistake, each with its line.
  package init(templates folder: String) throws(TemplateSet.Invalid) {
    templates = try TemplateSet(folder: folder)
  }

  /// One self-contained page: no script, nothing loaded, style and pictures within.
  package func html(_ report: Report) -> String {
    let body = report.body
    let outline = ReportOutline(report, body: body)
    var prose = HTMLProse(outline: outline) { block in
      blockText(block, of: report, outline, as: .html) { $0.svg }
    }
    let record = PageRecords(report: report, outline: outline)
      .page(body: prose.html(body), style: templates.style)
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
    let record = IndexRecords.index(entries, style: templates.style, format: .html)
    return templates.render("index", record, as: .html)
  }

  /// The index for a code host; its links lead to the Markdown twins beside the `.html` reports.
  package func indexMarkdown(_ entries: [IndexEntry]) -> String {
    templates.render("index", IndexRecords.index(entries, style: "", format: .markdown), as: .markdown)
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
      let record = BlockRecords.chart(view, at: block, picture: picture(view))
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
