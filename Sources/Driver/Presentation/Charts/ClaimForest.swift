import Charts
import Claims
import Reports
import Studies

/// A forest plot of claims: how far each estimate lies from its threshold, in half-widths of its interval, so
/// that claims in different units share an axis. To the right is what the claim says.
struct ClaimForest {
  let judgements: [Judgement]

  private struct Line {
    let name: String
    let verdict: String
    let estimate: Estimate
    let text: EstimateText
    let claimed: String
    /// Nil without interval.
    let place: IndexEntry.Place?
    let evidence: String
  }

  func view(_ block: ChartBlock) -> ChartView {
    let lines = self.lines
    let caption = block.caption ?? "The claims of this study"
    let picture = Self.picture(
      lines.map { ($0.name, $0.verdict, $0.place) }, caption: caption, description: description(lines),
      id: "chart-\(block.name)")
    let without = lines.filter { $0.place == nil }
    let notes =
      ["Intervals are those of the claims, before the adjustment for their number."]
      + (without.isEmpty
        ? [] : ["Without an interval, and not drawn: \(without.map(\.name).joined(separator: "; "))."])
    return ChartView(
      name: block.name, caption: caption, svg: picture.svg, alternative: description(lines),
      data: data(block, lines, caption), notes: notes + picture.notes)
  }

  private var lines: [Line] {
    judgements.flatMap { judgement in
      judgement.parts.enumerated().compactMap { number, part -> Line? in
        guard let estimate = part.estimate, estimate.value.isFinite else { return nil }
        let title = judgement.claim.title ?? judgement.claim.name
        let name = judgement.parts.count == 1 ? title : "\(title): \(part.key ?? "part \(number + 1)")"
        return Line(
          name: name, verdict: judgement.verdict.rawValue, estimate: estimate, text: EstimateText(estimate),
          claimed: Self.claimed(part, margin: judgement.claim.margin), place: Self.place(part),
          evidence: estimate.grounds)
      }
    }
  }

  /// Estimate and ends of the interval in half-widths from the threshold, towards the claim; nil without interval.
  static func place(_ part: Judgement.Part) -> IndexEntry.Place? {
    guard let estimate = part.estimate, let interval = estimate.interval, interval.lower.isFinite,
      interval.upper.isFinite, interval.upper > interval.lower
    else { return nil }
    let half = (interval.upper - interval.lower) / 2
    let sign = part.proposition.relation.rawValue.hasPrefix("<") ? -1.0 : 1
    let ends = [interval.lower, interval.upper].map { sign * ($0 - part.bound) / half }.sorted()
    return IndexEntry.Place(
      value: sign * (estimate.value - part.bound) / half, lower: ends[0], upper: ends[1])
  }

  /// `> 0.05`, or `> 0, margin 0.02`.
  static func claimed(_ part: Judgement.Part, margin: Double) -> String {
    "\(part.proposition.relation.rawValue) \(NumberText.significant(part.bound, digits: 3))"
      + (margin > 0 ? ", margin \(NumberText.significant(margin, digits: 3))" : "")
  }

  /// A forest plot for each theme whose claims have intervals; all of them on axes of one extent.
  static func charts(of entries: [IndexEntry]) -> [String: ChartView] {
    let places = entries.flatMap { $0.claims.compactMap(\.place) }
    let ends = (places.map(\.lower).min() ?? 0, places.map(\.upper).max() ?? 0)
    var charts: [String: ChartView] = [:]
    for theme in Set(entries.map(\.theme)) {
      let own = entries.filter { $0.theme == theme }
      let titles = own.flatMap { $0.claims.map(\.title) }
      let lines = own.flatMap { entry in
        entry.claims.map { claim in
          // The same words may be claimed by several studies.
          let isShared = titles.count { $0 == claim.title } > 1
          return (
            name: isShared ? "\(claim.title) (\(entry.title))" : claim.title, verdict: claim.verdict.rawValue,
            place: claim.place
          )
        }
      }
      guard lines.contains(where: { $0.place != nil }) else { continue }
      let caption = "The claims of \(theme)"
      let drawn = lines.filter { $0.place != nil }
      let description =
        "For each of \(drawn.count) claims, how far its estimate and its interval lie from the threshold."
      let picture = picture(
        drawn, caption: caption, description: description, id: "claims-\(theme)",
        domain: min(ends.0, 0)...max(ends.1, 0))
      let hidden = lines.count - drawn.count
      charts[theme] = ChartView(
        name: theme, caption: caption, svg: picture.svg, alternative: description,
        data: TableView(name: theme, caption: caption, headers: [], rowHeaderCount: 0, rows: [], notes: []),
        notes: ["Intervals are those of the claims, before the adjustment for their number."]
          + (hidden > 0 ? ["Without an interval, and not drawn: \(count(hidden, "claim"))."] : [])
          + picture.notes)
    }
    return charts
  }

  private static func picture(
    _ lines: [(name: String, verdict: String, place: IndexEntry.Place?)], caption: String,
    description: String,
    id: String, domain: ClosedRange<Double>? = nil
  ) -> ChartPicture {
    var chart = Chart(
      title: caption, description: description,
      layers: [ChartLayer(.rule, [ChartRow(x: 0, label: "threshold")])],
      x: ChartAxis(
        "towards the claim: distance from the threshold, in half-widths of the interval",
        .symlog(domain: domain)),
      y: ChartAxis("", .category(order: lines.map(\.name))),
      series: ChartGrouping("verdict", order: ["supported", "inconclusive", "refuted"]))
    let rows = lines.compactMap { line -> ChartRow? in
      guard let place = line.place else { return nil }
      var row = ChartRow(
        x: .number(place.value), y: .category(line.name), lower: place.lower, upper: place.upper)
      row.series = line.verdict
      return row
    }
    ChartForms.preset("forest-plot")?.compose(FormInput(rows: rows), &chart)
    return chart.picture(id: id)
  }

  private func description(_ lines: [Line]) -> String {
    lines.isEmpty
      ? "No claim has an estimate."
      : lines.map {
        "\($0.name): \($0.text.value) against \($0.claimed), \($0.verdict)."
      }
      .joined(separator: " ")
  }

  private func data(_ block: ChartBlock, _ lines: [Line], _ caption: String) -> TableView {
    TableView(
      name: "\(block.name)-data", caption: "Data of the chart: \(caption)",
      headers: ["claim", "estimate", "claimed", "verdict"], rowHeaderCount: 1,
      rows: lines.map { line in
        [
          TableView.Cell(text: line.name, isNumeric: false),
          TableView.Cell(
            text: line.text.value, interval: line.text.interval, evidence: line.evidence, isNumeric: true,
            number: line.estimate.value, ends: line.estimate.interval.map { [$0.lower, $0.upper] }),
          TableView.Cell(
            text: line.claimed, isNumeric: true),
          TableView.Cell(text: line.verdict, isNumeric: false),
        ]
      }, notes: [])
  }
}
