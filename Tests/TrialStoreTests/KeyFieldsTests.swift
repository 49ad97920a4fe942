import EngineTestSupport
import Experiments
import Testing
import TrialStore

/// The fields of a key, by which `assay why` compares trials.
@Suite struct KeyFieldsTests {
  private let specification = TrialSpecification(
    procedure: "classifier",
    settings: Settings([
      "model": .part("mlp", Settings(["width": .integer(32), "dropout": .number(0.5)])),
      "optimizer": .part("adam", Settings()), "learning-rate": .number(0.1), "standardise": .flag(true),
      "layers": .list([.integer(1), .part("dense", Settings(["units": .integer(2)]))]), "name": .text("0.5"),
    ]),
    revisions: [
      PartRevision(family: .procedure, name: "classifier", revision: 1),
      PartRevision(family: .model, name: "mlp", revision: 2),
      PartRevision(family: .measure, name: "accuracy", revision: 3),
    ],
    data: [
      .fit: DataReference(source: .registered("digits"), steps: [.parts([1, 2], of: 5)], content: "abc"),
      .score: DataReference(source: .registered("digits"), steps: [], content: "abc"),
    ],
    seed: SeedPath(pool: .tuning, seed: 7),
    measures: [MeasureRequest(column: "top", measure: "accuracy", settings: Settings(["k": .integer(1)]))],
    fingerprint: "here")

  @Test func everyFieldOfTheKeyIsNamed() throws {
    let fields = try KeyFields(specification.canonicalForm).fields.map { "\($0.path) = \($0.value)" }
    #expect(
      fields == [
        "data.fit.content = abc", "data.fit = part 1+2 of 5", "data.score.content = abc", "data.score = ",
        "numerics = here", "measure.top = accuracy", "measure.top.k = 1", "procedure = classifier",
        "seed = tuning 7", "with.layers = [1, dense (units 2)]", "with.learning-rate = 0.1",
        "with.model = mlp", "with.model.dropout = 0.5", "with.model.width = 32", "with.name = 0.5",
        "with.optimizer = adam", "with.standardise = true", "measure.top@ = measure accuracy 3",
        "with.model@ = model mlp 2", "procedure@ = procedure classifier 1",
      ])
  }

  @Test func whatDoesNotChangeTheCostIsNotPartOfTheShape() throws {
    func shape(_ change: (inout Settings) -> Void = { _ in }, seed: Int = 7) throws -> Digest {
      var settings = specification.settings
      change(&settings)
      let other = TrialSpecification(
        procedure: specification.procedure, settings: settings, revisions: [], data: specification.data,
        seed: SeedPath(pool: .tuning, seed: seed), measures: specification.measures, fingerprint: "there")
      return try KeyFields(other.canonicalForm).shape
    }
    let plain = try KeyFields(specification.canonicalForm).shape
    #expect(try shape() == plain && shape(seed: 8) == plain)
    #expect(try shape { $0["learning-rate"] = .number(1e-5) } == plain)
    #expect(try shape { $0[path: ["model", "width"]] = .integer(64) } != plain)
    #expect(try shape { $0["model"] = .part("logistic", Settings()) } != plain)
    #expect(try shape { $0["name"] = .text("0.25") } != plain)
  }

  @Test func anUnknownFormIsRefused() {
    for text in ["", "[]", "{\"unknown\":1}", "{\"settings\":{\"a\":}}"] {
      #expect(throws: CanonicalReaderError.self) { try KeyFields(Array(text.utf8)) }
    }
  }
}
