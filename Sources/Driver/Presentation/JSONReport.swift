import Claims
import Experiments
import Reports
import Studies

/// Every value, interval and verdict of a report as JSON, for programs: keys in alphabetical order, numbers unrounded, what
/// has no value left out.
struct JSONReport {
  let outcome: StudyOutcome
  let evaluation: Evaluation
  let judgements: [Judgement]
  let blocks: [String: BlockView]

  var text: String {
    let study = outcome.study
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("charts")
      w.array { w in
        for block in study.charts {
          if case .chart(let chart)? = blocks[block.name] { self.chart(chart, &w) }
        }
      }
      w.key("claims")
      w.array { w in for judgement in judgements { claim(judgement, &w) } }
      w.pair("profile", study.profile)
      w.pair("result-digest", Provenance.digest(outcome).hex)
      w.pair("study", StudyFiles.displayPath(outcome.path))
      w.key("tables")
      w.array { w in for table in study.tables { self.table(table, &w) } }
      w.pair("title", study.head.title)
      w.key("values")
      w.array { w in
        for place in study.document.inlineExpressions {
          guard let expression = study.values[place] else { continue }
          w.object { w in
            self.estimate(expression, within: [], unit: study.head.unit, &w)
            w.pair("expression", expression.text)
            w.pair("line", place.span.start.line)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  /// The data of a chart as its page shows them: a row is a list of texts, numbers, and numbers with their intervals;
  /// "nan" where there is no value.
  private func chart(_ chart: ChartView, _ writer: inout CanonicalWriter) {
    writer.object { w in
      w.key("headers")
      w.array { w in for header in chart.data.headers { w.value(header) } }
      w.pair("name", chart.name)
      w.key("rows")
      w.array { w in
        for row in chart.data.rows {
          w.array { w in for cell in row { self.cell(cell, &w) } }
        }
      }
    }
  }

  private func cell(_ cell: TableView.Cell, _ writer: inout CanonicalWriter) {
    guard cell.isNumeric, cell.number != nil || cell.text == "–" else { return writer.value(cell.text) }
    let number = cell.number ?? .nan
    guard let ends = cell.ends else { return writer.value(number) }
    writer.object { w in
      w.key("interval")
      w.array { w in for end in ends { w.value(end) } }
      w.pair("value", number)
    }
  }

  private func table(_ table: TableBlock, _ writer: inout CanonicalWriter) {
    writer.object { w in
      w.pair("name", table.name)
      w.key("rows")
      w.array { w in
        for group in evaluation.groups(of: table.rows, for: table.columns.map(\.expression)) {
          w.object { w in
            w.key("cells")
            w.array { w in
              for column in table.columns {
                w.object { w in
                  self.estimate(column.expression, within: group, unit: table.unit, &w)
                  w.pair("expression", column.expression.text)
                  w.pair("header", column.header)
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
        w.pair("adjusted-p", p)
      }
      if let expected = claim.expect {
        w.pair("expected", expected.rawValue)
      }
      w.pair("family", judgement.familySize)
      w.pair("name", claim.name)
      if let p = judgement.pValue {
        w.pair("p", p)
      }
      w.key("parts")
      w.array { w in
        for part in judgement.parts {
          w.object { w in
            w.pair("bound", part.bound)
            if let estimate = part.estimate { self.estimate(estimate, &w) }
            if let key = part.key {
              w.pair("key", key)
            }
            w.pair("proposition", part.proposition.text)
            w.pair("test", part.testName)
          }
        }
      }
      w.pair("role", claim.role.rawValue)
      w.pair("sentence", judgement.sentence)
      w.pair("verdict", judgement.verdict.rawValue)
    }
  }

  private func group(_ group: [(column: String, value: String)], _ writer: inout CanonicalWriter) {
    writer.key("group")
    writer.object { w in
      for entry in group.sorted(by: { $0.column < $1.column }) {
        w.pair(entry.column, entry.value)
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
        w.pair("level", interval.level)
      }
      w.pair("n", estimate.rows)
      if let error = estimate.standardError {
        w.pair("standard-error", error)
      }
      w.key("units")
      w.object { w in
        for unit in estimate.levels.sorted(by: { $0.unit < $1.unit }) {
          w.pair(unit.unit, unit.count)
        }
      }
      if estimate.value.isFinite {
        w.pair("value", estimate.value)
      }
    }
  }
}

extension CanonicalWriter {
  fileprivate mutating func pair(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  fileprivate mutating func pair(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  fileprivate mutating func pair(_ name: String, _ number: Double) {
    key(name)
    value(number)
  }
}
