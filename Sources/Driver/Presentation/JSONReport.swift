import Claims
import Experiments
import Studies

/// Every value, interval and verdict of a report as JSON, for programs: keys in alphabetical order, numbers unrounded, what
/// has no value left out.
struct JSONReport {
  let outcome: StudyOutcome
  let evaluation: Evaluation
  let judgements: [Judgement]

  var text: String {
    let study = outcome.study
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("charts")
      w.array { w in for chart in study.charts { self.chart(chart, &w) } }
      w.key("claims")
      w.array { w in for judgement in judgements { claim(judgement, &w) } }
      w.key("profile")
      w.value(study.profile)
      w.key("result-digest")
      w.value(Provenance.digest(outcome).hex)
      w.key("study")
      w.value(StudyFiles.displayPath(outcome.path))
      w.key("tables")
      w.array { w in for table in study.tables { self.table(table, &w) } }
      w.key("title")
      w.value(study.head.title)
      w.key("values")
      w.array { w in
        for place in study.document.inlineExpressions {
          guard let expression = study.values[place] else { continue }
          w.object { w in
            self.estimate(expression, within: [], unit: study.head.unit, &w)
            w.key("expression")
            w.value(expression.text)
            w.key("line")
            w.value(place.span.start.line)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func chart(_ chart: ChartBlock, _ writer: inout CanonicalWriter) {
    let columns = [chart.facet, chart.color, chart.x.field].compactMap { $0 }
    writer.object { w in
      w.key("name")
      w.value(chart.name)
      w.key("points")
      w.array { w in
        for group in evaluation.groups(of: columns, for: [chart.value]) {
          w.object { w in
            self.estimate(chart.value, within: group, unit: chart.unit, &w)
            self.group(group, &w)
          }
        }
      }
    }
  }

  private func table(_ table: TableBlock, _ writer: inout CanonicalWriter) {
    writer.object { w in
      w.key("name")
      w.value(table.name)
      w.key("rows")
      w.array { w in
        for group in evaluation.groups(of: table.rows, for: table.columns.map(\.expression)) {
          w.object { w in
            w.key("cells")
            w.array { w in
              for column in table.columns {
                w.object { w in
                  self.estimate(column.expression, within: group, unit: table.unit, &w)
                  w.key("expression")
                  w.value(column.expression.text)
                  w.key("header")
                  w.value(column.header)
                }
              }
            }
            self.group(group, &w)
          }
        }
      }
    }
  }

  private func claim(_ judgement: Judgement, _ writer: inout CanonicalWriter) {
    let claim = judgement.claim
    writer.object { w in
      if let p = judgement.adjustedP {
        w.key("adjusted-p")
        w.value(p)
      }
      if let expected = claim.expect {
        w.key("expected")
        w.value(expected.rawValue)
      }
      w.key("family")
      w.value(judgement.familySize)
      w.key("name")
      w.value(claim.name)
      if let p = judgement.pValue {
        w.key("p")
        w.value(p)
      }
      w.key("parts")
      w.array { w in
        for part in judgement.parts {
          w.object { w in
            w.key("bound")
            w.value(part.bound)
            if let estimate = part.estimate { self.estimate(estimate, &w) }
            if let key = part.key {
              w.key("key")
              w.value(key)
            }
            w.key("proposition")
            w.value(part.proposition.text)
            w.key("test")
            w.value(part.testName)
          }
        }
      }
      w.key("role")
      w.value(claim.role.rawValue)
      w.key("sentence")
      w.value(judgement.sentence)
      w.key("verdict")
      w.value(judgement.verdict.rawValue)
    }
  }

  private func group(_ group: [(column: String, value: String)], _ writer: inout CanonicalWriter) {
    writer.key("group")
    writer.object { w in
      for entry in group.sorted(by: { $0.column < $1.column }) {
        w.key(entry.column)
        w.value(entry.value)
      }
    }
  }

  private func estimate(
    _ expression: Expression, within group: [(column: String, value: String)], unit: [String],
    _ writer: inout CanonicalWriter
  ) {
    if case .success(let estimate) = evaluation.estimate(expression, within: group, unit: unit) {
      self.estimate(estimate, &writer)
    }
  }

  private func estimate(_ estimate: Estimate, _ writer: inout CanonicalWriter) {
    writer.key("estimate")
    writer.object { w in
      w.key("flags")
      w.array { w in for flag in estimate.flags { w.value(flag.text) } }
      if let interval = estimate.interval {
        w.key("interval")
        w.array { w in
          w.value(interval.lower)
          w.value(interval.upper)
        }
        w.key("level")
        w.value(interval.level)
      }
      w.key("n")
      w.value(estimate.rows)
      if let error = estimate.standardError {
        w.key("standard-error")
        w.value(error)
      }
      w.key("units")
      w.object { w in
        for unit in estimate.levels.sorted(by: { $0.unit < $1.unit }) {
          w.key(unit.unit)
          w.value(unit.count)
        }
      }
      if estimate.value.isFinite {
        w.key("value")
        w.value(estimate.value)
      }
    }
  }
}
