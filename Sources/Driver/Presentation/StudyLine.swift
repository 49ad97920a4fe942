import Claims
import Experiments
import Reports

/// A study's line in the index.
struct StudyLine {
  let entry: IndexEntry

  init(_ report: Report, _ outcome: StudyOutcome, _ judgements: [Judgement], name: String) {
    let claims = judgements.compactMap { judgement -> IndexEntry.Claim? in
      guard case .claim(let view)? = report.blocks[judgement.claim.name] else { return nil }
      return Self.claim(view, judgement)
    }
    let rows = Self.rows(outcome)
    let external = outcome.study.results.reduce(0) { $0 + $1.table.rowCount }
    let counts = [(rows.count, "trial"), (external, "external run")].filter {
      $0.0 > 0 || external == 0 && $0.1 == "trial"
    }
    let state: IndexEntry.State =
      outcome.results.contains { !$0.isComplete && !$0.isSkipped }
      ? .failed : outcome.results.allSatisfy(\.isComplete) ? .complete : .incomplete
    entry = IndexEntry(
      theme: Self.theme(name), title: report.title, paper: report.paper, href: "\(name).html", claims: claims,
      state: state, warnings: report.warnings,
      trials: counts.map { count($0.0, $0.1) }.joined(separator: ", "), cost: Self.cost(rows),
      profile: report.profile)
  }

  /// The line of a study that could not be read: an earlier report of it is stale.
  static func unread(_ path: String, in output: OutputFolder, profile: String) -> IndexEntry {
    let name = StudyFiles.reportPath(path)
    let hasReport = output.read("\(name).html") != nil
    return IndexEntry(
      theme: theme(name), title: StudyFiles.displayPath(path), paper: nil,
      href: hasReport ? "\(name).html" : "", claims: [], state: hasReport ? .stale : .missing,
      warnings: [
        (hasReport ? "The report is of an earlier state of this study" : "There is no report of this study")
          + ": it has mistakes, or runs a program that is not trusted."
      ], trials: "", profile: profile)
  }

  /// The first folder below `studies`.
  static func theme(_ name: String) -> String {
    name.split(separator: "/").dropLast().first.map(String.init) ?? "studies"
  }

  private static func rows(_ outcome: StudyOutcome) -> [ExperimentResults.Row] {
    outcome.results.flatMap { results in
      (results.evaluations + results.baselines).flatMap(\.rows)
        + (results.searches + results.baselineSearches).flatMap { $0.candidates.flatMap(\.rows) }
    }
  }

  /// A trial that several experiments share has run once.
  private static func cost(_ rows: [ExperimentResults.Row]) -> IndexEntry.Cost {
    var seen: Set<TrialKey> = []
    return rows.reduce(IndexEntry.Cost()) { sum, row in
      guard seen.insert(row.key).inserted else { return sum }
      return sum
        + IndexEntry.Cost(examples: row.outcome.cost.examples, operations: row.outcome.cost.flops)
    }
  }

  /// Of a claim with several parts, estimate and interval are those of the part that decides: the one furthest from the
  /// claim, or nearest where any part will do.
  private static func claim(_ view: ClaimView, _ judgement: Judgement) -> IndexEntry.Claim {
    let parts = judgement.parts.filter { $0.estimate?.value.isFinite ?? false }
    let places = parts.map { ($0, ClaimForest.place($0)) }
    func value(_ place: IndexEntry.Place?) -> Double { place?.value ?? .infinity }
    let isAny = judgement.claim.statement.keyword == "any"
    let shown =
      isAny
      ? places.max { value($0.1) < value($1.1) } : places.min { value($0.1) < value($1.1) }
    let text = shown.flatMap { $0.0.estimate.map { EstimateText($0) } }
    return IndexEntry.Claim(
      title: view.title ?? view.name, verdict: view.verdict, anchor: view.name, estimate: text?.value,
      interval: text?.interval,
      claimed: shown.map { ClaimForest.claimed($0.0, margin: judgement.claim.margin) }, place: shown?.1,
      marks: marks(view, judgement.claim))
  }

  /// Those of the claim in its report, with what its facts say there.
  private static func marks(_ view: ClaimView, _ claim: Claim) -> [String] {
    let role = claim.role == .hypothesis ? nil : claim.role.rawValue.replacing("-", with: " ")
    return view.marks + [role, claim.pilot == nil ? nil : "pilot-informed"].compactMap { $0 }
  }
}
