import Claims
import Experiments
import Markup
import Reports
import Studies
import Tensors

/// Turns a study's results into a report: every number that is shown is computed here.
struct ReportComposer {
  private let outcome: StudyOutcome
  private let evaluation: Evaluation

  init(_ outcome: StudyOutcome) {
    self.outcome = outcome
    evaluation = Evaluation(outcome)
  }

  func report() -> Report {
    let study = outcome.study
    let judgements = ClaimPresentation(outcome: outcome, evaluation: evaluation)
    var blocks: [String: BlockView] = [:]
    for results in outcome.results {
      let name = results.experiment.name
      blocks[name] =
        results.isComplete
        ? .experiment(ProtocolPresentation.line(results))
        : .unavailable(
          name: name,
          reason: results.waitsFor.map { "it starts from \($0), which is incomplete" }
            ?? "\(count(results.failures.count, "trial")) failed; the next build tries again")
    }
    for table in study.tables {
      blocks[table.name] = available(table.columns.flatMap(\.expression.tables), table.name) {
        .table(TablePresentation(evaluation: evaluation).view(table))
      }
    }
    for chart in study.charts {
      blocks[chart.name] = available(chart.value.tables, chart.name) {
        .chart(ChartPresentation(evaluation: evaluation).view(chart))
      }
    }
    for (claim, view) in zip(study.claims, judgements.views) {
      blocks[claim.name] = available(claim.statement.propositions.flatMap(\.tables), claim.name) {
        .claim(view)
      }
    }
    var values: [InlineExpression: ValueView] = [:]
    for (place, expression) in study.values {
      values[place] =
        isComplete(expression.tables)
        ? ValuePresentation(evaluation: evaluation).view(expression, unit: study.head.unit)
        : ValueView(text: "–", evidence: "its experiment is incomplete", marks: ["incomplete"])
    }
    return Report(
      title: study.head.title, paper: study.head.paper, studyPath: StudyFiles.displayPath(outcome.path),
      profile: study.profile,
      warnings: warnings, document: study.document, blocks: blocks, values: values,
      protocols: outcome.results.filter(\.isComplete).map(ProtocolPresentation.panel),
      ledger: LedgerPresentation.view(outcome), provenance: Provenance.facts(outcome),
      resultDigest: Provenance.digest(outcome).hex)
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
        "This processor lacks AVX2: the results hold, but their digests cannot be compared with those of other "
          + "machines.")
    }
    for name in outcome.incomplete {
      warnings.append(
        "The experiment \(name) is incomplete: a trial failed, and what rests on it is left out.")
    }
    if let damage = outcome.ledger.damage {
      warnings.append(
        "The ledger is broken: \(damage). How often the evaluation data were opened is not known.")
    }
    for claim in outcome.ledger.withdrawnClaims(now: outcome.study.claims.map(\.name)) {
      warnings.append("The claim \(claim.name), which stood at look \(claim.look), has been withdrawn.")
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

/// `1 trial`, `2,000 trials`.
func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(NumberText.count(number)) \(number == 1 ? one : many ?? one + "s")"
}
