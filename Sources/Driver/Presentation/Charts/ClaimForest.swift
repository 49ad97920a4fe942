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
    let text: EstimateText
    let bound: Double
    let relation: String
    /// Estimate and ends of the interval in half-widths from the threshold, towards the claim; nil without interval.
    let place: (value: Double, lower: Double, upper: Double)?
    let evidence: String
  }

  func view(_ block: ChartBlock) -> ChartView {
    let lines = self.lines
    let caption = block.caption ?? "The claims of this study"
    var chart = Chart(
      title: caption, description: description(lines),
      layers: [ChartLayer(.rule, [ChartRow(x: 0, label: "threshold")])],
      x: ChartAxis(
        "towards the claim: distance from the threshold, in half-widths of the interval", .symlog()),
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
    let picture = chart.picture(id: "chart-\(block.name)")
    let without = lines.filter { $0.place == nil }
    let notes =
      ["Intervals are those of the claims, before the adjustment for their number."]
      + (without.isEmpty
        ? [] : ["Without an interval, and not drawn: \(without.map(\.name).joined(separator: "; "))."])
    return ChartView(
      name: block.name, caption: caption, svg: picture.svg, alternative: chart.description,
      data: data(block, lines, caption), notes: notes + picture.notes)
  }

  private var lines: [Line] {
    judgements.flatMap { judgement in
      judgement.parts.enumerated().compactMap { number, part -> Line? in
        guard let estimate = part.estimate, estimate.value.isFinite else { return nil }
        let title = judgement.claim.title ?? judgement.claim.name
        let name = judgement.parts.count == 1 ? title : "\(title): \(part.key ?? "part \(number + 1)")"
        return Line(
          name: name, verdict: judgement.verdict.rawValue, text: EstimateText(estimate), bound: part.bound,
          relation: part.proposition.relation.rawValue, place: Self.place(estimate, part),
          evidence: estimate.grounds)
      }
    }
  }

  private static func place(
    _ estimate: Estimate, _ part: Judgement.Part
  ) -> (value: Double, lower: Double, upper: Double)? {
    guard let interval = estimate.interval, interval.lower.isFinite, interval.upper.isFinite,
      interval.upper > interval.lower
    else { return nil }
    let half = (interval.upper - interval.lower) / 2
    let sign = part.proposition.relation.rawValue.hasPrefix("<") ? -1.0 : 1
    let ends = [interval.lower, interval.upper].map { sign * ($0 - part.bound) / half }.sorted()
    return (sign * (estimate.value - part.bound) / half, ends[0], ends[1])
  }

  private func description(_ lines: [Line]) -> String {
    lines.isEmpty
      ? "No claim has an estimate."
      : lines.map {
        "\($0.name): \($0.text.value) against \($0.relation) \(NumberText.significant($0.bound, digits: 3)), \($0.verdict)."
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
            text: line.text.value, interval: line.text.interval, evidence: line.evidence, isNumeric: true),
          TableView.Cell(
            text: "\(line.relation) \(NumberText.significant(line.bound, digits: 3))", isNumeric: true),
          TableView.Cell(text: line.verdict, isNumeric: false),
        ]
      }, notes: [])
  }
}
