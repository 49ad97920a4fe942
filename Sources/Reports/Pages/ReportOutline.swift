import Markup

/// The numbers and ids of everything a report's text can point at, the same in both formats.
struct ReportOutline {
  /// A study block with its place among its kind.
  struct Block {
    let study: StudyBlock
    /// `Table 1`, `Figure 2`, `Claim 1`; an experiment is called by its name alone.
    let label: String
    let anchor: String
  }

  /// An inline value with its place in the text.
  struct Value {
    let expression: InlineExpression
    let view: ValueView?
    /// Where the text shows it, and where the appendix says what it rests on.
    let origin: String
    let anchor: String
  }

  struct Heading {
    let level: Int
    let inlines: [MarkdownInline]
    let anchor: String
  }

  /// Blocks, headings and values in the order of the file.
  private(set) var blocks: [Block] = []
  private(set) var headings: [Heading] = []
  private(set) var values: [Value] = []
  /// Values that have results.
  let shownValues: [InlineExpression: ValueView]
  /// Position in `values` by code span.
  private(set) var valuePositions: [InlineExpression: Int] = [:]
  /// Ids of the protocol panels, in the report's order.
  private(set) var panelAnchors: [String] = []
  let appendixAnchor: String
  let valuesAnchor: String
  let ledgerAnchor: String
  let provenanceAnchor: String
  private let pool: AnchorPool

  init(_ report: Report, body: [MarkdownBlock]) {
    let inner = MarkdownDocument(source: report.document.source, frontMatter: nil, blocks: body)
    var pool = AnchorPool()
    var counts: [StudyBlock.Kind: Int] = [:]
    for study in inner.studyBlocks {
      counts[study.kind, default: 0] += 1
      let label = Self.word(for: study.kind).map { "\($0) \(counts[study.kind]!)" } ?? study.name
      blocks.append(Block(study: study, label: label, anchor: pool.anchor(for: study.name)))
    }
    shownValues = report.values
    let plain = PlainText(values: report.values)
    for (level, inlines) in Self.headings(body) {
      headings.append(
        Heading(level: level, inlines: inlines, anchor: pool.anchor(for: plain.text(inlines))))
    }
    appendixAnchor = pool.anchor(for: "how this was measured")
    valuesAnchor = pool.anchor(for: "values in the text")
    ledgerAnchor = pool.anchor(for: "evaluation data opened")
    provenanceAnchor = pool.anchor(for: "provenance")
    panelAnchors = report.protocols.map { pool.anchor(for: "protocol-" + $0.experiment) }
    for expression in inner.inlineExpressions {
      valuePositions[expression] = values.count
      let number = values.count + 1
      values.append(
        Value(
          expression: expression, view: report.values[expression],
          origin: pool.anchor(for: "at-value-\(number)"), anchor: pool.anchor(for: "value-\(number)")))
    }
    self.pool = pool
  }

  /// The first chart above the block that lists the same data.
  func chart(before block: Block, listing data: TableView, _ report: Report) -> Block? {
    blocks.prefix { $0.anchor != block.anchor }.first { earlier in
      if case .chart(let view)? = report.blocks[earlier.study.name] { view.data.lists(data) } else { false }
    }
  }

  /// Whether the page has a place of that id.
  func hasAnchor(_ anchor: String) -> Bool { pool.contains(anchor) }

  /// What a reference to a block is called: `Figure 1`; nil where the place is no block's.
  func label(at anchor: String) -> String? { blocks.first { $0.anchor == anchor }?.label }

  /// Where a footnote stands, and where the text refers to it; no other id holds a full stop.
  static func noteAnchor(_ number: Int) -> String { "note.\(number)" }
  static func noteOrigin(_ number: Int, occurrence: Int) -> String {
    "note.\(number)" + (occurrence == 1 ? ".at" : ".at\(occurrence)")
  }

  private static func headings(_ body: [MarkdownBlock]) -> [(level: Int, inlines: [MarkdownInline])] {
    var found: [(level: Int, inlines: [MarkdownInline])] = []
    MarkdownBlock.visit(body) { block in
      if case .heading(let level, let inlines) = block { found.append((level, inlines)) }
    }
    return found
  }

  private static func word(for kind: StudyBlock.Kind) -> String? {
    switch kind {
    case .table: "Table"
    case .chart: "Figure"
    case .claim: "Claim"
    case .experiment, .results: nil
    }
  }
}

extension Report {
  /// The prose without a first heading that only repeats the title: the page's head shows it already.
  var body: [MarkdownBlock] {
    guard case .heading(1, let inlines) = document.blocks.first else { return document.blocks }
    let isTitle = PlainText(values: values).text(inlines) == title
    return isTitle ? Array(document.blocks.dropFirst()) : document.blocks
  }
}
