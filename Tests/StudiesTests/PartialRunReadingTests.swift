import Diagnostics
import Experiments
import Markup
import Parts
import Procedures
import Studies
import Testing

/// What a study must say where its tuner stops runs early.
@Suite struct PartialRunReadingTests {
  /// A tuner that asks for parts of runs.
  private struct Stopper: Part {
    static let name = "stopper"
    static let revision = 1
    static let summary = "A stand-in."
    static let hyperparameters: [Hyperparameter] = []
    init(_ settings: Settings) {}
  }

  private func read(
    _ with: String, space: String = "learning-rate: 1e-3 .. 1 log", budget: String = "trials: 5",
    keys: String = ""
  )
    -> (study: CheckedStudy?, messages: String)
  {
    let text = """
      ---
      title: T
      ---

      ```experiment tuned
      protocol: tuning-evaluation
      with: {\(with)}
      tune:
        space: {\(space)}
        tuner: stopper
        \(budget)
        data: {fit: digits/part 1 of 5, score: digits/part 2 of 5}
        select: max mean accuracy
      evaluate: {data: {fit: digits/part 1-2 of 5, score: digits/part 3 of 5}}
      measure: accuracy
      \(keys.isEmpty ? "procedure: classifier" : keys)
      ```
      """
    var log = DiagnosticLog()
    let catalogue = PartCatalogue(
      partCatalogue.declarations + [
        PartDeclaration(family: .tuner, part: Stopper.self, usesPartialRuns: true)
      ])
    let document = MarkdownReader.read(SourceText(path: "s.md", text: text), log: &log)
    let study = StudyReading(
      catalogue: catalogue, resolver: PartResolver(), fingerprint: "test", tuner: testTuner
    )
    .study(document, profile: "full", log: &log)
    return (study, log.sorted.map(\.rendered).joined(separator: "\n"))
  }

  @Test func aWholeRunHasTheUnitsOfTheProceduresResource() throws {
    let (study, messages) = read("epochs: 27, model: mlp")
    let search = try #require(study, "\(messages)").experiments[0].plan.searches[0]
    #expect(search.budget == SearchBudget(trials: 5, units: 27))
  }

  @Test func modelsThatAreFittedInOneGoCannotStop() {
    let (_, messages) = read("model: random-forest")
    #expect(
      messages.hasPrefix(
        "s.md:10:10: error: the tuner 'stopper' stops runs early, and the model 'random-forest' is fitted in one go [wrong-type]"
      ), "\(messages)")
  }

  @Test func theResourceIsTheTunersToGive() {
    let (_, messages) = read("model: mlp", space: "epochs: 1 .. 9 int")
    #expect(
      messages.hasPrefix(
        "s.md:10:10: error: the tuner 'stopper' decides how many epochs a run gets [bad-space]"),
      "\(messages)")
    #expect(messages.hasSuffix("fix: take 'epochs' out of the space"))
  }

  @Test func anotherBudgetCountsWholeRuns() {
    let (_, messages) = read("model: mlp, epochs: 9", budget: "budget: {epochs: 90}")
    #expect(
      messages.hasPrefix(
        "s.md:11:11: error: the tuner 'stopper' stops runs early, and 'budget' counts whole ones [bad-space]"),
      "\(messages)")
    #expect(messages.hasSuffix("fix: write 'trials: 30'"))
  }

  @Test func aRunNeedsAUnit() {
    let (_, messages) = read("model: mlp, epochs: 0")
    #expect(
      messages.hasPrefix(
        "s.md:10:10: error: a whole run has no epochs, of which the tuner 'stopper' gives parts"),
      "\(messages)")
  }

  @Test func aCommandSaysInWhichSettingRunsAreCounted() throws {
    func command(_ more: String) -> String {
      """
      procedure: command
      command:
        run: [sh, run.sh]
        settings: {rounds: {integer: 1 .. 9, default: 9}, rate: {number: 0 .. 1, default: 0.5}}
        measures: {accuracy: larger}\(more)
      """
    }
    let (none, refusal) = read("rate: 0.1", space: "rate: 0 .. 1", keys: command(""))
    #expect(none == nil && refusal.contains("stops runs early, which 'command' cannot"), "\(refusal)")
    #expect(
      refusal.contains("note: a command says with 'resource' in which of its settings runs are counted"))
    let (study, messages) = read("rate: 0.1", space: "rate: 0 .. 1", keys: command("\n  resource: rounds"))
    let experiment = try #require(study, "\(messages)").experiments[0]
    #expect(experiment.plan.searches[0].budget.units == 9)
    #expect(experiment.command?.call.artefacts == ["state": .state])
    let (wrong, mistake) = read("rate: 0.1", space: "rate: 0 .. 1", keys: command("\n  resource: rate"))
    #expect(wrong == nil && mistake.contains("the resource 'rate' is no setting that counts"), "\(mistake)")
  }
}
