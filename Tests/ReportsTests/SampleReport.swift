import Diagnostics
import Markup
import Reports

/// A report like the real ones: prose, a table, two charts, four claims, inline values, a leaky experiment.
enum SampleReport {
  static let study = """
    ---
    title: Does tuning where you evaluate flatter a learner?
    paper: "Cha & Cho 2024, arXiv 2403.09066"
    ---

    # Does tuning where you evaluate flatter a learner?

    A learner's hyperparameters are often chosen on the very rows it is then reported on. In short: it changed
    accuracy by `= mean(conventional.accuracy) - mean(honest.accuracy)
    as percent` on average over all settings below, and by `= max(conventional.optimism) as percent` at worst.

    ## Claim

    Choosing a configuration by its score on the evaluation rows raises the accuracy reported on these rows. The
    more configurations are tried, the more luck there is to choose from.

    ## System

    Two learners are trained by `adam` on two real data sets. Calling it takes one line:

    ```python
    score = fit(rows, rate=0.01) if rows < 100 else None
    ```

    ## Experiment

    Both arms try the same configurations in the same order; only the rows that score them differ.

    ```experiment honest
    protocol: tuning-evaluation
    ```

    ```experiment conventional
    like: honest
    ```

    ## Results

    ### Accuracy

    Over `= count(honest.accuracy)` evaluations the flattery is small, but it never vanishes.

    ```table flattery
    rows: [dataset, learner, data.of]
    ```

    ```chart by-trials
    mark: line
    ```

    ### Size of the data

    ```chart by-size
    mark: point
    ```

    ## Verdicts

    ```claim flattered
    that: mean(conventional.accuracy) - mean(honest.accuracy) > 0
    ```

    ```claim grows-with-trials
    that: slope > 0
    ```

    ```claim shrinks-with-data
    that: difference > 0
    ```

    ```claim holds-for-trees
    that: difference > 0
    ```

    ## Limits

    Two data sets and two learners cannot show what happens elsewhere.
    """ + "\n"

  static func read(_ text: String) -> MarkdownDocument {
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "studies/tuning/flattery.md", text: text), log: &log)
    precondition(log.isEmpty, log.sorted.map(\.rendered).joined(separator: "\n"))
    return document
  }

  static func make(profile: String = "full", warnings: [String] = []) -> Report {
    let document = read(study)
    let isQuick = profile == "quick"
    let texts = [
      ("1.84 %", "mean over 4,800 pairs; paired by fold, search and seed", [String]()),
      ("4.10 %", "largest of 24 means, each over n = 150", ["leaky"]),
      ("14,400", "rows of honest", []),
    ]
    let values = zip(document.inlineExpressions, texts).reduce(into: [InlineExpression: ValueView]()) {
      $0[$1.0] = ValueView(
        text: $1.1.0, evidence: $1.1.1, marks: $1.1.2,
        readings: [
          ReadingView(
            summary: "honest.accuracy: 150 rows, mean 0.9, sd 0.02",
            rows: TableView(
              name: "honest.accuracy", caption: "Rows of honest.accuracy",
              headers: ["seed", "accuracy", "from"],
              rowHeaderCount: 0,
              rows: [
                [
                  TableView.Cell(text: "1000", isNumeric: true),
                  TableView.Cell(text: "none", isNumeric: true),
                  TableView.Cell(text: "trial 0a1b2c", isNumeric: false),
                ]
              ], notes: ["149 more rows; 'assay export' prints all of honest."]))
        ])
    }
    var blocks: [String: BlockView] = [
      "honest": .experiment(
        ExperimentView(
          name: "honest", protocolName: "tuning-evaluation",
          summary: "14,400 evaluation trials and 92,160 tuning trials; 3 diverged")),
      "conventional": .experiment(
        ExperimentView(
          name: "conventional", protocolName: "conventional",
          summary: "14,400 evaluation trials and 92,160 tuning trials")),
      "flattery": .table(table),
      "by-trials": .chart(chart("by-trials", "Flattery against the number of configurations tried")),
      "by-size": .chart(chart("by-size", "Flattery by the share of the data set that is used")),
    ]
    for claim in claims(isProvisional: isQuick) { blocks[claim.name] = .claim(claim) }
    return Report(
      title: "Does tuning where you evaluate flatter a learner?", paper: "Cha & Cho 2024, arXiv 2403.09066",
      studyPath: "studies/tuning/flattery.md", profile: profile, warnings: warnings, document: document,
      blocks: blocks, values: values, protocols: panels, ledger: ledger, provenance: provenance,
      resultDigest: "9f2c7d8e41b06a35c7720f6b1f0e4d9a86c4512be3d97f0a1c5e82b7d46039fa")
  }

  static func cell(_ text: String, _ interval: String? = nil, _ evidence: String? = nil) -> TableView.Cell {
    TableView.Cell(text: text, interval: interval, evidence: evidence, isNumeric: true)
  }

  static func label(_ text: String) -> TableView.Cell { TableView.Cell(text: text, isNumeric: false) }

  private static var table: TableView {
    var rows: [[TableView.Cell]] = []
    for (position, dataset) in ["digits", "breast-cancer"].enumerated() {
      for (place, learner) in ["logistic", "mlp"].enumerated() {
        for part in [8, 2] {
          let honest = 900 + 12 * position + 7 * place + 30 / part
          let gain = 9 + 3 * part
          let evidence = "n = \(part == 8 ? 150 : 300), 5 folds × 3 searches × 10 seeds"
          rows.append([
            label(dataset), label(learner), label("\(part)"),
            cell("0.\(honest)", "[0.\(honest - 11), 0.\(honest + 10)]", evidence),
            cell("0.\(honest + gain)", "[0.\(honest + gain - 9), 0.\(honest + gain + 9)]", evidence),
            cell("+0.0\(gain)", "[+0.0\(gain - 4), +0.0\(gain + 4)]", evidence),
          ])
        }
      }
    }
    return TableView(
      name: "flattery",
      caption: "Mean accuracy on the evaluation rows, by where the configuration was chosen",
      headers: [
        "dataset", "learner", "data.of", "chosen apart", "chosen on the evaluation rows", "flattery",
      ],
      rowHeaderCount: 3, rows: rows,
      notes: [
        "Intervals: 95 %, bootstrap over folds and searches.",
        "leaky: the conventional protocol selects on its evaluation rows.",
      ])
  }

  static func chart(_ name: String, _ caption: String) -> ChartView {
    let data = TableView(
      name: name, caption: "Values drawn", headers: ["dataset", "trials", "flattery"], rowHeaderCount: 2,
      rows: [4, 16, 64].map { [label("digits"), label("\($0)"), cell("0.0\(10 + $0)", "[0.008, 0.09]")] },
      notes: [])
    return ChartView(
      name: name, caption: caption, svg: svg(name),
      alternative: "Line chart: flattery rises from 0.014 at 4 configurations to 0.074 at 64.", data: data,
      notes: ["Bands: 95 % intervals over folds and searches."])
  }

  private static func svg(_ name: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300" role="img"><title>\(name)</title>\
    <g fill="none" stroke="currentColor" stroke-opacity=".25"><path d="M60 40H700M60 120H700M60 200H700"/></g>\
    <path d="M60 20V260H700" fill="none" stroke="currentColor"/>\
    <path d="M80 230L380 170L680 90L680 130L380 200L80 250Z" fill="#2a7fb8" fill-opacity=".2"/>\
    <path d="M80 240L380 185L680 110" fill="none" stroke="#2a7fb8" stroke-width="2.5"/>\
    <g fill="currentColor" font-family="system-ui,sans-serif" font-size="14"><text x="60" y="282">4</text>\
    <text x="372" y="282">16</text><text x="672" y="282">64</text><text x="600" y="80">logistic</text></g></svg>
    """
  }

  private static func claims(isProvisional: Bool) -> [ClaimView] {
    let rows: [(String, ClaimView.Verdict, String, String, [String])] = [
      (
        "flattered", .supported, "Tuning on the evaluation rows flatters",
        "Accuracy is 1.84 points higher when the configuration is chosen on the evaluation rows.", []
      ),
      (
        "grows-with-trials", .refuted, "The flattery grows with the number of configurations tried",
        "It does not grow: at 64 configurations it is 0.3 points lower than at 4.", ["after look 2"]
      ),
      (
        "shrinks-with-data", .inconclusive, "The flattery shrinks with the size of the data",
        "The difference between small and large data could be of either sign.",
        ["leaky", "interval unreliable: 3 folds"]
      ),
      (
        "holds-for-trees", .notEvaluated, "The same holds for trees",
        "The quick profile lacks the cells this claim compares.", []
      ),
    ]
    return rows.map { name, verdict, title, sentence, marks in
      let facts =
        verdict == .notEvaluated
        ? []
        : [
          Fact("estimate", "+0.0184"), Fact("95 % interval", "[+0.0131, +0.0240]"),
          Fact("adjusted p", "0.0004"), Fact("n", "240 pairs"), Fact("test", "paired bootstrap"),
        ]
      return ClaimView(
        name: name, verdict: verdict, isProvisional: isProvisional, title: title,
        statement: "mean(conventional.accuracy) - mean(honest.accuracy) > 0", sentence: sentence,
        facts: facts,
        marks: marks)
    }
  }

  private static var panels: [ProtocolPanel] {
    let arms = TableView(
      name: "arms", caption: "What each arm's search selected",
      headers: ["dataset", "learner", "learning rate", "weight decay", "trials", "tuning", "evaluation"],
      rowHeaderCount: 2,
      rows: ["logistic", "mlp"].map {
        [
          label("digits"), label($0), cell("0.0214"), cell("3.1e-5"), cell("64"), cell("0.931"),
          cell("0.917", "[0.906, 0.927]"),
        ]
      },
      notes: ["3 trials diverged and were scored as worst."])
    let facts = [
      Fact("tuned on", "digits, parts 1–3 of 5, scored on part 4 of 5"),
      Fact("evaluated on", "digits, parts 1–4 of 5, scored on part 5 of 5"),
      Fact("tuning seeds", "0 .. 1"), Fact("evaluation seeds", "1000 .. 1009"),
      Fact("budget of each arm", "64 trials × 2 seeds × 3 searches"), Fact("twins dropped", "none"),
    ]
    return [
      ProtocolPanel(
        experiment: "honest", protocolName: "tuning-evaluation", isLeaky: false, facts: facts, tables: [arms]),
      ProtocolPanel(
        experiment: "conventional", protocolName: "conventional", isLeaky: true,
        facts: [Fact("tuned on", "the evaluation rows")] + facts.dropFirst()),
    ]
  }

  private static var ledger: LedgerView {
    LedgerView(
      summary: "The evaluation data were opened 2 times, with 2 different plans.",
      looks: TableView(
        name: "looks", caption: "Looks at evaluation data",
        headers: ["look", "experiment", "profile", "claims"],
        rowHeaderCount: 1,
        rows: [
          [label("1"), label("honest"), label("quick"), cell("2")],
          [label("2"), label("honest"), label("full"), cell("4")],
        ], notes: []),
      head: "4be1f0c29d7783aa")
  }

  private static let provenance = [
    Fact("digits", "sha-256 7c91a4d05b3e8f16, 1,797 rows"), Fact("classifier", "revision 3"),
    Fact("numerics", "openblas 0.3.21 haswell, one thread"), Fact("software", "assay 0.1"),
  ]
}
