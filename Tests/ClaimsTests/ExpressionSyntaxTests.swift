import Claims
import Diagnostics
import Testing

/// What the parser and the check say of mistakes, whole messages with carets.
@Suite struct ExpressionDiagnosticTests {
  /// An expression that is wrong, and all that is to be said of it.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let said: String
    var isProposition = false
    var testDescription: String { text }
  }

  static let mistakes = [
    Mistake(
      text: "mean(honest.accuracy",
      said: """
        study.md:1:5: error: '(' is not closed [expression-syntax]
            1 | mean(honest.accuracy
              |     ^
           fix: add ')'
        """),
    Mistake(
      text: "honest.accuracy",
      said: """
        study.md:1:1: error: 'honest.accuracy' is a column, not a value [expression-syntax]
            1 | honest.accuracy
              | ^~~~~~~~~~~~~~~
           note: a column has many rows; a function makes one value of them
           fix: write 'mean(honest.accuracy)'
        """),
    Mistake(
      text: "maen(honest.accuracy)",
      said: """
        study.md:1:1: error: unknown function 'maen' [unknown-function]
            1 | maen(honest.accuracy)
              | ^~~~
           note: there is abs, at-max, count, ece, exp, geometric-mean, iqm, jonckheere, kendall, kendall-of-top, kendall-w, log, max, mean, median, min, omega-squared, optimality-gap, pearson, probability-of-improvement, quantile, range, sd, share-above, share-below, slope, spearman, sqrt, steps, sum, time-to-result-score
           fix: write 'mean'
        """),
    Mistake(
      text: "mean(honst.accuracy)",
      said: """
        study.md:1:6: error: there is no experiment 'honst' above [unknown-block-reference]
            1 | mean(honst.accuracy)
              |      ^~~~~
           note: there is honest, conventional
           fix: write 'honest'
        """),
    Mistake(
      text: "mean(honest.acuracy)",
      said: """
        study.md:1:13: error: 'honest' has no column 'acuracy' [unknown-column]
            1 | mean(honest.acuracy)
              |             ^~~~~~~
           note: it has method, tune.trials, seed, search, accuracy, nll
           fix: write 'accuracy'
        """),
    Mistake(
      text: "mean(honest.accuracy-nll)",
      said: """
        study.md:1:13: error: 'honest' has no column 'accuracy-nll' [unknown-column]
            1 | mean(honest.accuracy-nll)
              |             ^~~~~~~~~~~~
           note: minus between two values needs a space on both sides
        """),
    Mistake(
      text: "mean(honest.accuracy where method = replai)",
      said: """
        study.md:1:37: error: 'method' has no level 'replai' [unknown-level]
            1 | mean(honest.accuracy where method = replai)
              |                                     ^~~~~~
           note: its levels are replay, ewc, fine-tune
           fix: write 'replay'
        """),
    Mistake(
      text: "mean(honest.accuracy where tune.trials = 5)",
      said: """
        study.md:1:42: error: 'tune.trials' has no level '5' [unknown-level]
            1 | mean(honest.accuracy where tune.trials = 5)
              |                                          ^
           note: its levels are 4, 16
           fix: write '4'
        """),
    Mistake(
      text: "mean(honest.method)",
      said: """
        study.md:1:6: error: 'method' holds labels, not numbers [expression-type]
            1 | mean(honest.method)
              |      ^~~~~~~~~~~~~
           note: its measures are accuracy, nll
        """),
    Mistake(
      text: "mean(honest.accuracy where method < ewc)",
      said: """
        study.md:1:28: error: 'method' holds labels, which have no order [expression-type]
            1 | mean(honest.accuracy where method < ewc)
              |                            ^~~~~~~~~~~~
           fix: compare with =, != or in [...]
        """),
    Mistake(
      text: "mean(honest.accuracy) where method = ewc",
      said: """
        study.md:1:23: error: 'where' stands inside the parentheses [expression-syntax]
            1 | mean(honest.accuracy) where method = ewc
              |                       ^~~~~
           fix: write 'mean(EXPERIMENT.COLUMN where …)'
        """),
    Mistake(
      text: "mean(honest.accuracy) per [method]",
      said: """
        study.md:1:1: error: an expression must be one number, not one per [method] [expression-type]
            1 | mean(honest.accuracy) per [method]
              | ^~~~~~~~~~~~~~~~~~~~~
           fix: put a function around it, such as 'mean(… per [method])'
        """),
    Mistake(
      text: "kendall(mean(honest.accuracy) per [method], mean(honest.nll) per [seed])",
      said: """
        study.md:1:1: error: 'kendall' cannot match [method] with [seed] [expression-type]
            1 | kendall(mean(honest.accuracy) per [method], mean(honest.nll) per [seed])
              | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
           note: both samples need the same 'per' columns
        """),
    Mistake(
      text: "kendall(mean(honest.accuracy), mean(honest.nll))",
      said: """
        study.md:1:9: error: 'kendall' needs two samples, and this is one number [expression-type]
            1 | kendall(mean(honest.accuracy), mean(honest.nll))
              |         ^~~~~~~~~~~~~~~~~~~~~
           fix: add 'per [COLUMN]' to say what one pair is
        """),
    Mistake(
      text: "omega-squared(honest.nll, honest.accuracy) per [seed]",
      said: """
        study.md:1:15: error: 'nll' is an outcome and names no groups [expression-type]
            1 | omega-squared(honest.nll, honest.accuracy) per [seed]
              |               ^~~~~~~~~~
           note: 'omega-squared' groups by its first argument; the factors of 'honest' are method, tune.trials
        """),
    Mistake(
      text: "omega-squared(honest.method, honest.method) per [seed]",
      said: """
        study.md:1:30: error: 'method' holds labels, not numbers [expression-type]
            1 | omega-squared(honest.method, honest.method) per [seed]
              |                              ^~~~~~~~~~~~~
           note: its measures are accuracy, nll
        """),
    Mistake(
      text: "omega-squared(mean(honest.accuracy) per [seed], mean(honest.nll) per [seed])",
      said: """
        study.md:1:15: error: 'omega-squared' groups by its first argument, which must be a column [expression-type]
            1 | omega-squared(mean(honest.accuracy) per [seed], mean(honest.nll) per [seed])
              |               ^~~~~~~~~~~~~~~~~~~~~
           note: it is called as 'omega-squared(x, y)'
           fix: write 'omega-squared(EXPERIMENT.FACTOR, …)'
        """),
    Mistake(
      text: "omega-squared(honest.method, honest.accuracy)",
      said: """
        study.md:1:1: error: 'omega-squared' does not know which rows belong together [expression-type]
            1 | omega-squared(honest.method, honest.accuracy)
              | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
           note: two samples are aligned on equal keys
           fix: add 'per [method, tune.trials, seed, search]' behind the parentheses
        """),
    Mistake(
      text: "quantile(honest.accuracy, 1.5)",
      said: """
        study.md:1:27: error: 'quantile' needs a share from 0 to 1, not 1.5 [expression-type]
            1 | quantile(honest.accuracy, 1.5)
              |                           ^~~
        """),
    Mistake(
      text: "quantile(honest.accuracy)",
      said: """
        study.md:1:1: error: 'quantile' takes 2 arguments, not 1 [expression-type]
            1 | quantile(honest.accuracy)
              | ^~~~~~~~~~~~~~~~~~~~~~~~~
           note: it is called as 'quantile(x, q)'
        """),
    Mistake(
      text: "mean(honest.accuracy) as percnt",
      said: """
        study.md:1:26: error: unknown format 'percnt' [expression-syntax]
            1 | mean(honest.accuracy) as percnt
              |                          ^~~~~~
           note: a format is 'percent', 'bare' or '3 digits'
           fix: write 'as percent'
        """),
    Mistake(
      text: "mean(honest.accuracy) − 1",
      said: """
        study.md:1:23: error: unexpected '−' [expression-syntax]
            1 | mean(honest.accuracy) − 1
              |                       ^
           fix: write '-'
        """),
    Mistake(
      text: "mean(honest.items.accuracy)",
      said: """
        study.md:1:6: error: 'honest' gives no table 'honest.items' [unknown-column]
            1 | mean(honest.items.accuracy)
              |      ^~~~~~~~~~~~~~~~~~~~~
           note: it gives honest, honest.steps
           fix: let 'honest' keep what is about items, such as 'keep: [predictions]'
        """),
    Mistake(
      text: "mean(honest.accuracy)",
      said: """
        study.md:1:22: error: a proposition compares two values [expression-syntax]
            1 | mean(honest.accuracy)
              |                      ^
           note: it needs one of >, >=, <, <=, =
           fix: write '… > 0'
        """, isProposition: true),
    Mistake(
      text: "0 < mean(honest.accuracy) < 1",
      said: """
        study.md:1:27: error: a proposition has only one comparison [expression-syntax]
            1 | 0 < mean(honest.accuracy) < 1
              |                           ^
           fix: write two propositions under 'all:'
        """, isProposition: true),
  ]

  /// The keys that a message proposes must leave one row each, or the claim that follows them comes to nothing.
  @Test func proposedKeysAreAllThatVaries() {
    var log = DiagnosticLog()
    let span = source("pearson(honest.accuracy, honest.nll)")
    _ = Expression.parse("pearson(honest.accuracy, honest.nll)", at: span, log: &log)?.check(
      Samples.scope, log: &log)
    let schema = Samples.scope.schema("honest")
    let keys = schema?.columns.filter { $0.role == .unit || $0.role == .factor && $0.levels?.count ?? 2 > 1 }
    let proposed = keys?.map(\.name).joined(separator: ", ") ?? ""
    #expect(proposed.contains(", "))
    #expect(
      log.sorted.map(\.rendered).joined().contains("fix: add 'per [\(proposed)]' behind the parentheses"))
  }

  @Test(arguments: mistakes) func saysWhatAndWhere(_ mistake: Mistake) {
    var log = DiagnosticLog()
    let span = source(mistake.text)
    if mistake.isProposition {
      #expect(Proposition.parse(mistake.text, at: span, log: &log)?.check(Samples.scope, log: &log) != true)
    } else {
      #expect(Expression.parse(mistake.text, at: span, log: &log)?.check(Samples.scope, log: &log) != true)
    }
    #expect(log.sorted.map(\.rendered).joined(separator: "\n") == mistake.said)
  }

  @Test(arguments: [
    "", "mean(", "mean()", "mean(honest.accuracy where)", "1 +", "as percent", "mean(honest.accuracy,)",
    "mean(honest.accuracy) as 0 digits", "mean(honest.accuracy) as", "\"open",
    "mean(honest.accuracy) per method",
    "mean(accuracy)", "mean(honest..accuracy)", "3-1", "1e999", "$",
    "mean(honest.accuracy where method in ewc)",
    "mean(honest.accuracy where method)", "-mean(honest.accuracy)", "mean(honest.accuracy - honest.nll)",
    "(1", "1 2", "mean(honest.accuracy) mean(honest.nll)",
  ]) func refuses(_ text: String) {
    var log = DiagnosticLog()
    #expect(Expression.parse(text, at: source(text), log: &log)?.text == nil)
    #expect(log.sorted.map(\.code) == [.expressionSyntax])
  }

  @Test func allMistakesInOnePass() {
    let text = "mean(honest.acuracy where methd = ewc) + maen(honest.nll)"
    var log = DiagnosticLog()
    #expect(Expression.parse(text, at: source(text), log: &log)?.check(Samples.scope, log: &log) == false)
    #expect(log.sorted.map(\.code) == [.unknownColumn, .unknownColumn, .unknownFunction])
  }

  @Test func hostileDepthAndLength() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "mean(", count: 100_000),
      "1" + String(repeating: " + 1", count: 100_000),
    ] {
      var log = DiagnosticLog()
      #expect(Expression.parse(text, at: source(text), log: &log)?.text == nil)
      #expect(log.hasErrors)
    }
  }

  @Test func foldedTextPointsAtTheWhole() {
    let span = source("\"mean(honest.\\u0061ccuracy\"")
    var log = DiagnosticLog()
    #expect(Expression.parse("mean(honest.accuracy", at: span, log: &log)?.text == nil)
    #expect(log.sorted.first?.span == span)
  }
}

@Suite struct ExpressionSyntaxTests {
  @Test func tablesAndColumnsWithDots() throws {
    #expect(try expression("mean(honest.tune.trials)").tables == ["honest"])
    #expect(try expression("mean(honest.steps.loss where step >= 10)").tables == ["honest.steps"])
    #expect(
      try expression("mean(conventional.nll) / mean(honest.accuracy) + mean(conventional.nll)").tables
        == ["conventional", "honest"])
  }

  @Test func formats() throws {
    #expect(try expression("mean(honest.accuracy) as percent").format == .percent)
    #expect(try expression("mean(honest.accuracy) as 3 digits").format == .digits(3))
    #expect(try expression("mean(honest.accuracy) as 1 digit").format == .digits(1))
    #expect(try expression("mean(honest.accuracy)  as   bare").format == .bare)
    #expect(try expression("mean(honest.accuracy)").format == nil)
    #expect(try expression("mean(honest.accuracy)  as   bare").text == "mean(honest.accuracy) as bare")
  }

  @Test(arguments: [
    "mean(honest.accuracy where method = \"fine-tune\" and tune.trials in [4, 16] or seed < 1e3)",
    "mean(honest.accuracy where method = fine-tune)", "mean(honest.accuracy where tune.trials = 4.0)",
    "mean(honest.accuracy where seed != column(search))", "count(honest.method)",
    "min(mean(honest.accuracy) per [method])", "-1.5 * (2 - 3) / 4",
    "mean(max(mean(honest.accuracy) per [method, seed]) per [seed])",
    "mean(mean(honest.accuracy) per [seed, method] - mean(conventional.accuracy) per [method, seed])",
    "kendall(honest.accuracy where tune.trials = 4, conventional.accuracy) per [method, seed, search]",
  ]) func accepts(_ text: String) throws {
    #expect(try expression(text).text == text)
  }
}
