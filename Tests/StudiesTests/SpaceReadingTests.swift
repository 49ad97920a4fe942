import Diagnostics
import Experiments
import Markup
import Procedures
import Studies
import Testing

/// Search spaces as authors write them.
@Suite struct SpaceReadingTests {
  private func space(_ yaml: String) throws -> Space {
    let lines = yaml.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    let text = """
      ---
      title: T
      ---

      ```experiment e
      protocol: tuning-evaluation
      procedure: classifier
      data: digits
      with: {model: {mlp: {width: 8}}}
      tune:
        space:
      \(lines)
        tuner: random
        trials: 4
        seeds: 0 .. 2
        data: {fit: part 1-3 of 5, score: part 4 of 5}
      evaluate:
        data: {fit: part 1-4 of 5, score: part 5 of 5}
        seeds: 1000 .. 1003
      measure: accuracy
      ```
      """
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "s.md", text: text), log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: PartResolver(), fingerprint: "test", tuner: testTuner)
    let study = reading.study(document, profile: "full", log: &log)
    let messages = log.sorted.map(\.rendered).joined(separator: "\n")
    return try #require(study, "\(messages)").experiments[0].plan.searches[0].space
  }

  @Test func whatStandsUnderAnOptionExistsOnlyThere() throws {
    let space = try space(
      """
      weight-decay: 1e-6 .. 1 log
      optimizer:
        momentum: {momentum: 0 .. 0.99}
        adamw: {beta1: 0.8 .. 0.99, beta2: 0.99}
        sgd: {}
      """)
    #expect(space.dimensions.map(\.name) == ["beta1", "momentum", "optimizer", "weight-decay"])
    #expect(space.dimensions[0].path == ["optimizer", "beta1"])
    #expect(space.dimensions[0].activation?.parent == "optimizer")
    guard case .choice(let options) = space.dimensions[2].domain, case .part("adamw", let fixed) = options[1]
    else {
      Issue.record("the optimizer is a choice of parts")
      return
    }
    #expect(fixed.number("beta2") == 0.99)
    let chosen = Settings(["optimizer": options[1], "beta1": .number(0.9), "weight-decay": .number(0.1)])
    #expect(space.contains(chosen))
    #expect(
      !space.contains(
        Settings(["optimizer": options[2], "beta1": .number(0.9), "weight-decay": .number(0.1)])))
    let complete = space.settings(Settings(["optimizer": .part("sgd", Settings())]), with: chosen)
    #expect(complete[path: ["optimizer", "beta1"]] == .number(0.9))
  }

  @Test func optionsOfAPlainHyperparameterHaveItsNeighboursAsChildren() throws {
    let space = try space(
      """
      model:
        kernel-svm:
          cost: 1e-3 .. 1e3 log
          kernel:
            linear: {}
            rbf: {width-factor: 1e-3 .. 1e3 log}
            polynomial: {width-factor: 1e-3 .. 1e3 log, degree: 2 .. 5 int}
        knn: {neighbours: 1 .. 20 int}
      """)
    let names = space.dimensions.map(\.name)
    #expect(names == ["cost", "degree", "kernel", "model", "neighbours", "width-factor"])
    let factor = space.dimensions[5]
    #expect(factor.path == ["model", "width-factor"])
    #expect(factor.activation == .init(parent: "kernel", options: [.text("rbf"), .text("polynomial")]))
  }

  @Test func equalKeysWithOtherRangesAreNamedByTheirOptions() throws {
    let space = try space(
      """
      optimizer: {momentum: {momentum: 0 .. 0.9}, nesterov: {momentum: 0.5 .. 0.99}}
      """)
    #expect(space.dimensions.map(\.name) == ["momentum-momentum", "nesterov-momentum", "optimizer"])
    #expect(space.text.contains("nesterov-momentum 0.5 .. 0.99 under optimizer nesterov"))
  }

  @Test func rulesStandBesideTheHyperparameters() throws {
    let space = try space(
      """
      learning-rate: 1e-4 .. 1 log
      batch-size: [16, 32, 64]
      default: {learning-rate: 1e-2, batch-size: 32}
      prior: {learning-rate: 1e-3, batch-size: {32: 3, 64: 1}}
      forbid: [batch-size = 64 and learning-rate > 0.1, batch-size = 16]
      """)
    #expect(space.dimensions[0].prior == .weights([0, 3, 1]))
    #expect(space.dimensions[1].prior == .around(.number(1e-3)))
    #expect(space.start == Settings(["batch-size": .integer(32), "learning-rate": .number(1e-2)]))
    #expect(!space.allows(Settings(["batch-size": .integer(64), "learning-rate": .number(0.5)])))
    #expect(space.allows(Settings(["batch-size": .integer(32), "learning-rate": .number(0.5)])))
    #expect(!space.allows(Settings(["batch-size": .integer(16), "learning-rate": .number(0.5)])))
  }
}
