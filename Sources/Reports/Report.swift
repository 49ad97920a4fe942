import Markup

/// Everything a report shows, ready to be printed: no store, no trials, no numbers still to be computed.
///
/// Both formats, HTML and Markdown, are renderings of this value; the same value gives the same bytes.
package struct Report: Sendable {
  package var title: String
  /// The paper the study tests, as the front matter cites it.
  package var paper: String?
  /// `studies/tuning/tune-where-you-evaluate.md`, as the author's make file names it.
  package var studyPath: String
  /// `full` or `quick`.
  package var profile: String
  /// Where the study cannot be taken as final: quick profile, failed trials, broken ledger … one sentence
  /// each.
  package var warnings: [String]
  package var document: MarkdownDocument
  /// What the study's blocks came to, by block name.
  package var blocks: [String: BlockView]
  /// What the inline values came to, by their code span.
  package var values: [InlineExpression: ValueView]
  /// One panel an experiment: what was tuned on what.
  package var protocols: [ProtocolPanel]
  /// Looks at evaluation data, from the ledger.
  package var ledger: LedgerView
  /// Provenance as name and value: data digests, revisions, software, numerics fingerprint.
  package var provenance: [Fact]
  /// SHA-256 of all results shown, for two people to compare.
  package var resultDigest: String

  package init(
    title: String, paper: String?, studyPath: String, profile: String, warnings: [String],
    document: MarkdownDocument, blocks: [String: BlockView], values: [InlineExpression: ValueView],
    protocols: [ProtocolPanel], ledger: LedgerView, provenance: [Fact], resultDigest: String
  ) {
    self.title = title
    self.paper = paper
    self.studyPath = studyPath
    self.profile = profile
    self.warnings = warnings
    self.document = document
    self.blocks = blocks
    self.values = values
    self.protocols = protocols
    self.ledger = ledger
    self.provenance = provenance
    self.resultDigest = resultDigest
  }
}

/// A name and what it is.
package struct Fact: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What stands in the report where the study has a block.
package enum BlockView: Sendable {
  /// An experiment: one calm line that says what ran, with the way to its panel.
  case experiment(ExperimentView)
  case table(TableView)
  case chart(ChartView)
  case claim(ClaimView)
  /// The block could not be shown: trials failed, or the profile lacks its cells.
  case unavailable(name: String, reason: String)
}

package struct ExperimentView: Sendable {
  package var name: String
  package var protocolName: String
  /// `1,440 evaluation trials and 5,760 tuning trials; 3 diverged`.
  package var summary: String
  /// Whether its runs were made elsewhere.
  package var isExternal: Bool

  package init(name: String, protocolName: String, summary: String, isExternal: Bool = false) {
    self.name = name
    self.protocolName = protocolName
    self.summary = summary
    self.isExternal = isExternal
  }
}

package struct TableView: Sendable {
  package struct Cell: Sendable {
    package var text: String
    /// `[0.912, 0.934]`, shown smaller behind the value.
    package var interval: String?
    /// What the cell rests on, shown on hovering: `n = 150, 5 folds × 3 searches × 10 seeds`.
    package var evidence: String?
    package var isNumeric: Bool
    /// For programs, unrounded: the number, and the ends of its interval; nil where the cell is none.
    package var number: Double?
    package var ends: [Double]?

    package init(
      text: String, interval: String? = nil, evidence: String? = nil, isNumeric: Bool, number: Double? = nil,
      ends: [Double]? = nil
    ) {
      self.text = text
      self.interval = interval
      self.evidence = evidence
      self.isNumeric = isNumeric
      self.number = number
      self.ends = ends
    }
  }

  package var name: String
  package var caption: String
  package var headers: [String]
  /// How many leading columns name the row.
  package var rowHeaderCount: Int
  package var rows: [[Cell]]
  /// Below the table: leaky marks, unreliable intervals, what was left out.
  package var notes: [String]

  package init(
    name: String, caption: String, headers: [String], rowHeaderCount: Int, rows: [[Cell]], notes: [String]
  ) {
    self.name = name
    self.caption = caption
    self.headers = headers
    self.rowHeaderCount = rowHeaderCount
    self.rows = rows
    self.notes = notes
  }
}

extension TableView {
  /// Whether it shows the same rows under the same headings.
  func lists(_ other: TableView) -> Bool {
    headers == other.headers && rows.count == other.rows.count
      && zip(rows, other.rows).allSatisfy { a, b in
        a.count == b.count && zip(a, b).allSatisfy { $0.text == $1.text && $0.interval == $1.interval }
      }
  }
}

package struct ChartView: Sendable {
  package var name: String
  package var caption: String
  /// One complete `<svg>` element; used inline in HTML and as a file beside the Markdown.
  package var svg: String
  /// What the picture shows, in words.
  package var alternative: String
  /// The data drawn, as a table that stays reachable.
  package var data: TableView
  package var notes: [String]

  package init(
    name: String, caption: String, svg: String, alternative: String, data: TableView, notes: [String]
  ) {
    self.name = name
    self.caption = caption
    self.svg = svg
    self.alternative = alternative
    self.data = data
    self.notes = notes
  }
}

package struct ClaimView: Sendable {
  package enum Verdict: String, Codable, Sendable, CaseIterable {
    case supported, refuted, inconclusive
    case notEvaluated = "not evaluated"
  }

  package var name: String
  package var verdict: Verdict
  /// A quick-profile verdict is never shown as final.
  package var isProvisional: Bool
  /// The author's title for the claim, in words; nil where there is none.
  package var title: String?
  /// The proposition as written.
  package var statement: String
  /// The plain-language sentence.
  package var sentence: String
  /// Estimate, interval, adjusted p, n, test, role.
  package var facts: [Fact]
  /// `after look 2`, `interval unreliable: 3 folds`, `leaky`.
  package var marks: [String]

  package init(
    name: String, verdict: Verdict, isProvisional: Bool, title: String?, statement: String, sentence: String,
    facts: [Fact], marks: [String]
  ) {
    self.name = name
    self.verdict = verdict
    self.isProvisional = isProvisional
    self.title = title
    self.statement = statement
    self.sentence = sentence
    self.facts = facts
    self.marks = marks
  }
}

/// An inline value: what is printed and what it rests on.
package struct ValueView: Sendable {
  package var text: String
  /// Shown on hovering and to screen readers: expression, n, units.
  package var evidence: String
  /// `single seed`, `leaky`.
  package var marks: [String]
  /// The rows behind it, one reading a column of its expression.
  package var readings: [ReadingView]

  package init(text: String, evidence: String, marks: [String], readings: [ReadingView] = []) {
    self.text = text
    self.evidence = evidence
    self.marks = marks
    self.readings = readings
  }
}

/// One column that a value was computed from.
package struct ReadingView: Sendable {
  /// `honest.accuracy: 150 rows, mean 0.912, sd 0.021, from 0.86 to 0.95, 2 rows without a value`.
  package var summary: String
  /// The first rows, and in its notes how many more there are; nil where the page has no room for them.
  package var rows: TableView?

  package init(summary: String, rows: TableView?) {
    self.summary = summary
    self.rows = rows
  }
}

/// What one experiment tuned and evaluated, on what, how often.
package struct ProtocolPanel: Sendable {
  package var experiment: String
  package var protocolName: String
  package var isLeaky: Bool
  package var facts: [Fact]
  /// Of a tuned experiment: its arms, its incumbents, the checklist of tuning.
  package var tables: [TableView]
  /// Whether its runs were made elsewhere.
  package var isExternal: Bool

  package init(
    experiment: String, protocolName: String, isLeaky: Bool, facts: [Fact], tables: [TableView] = [],
    isExternal: Bool = false
  ) {
    self.isExternal = isExternal
    self.experiment = experiment
    self.protocolName = protocolName
    self.isLeaky = isLeaky
    self.facts = facts
    self.tables = tables
  }
}

package struct LedgerView: Sendable {
  /// One sentence on how many looks there were, with how many different plans.
  package var summary: String
  package var looks: TableView?
  /// The chain's last hash; nil where there is no ledger.
  package var head: String?

  package init(summary: String, looks: TableView?, head: String?) {
    self.summary = summary
    self.looks = looks
    self.head = head
  }
}
