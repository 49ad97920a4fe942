import Commands
import EngineTestSupport
import Experiments
import Testing

/// What a program writes, and what is made of it.
@Suite struct CommandReportTests {
  private func outcome(_ lines: String, kept: [String] = []) throws -> Outcome {
    try CommandFixture.inFolder { fixture in
      try fixture.write(lines, to: "report.txt")
      return try fixture.run(["cat", "report.txt"], files: ["report.txt"], kept: kept)
    }
  }

  @Test func measuresCurvesAndCostAreTaken() throws {
    let outcome = try outcome(
      """
      {"measures": {"loss": 0.5, "other": 2}, "step": 1}
      {"measures": {"loss": 0.25}, "step": 3}

      {"cost": {"examples": 100, "flops": 7}}
      {"measures": {"accuracy": 0.875}}
      """)
    #expect(outcome.status == .finished)
    #expect(outcome.measures == ["accuracy": 0.875])
    #expect(
      outcome.curves == [
        Curve(name: "loss", steps: [1, 3], values: [0.5, 0.25]),
        Curve(name: "other", steps: [1], values: [2]),
      ])
    #expect(outcome.cost == CountedCost(examples: 100, flops: 7))
  }

  @Test func longCurvesAreThinnedToTwentyPointsWithTheLast() throws {
    let lines = (1...1000).map { #"{"measures": {"loss": \#($0)}, "step": \#($0)}"# }
    let curve = try outcome((lines + [#"{"measures": {"accuracy": 1}}"#]).joined(separator: "\n")).curves[0]
    #expect(curve.steps == (1...20).map { $0 * 50 } && curve.values.last == 1000)
  }

  @Test(arguments: [
    (#"{"measures": {"accuracy": NaN}}"#, "the measure 'accuracy' is nan"),
    (#"{"measures": {"accuracy": -Infinity}}"#, "the measure 'accuracy' is -inf"),
    (#"{"measures": {"loss": NaN}, "step": 2}"#, "the measure 'loss' is nan"),
    (#"{"diverged": "it went away"}"#, "it went away"),
  ])
  func divergenceIsAnOutcome(line: String, reason: String) throws {
    let outcome = try outcome(#"{"measures": {"loss": 1}, "step": 1}"# + "\n" + line)
    #expect(outcome.status == .diverged(reason))
    #expect(outcome.measures.isEmpty && outcome.curves == [Curve(name: "loss", steps: [1], values: [1])])
  }

  @Test(arguments: [
    ("accuracy 0.9", "it is not a JSON object"),
    (#"{"measures": {"accuracy": 0.9}"#, "it is not a JSON object"),
    ("[1]", "it is not a JSON object"),
    ("{}", "it says nothing"),
    (#"{"accuracy": 0.9}"#, "it has the keys accuracy"),
    (#"{"measures": 0.9}"#, "'measures' is an object"),
    (#"{"measures": {"accuracy": "0.9"}}"#, "the measure 'accuracy' is not a number"),
    (#"{"measures": {"loss": 1}, "step": 1.5}"#, "'step' is a whole number from 0"),
    (#"{"measures": {"loss": 1}, "step": 0}"#, "the steps of 'loss' do not ascend"),
    (#"{"artefact": "weights", "file": 3}"#, "'artefact' and 'file' are texts"),
    (#"{"artefact": "a", "items": ["x"], "values": [1]}"#, "an item is named by its id in the data files"),
    (#"{"artefact": "a", "items": [], "values": [1]}"#, "'items' and 'values' are lists of equal length"),
    (#"{"cost": {"examples": 1.5}}"#, "a cost is a whole number"),
    (#"{"cost": {"watts": 1}}"#, "a cost is 'examples' or 'flops', not 'watts'"),
  ])
  func anythingElseIsAnAttempt(line: String, reason: String) throws {
    #expect(throws: CommandError.garbage(line: 2, reason: reason)) {
      try outcome(#"{"measures": {"loss": 1}, "step": 0}"# + "\n" + line)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(throws: CommandError.missingMeasure("accuracy")) { try outcome(#"{"measures": {"loss": 1}}"#) }
    #expect(throws: CommandError.missingArtefact("weights")) {
      try outcome(#"{"measures": {"accuracy": 1}}"#, kept: ["weights"])
    }
  }
}
