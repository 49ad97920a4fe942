import Claims
import Experiments
import Markup
import Reports
import Studies
import Tensors
import TrialStore

/// Turns a study's results into a report: every number that is shown is computed here.
struct ReportComposer {
  private let outcome: StudyOutcome
  private let evaluation: Evaluation
  private let claims: ClaimPresentation

  /// What the claims came to.
  var judgements: [Judgement] { claims.judgements }

  /// - Throws: `ArtefactError` where what the report rests on cannot be read.
  init(_ outcome: StudyOutcome, files: TrialFolder) throws {
    self.outcome = outcome
    evaluation = try Evaluation(outcome, files: files)
    claims = ClaimPresentation(outcome: outcome, evaluation: evaluation)
  }

  func report() -> Report {
    let study = outcome.study
    var blocks: [String: BlockView] = [:]
    for results in study.results { blocks[results.name] = .experiment(ResultsPresentation.line(results)) }
    for results in outcome.results {
      let name = results.experiment.name
      blocks[name] =
        results.isComplete
        ? .experiment(ProtocolPresentation.line(results))
        : .unavailable(
          name: name,
          reason: results.absence.map(\.reason)
            ?? "\(count(results.failures.count, "trial")) failed; the next build tries again")
    }
    for table in study.tables {
      evaluation.notices.subject = "the table '\(table.name)'"
      blocks[table.name] = available(table.columns.flatMap(\.expression.tables), table.name) {
        .table(TablePresentation(evaluation: evaluation).view(table))
      }
    }
    for chart in study.charts {
      evaluation.notices.subject = "the chart '\(chart.name)'"
      blocks[chart.name] = available(chart.tables, chart.name) {
        .chart(ChartPresentation(evaluation: evaluation, judgements: claims.judgements).view(chart))
      }
    }
    for (claim, view) in zip(study.claims, claims.views) {
      blocks[claim.name] = available(claim.statement.propositions.flatMap(\.tables), claim.name) {
        .claim(view)
      }
    }
    let values = self.values
    return Report(
      title: study.head.title, paper: study.head.paper, studyPath: StudyFiles.displayPath(outcome.path),
      profile: study.profile,
      warnings: warnings, document: study.document, blocks: blocks, values: values,
      protocols: outcome.results.filter(\.isComplete).map(ProtocolPresentation.panel)
        + study.results.map(ResultsPresentation.panel),
      ledger: LedgerPresentation.view(outcome), provenance: Provenance.facts(outcome),
      resultDigest: Provenance.digest(outcome).hex)
  }

  /// The most rows that the report lists behind its inline values, so that the page stays small.
  private static let listedRows = 120

  /// The inline values in the order of the text, each listing the rows behind it while there is room.
  private var values: [InlineExpression: ValueView] {
    var values: [InlineExpression: ValueView] = [:]
    var room = Self.listedRows
    for place in outcome.study.document.inlineExpressions {
      guard let expression = outcome.study.values[place] else { continue }
      evaluation.notices.subject = "the value '\(expression.text)'"
      guard isComplete(expression.tables) else {
        values[place] = ValueView(text: "–", evidence: "its experiment is incomplete", marks: ["incomplete"])
        continue
      }
      let view = ValuePresentation(evaluation: evaluation).view(
        expression, unit: outcome.study.head.unit, room: room)
      room -= view.readings.reduce(0) { $0 + ($1.rows?.rows.count ?? 0) }
      values[place] = view
    }
    return values
  }

  /// Every value, interval and verdict for programs.
  func json(_ report: Report) -> String {
    JSONReport(
      outcome: outcome, evaluation: evaluation, judgements: claims.judgements, blocks: report.blocks
    ).text
  }

  /// What a strict build must not let pass: verdicts that differ from what was expected, preconditions that fail, and
  /// intervals that their runs are too few for. Complete once the report is composed.
  var findings: [String] {
    claims.findings(isFull: outcome.study.profile == "full")
      + evaluation.notices.unreliable.map { "\($0) shows an interval that is unreliable: too few runs" }
  }

  private var warnings: [String] {
    var warnings: [String] = []
    if outcome.study.profile != "full" {
      warnings.append(
        "This is the \(outcome.study.profile) profile: fewer levels, seeds or trials than the study declares. "
          + "No verdict here is final.")
    }
    if !NumericsEngine.started.isComparable {
      warnings.append(
        "This processor or its OpenBLAS lacks the kernels of x86-64 with AVX2: the results hold, but their digests "
          + "cannot be compared with those of other machines.")
    }
    for results in outcome.results where !results.isComplete {
      let reason = results.absence.map(\.reason) ?? "a trial failed"
      warnings.append(
        "The experiment \(results.experiment.name) is \(results.isSkipped ? "left out" : "incomplete"): \(reason), "
          + "and what rests on it is left out\(results.isSkipped ? ", too" : "").")
    }
    for results in outcome.results where results.isComplete {
      let (diverged, all) = (results.divergedCount, results.trialCount)
      guard diverged > 0, diverged == all, let first = results.divergences.first else { continue }
      warnings.append(
        "All \(count(all, "trial")) of the experiment \(results.experiment.name) diverged: \(first.reason).")
    }
    if let damage = outcome.ledger.damage {
      warnings.append(
        "The ledger is broken: \(damage). How often the evaluation data were opened is not known.")
    }
    for claim in outcome.ledger.withdrawnClaims(now: outcome.study.claims.map(\.name)) {
      let said = claim.text.map { ": it said '\($0)'" } ?? ""
      warnings.append(
        "The claim \(claim.name), which stood at look \(claim.look), has been withdrawn\(said).")
    }
    if let lost = outcome.lostHead {
      warnings.append(
        "The ledger is broken: an earlier report ended its chain in \(lost.prefix(12))…, which it does not hold. "
          + "How often the evaluation data were opened is not known.")
    }
    return warnings
  }

  private func available(_ tables: [String], _ name: String, _ view: () -> BlockView) -> BlockView {
    isComplete(tables) ? view() : .unavailable(name: name, reason: "an experiment it rests on is incomplete")
  }

  private func isComplete(_ tables: [String]) -> Bool {
    !tables.contains { table in outcome.incomplete.contains { table == $0 || table.hasPrefix("\($0).") } }
  }
}

extension ExperimentResults.Absence {
  fileprivate var reason: String {
    switch self {
    case .waitsFor(let name): "it starts from \(name), which is incomplete"
    case .lacks(let need): "it needs '\(need)', which fails on the machine that built this report"
    }
  }
}

/// `1 trial`, `2,000 trials`.
func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(NumberText.count(number)) \(number == 1 ? one : many ?? one + "s")"
}
