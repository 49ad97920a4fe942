import Diagnostics
import Experiments
import Markup
import Procedures
import Studies
import Testing

/// Chains of experiments as a study declares them.
@Suite struct StageReadingTests {
  private func study(_ blocks: String, profiles: String = "") throws -> (CheckedStudy?, String) {
    let text = "---\ntitle: T\n\(profiles)---\n\n" + blocks
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "s.md", text: text), log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: PartResolver(), fingerprint: "test", tuner: testTuner)
    let profile = profiles.isEmpty ? "full" : "quick"
    let study = reading.study(document, profile: profile, log: &log)
    return (study, log.sorted.map(\.rendered).joined(separator: "\n"))
  }

  private func block(_ name: String, _ body: String) -> String { "```experiment \(name)\n\(body)\n```\n\n" }

  private var trained: String {
    block(
      "trained",
      """
      protocol: sweep
      procedure: classifier
      vary:
        model: {linear: {with.model: logistic}, net: {with.model: {mlp: {width: 8}}}}
        half:
          first: {evaluate.data: {fit: digits/part 1 of 5, score: digits/part 2 of 5}}
          second: {evaluate.data: {fit: digits/part 3 of 5, score: digits/part 4 of 5}}
      except: model = net and half = second
      evaluate: {seeds: 1000 .. 1002}
      keep: [logits]
      measure: accuracy
      """)
  }

  private func checked(_ blocks: String, profiles: String = "") throws -> CheckedStudy {
    let (study, messages) = try study(blocks, profiles: profiles)
    return try #require(study, "\(messages)")
  }

  @Test func aProfileMayDropALevelThatConditionsName() throws {
    let profiles = "profiles: {quick: {trained.vary.model: [linear]}}\n"
    let plan = try checked(trained, profiles: profiles).experiments[0].plan
    #expect(
      plan.cells.map { $0.factors.map(\.level.label) } == [["linear", "first"], ["linear", "second"]])
    // In the full document it must be a level.
    let (_, messages) = try study(
      trained.replacing("model = net and", with: "model = nett and"), profiles: profiles)
    #expect(messages.contains("'nett' is not a level of 'model'"), "\(messages)")
  }

  @Test func unvariedColumnsOfAMatchAreTakenOver() throws {
    let later = try checked(
      trained
        + block(
          "combined",
          """
          protocol: sweep
          procedure: ensemble
          starts-from: {logits: {experiment: trained, match: [model, half], seeds: all}}
          evaluate: {seeds: [1000]}
          measure: accuracy
          """)
    ).experiments[1]
    #expect(later.factors.map(\.name) == ["model", "half"])
    #expect(
      later.plan.cells.map { $0.factors.map(\.level.label) } == [
        ["linear", "first"], ["linear", "second"], ["net", "first"],
      ])
    #expect(later.plan.cells.map { $0.evaluation.inputs.map(\.cell) } == [[0], [1], [2]])
    #expect(
      later.plan.cells.map { $0.evaluation.dataTexts.map(\.text) } == [
        ["digits/part 2 of 5"], ["digits/part 4 of 5"], ["digits/part 2 of 5"],
      ])
    #expect(later.sources == ["trained"])
  }

  @Test func ownFactorsJoinOnEqualLevels() throws {
    let later = try checked(
      trained
        + block(
          "combined",
          """
          protocol: sweep
          procedure: ensemble
          vary: {half: {second: {}, first: {}}}
          starts-from: {logits: {experiment: trained, match: [half, model], seeds: all}}
          except: model = net
          evaluate: {seeds: [1000]}
          measure: accuracy
          """)
    ).experiments[1]
    #expect(
      later.plan.cells.map { $0.factors.map(\.level.label) } == [["second", "linear"], ["first", "linear"]])
    #expect(later.plan.cells.map { $0.evaluation.inputs[0].cell } == [1, 0])
  }

  @Test func equalSeedsAreTakenOverWithTheRows() throws {
    let later = try checked(
      trained
        + block(
          "one",
          """
          protocol: sweep
          procedure: ensemble
          starts-from: {logits: {experiment: trained, match: [model, half], seeds: same}}
          measure: accuracy
          """)
    ).experiments[1]
    #expect(later.plan.cells.allSatisfy { $0.evaluation.seedList == [1000, 1001, 1002] })
  }

  @Test func aProfileThatRestrictsASourceRestrictsWhatStartsFromIt() throws {
    let later = try checked(
      trained
        + block(
          "one",
          """
          protocol: sweep
          procedure: ensemble
          starts-from: {logits: {experiment: trained, match: [model, half]}}
          measure: accuracy
          """),
      profiles: "profiles:\n  quick: {trained.evaluate.seeds: 1000 .. 1001}\n"
    ).experiments[1]
    #expect(later.plan.cells.allSatisfy { $0.evaluation.seedList == [1000, 1001] })
  }

  @Test func pretrainingAndAnAuxiliaryPoolAreDeclaredAsInTheField() throws {
    let study = try checked(
      block(
        "pretrained",
        """
        role: auxiliary
        protocol: sweep
        procedure: classifier
        evaluate: {data: {fit: digits/part 1 of 5, score: digits/part 2 of 5}, seeds: 1000 .. 1003}
        keep: [weights]
        measure: accuracy
        """)
        + block(
          "tuned",
          """
          protocol: tuning-evaluation
          procedure: classifier
          starts-from: {initial-weights: {experiment: pretrained}}
          tune:
            space: {learning-rate: 1e-4 .. 1 log}
            tuner: random
            trials: 4
            seeds: [1003]
            data: {fit: digits/part 3 of 5, score: digits/part 1 of 5}
          evaluate: {data: {fit: digits/part 3 of 5, score: digits/part 4 of 5}, seeds: 1000 .. 1002}
          measure: accuracy
          """))
    #expect(study.experiments[0].kept.map(\.name) == ["weights"])
    #expect(study.experiments[1].plan.searches.allSatisfy { $0.inputs.map(\.name) == ["initial-weights"] })
    #expect(study.experiments(for: "tuned").map(\.name) == ["pretrained", "tuned"])
    #expect(study.experiments(for: "pretrained").map(\.name) == ["pretrained"])
  }

  @Test func noneStartsFromNothingEvenWhereTheLikeBlockDoes() throws {
    let study = try checked(
      block(
        "pretrained",
        """
        role: auxiliary
        protocol: sweep
        procedure: classifier
        evaluate: {data: {fit: digits/part 1 of 5, score: digits/part 2 of 5}, seeds: 1000 .. 1002}
        keep: [weights]
        measure: accuracy
        """)
        + block(
          "fine",
          """
          protocol: sweep
          procedure: classifier
          starts-from: {initial-weights: {experiment: pretrained}}
          evaluate: {data: {fit: digits/part 3 of 5, score: digits/part 4 of 5}, seeds: 1000 .. 1002}
          measure: accuracy
          """) + block("scratch", "like: fine\nstarts-from: none"))
    #expect(study.experiments[1].plan.cells[0].evaluation.inputs.map(\.name) == ["initial-weights"])
    #expect(study.experiments[2].plan.cells[0].evaluation.inputs.isEmpty)
  }

  @Test func aMistakeInASourceIsToldOnce() throws {
    let (study, messages) = try study(
      trained.replacing("keep: [logits]", with: "keep: [logitz]")
        + block(
          "one",
          """
          protocol: sweep
          procedure: ensemble
          starts-from: {logits: {experiment: trained, match: [model, half]}}
          measure: accuracy
          """))
    #expect(study == nil)
    #expect(messages.components(separatedBy: ": error: ").count == 2, "\(messages)")
  }
}
