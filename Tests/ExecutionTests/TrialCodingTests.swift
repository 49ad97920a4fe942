import EngineTestSupport
import Experiments
import Testing

/// What is written for the store and the pipe is read back with the same bits.
@Suite struct TrialCodingTests {
  @Test func outcomesKeepEveryBit() throws {
    let values: [Double] = [
      0, -0.0, 0.1, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 123456789.125, .pi,
    ]
    let outcome = Outcome(
      status: .finished, measures: ["a": .infinity, "b \"quoted\"\n": -.infinity, "ü": 1 / 3],
      curves: [Curve(name: "c", steps: values.indices.map { $0 - 3 }, values: values)],
      cost: CountedCost(examples: .max, flops: .min))
    let again = try roundTrip(outcome)
    #expect(again == outcome)
    #expect(again.curves[0].values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func notANumberStaysOne() throws {
    let outcome = Outcome(status: .finished, measures: ["a": .nan], curves: [], cost: CountedCost())
    #expect(try roundTrip(outcome).measures["a"]?.isNaN == true)
  }

  @Test func divergedOutcomesKeepTheirReason() throws {
    let outcome = Outcome(
      status: .diverged("loss \\ overflow\u{1}"), measures: [:], curves: [], cost: CountedCost())
    #expect(try roundTrip(outcome) == outcome)
  }

  @Test(arguments: [
    Attempt.Ending.failed("no \"data\""), .crashed("SIGSEGV"), .timedOut(seconds: 0.1),
    .outgrew(bytes: 1 << 30),
  ])
  func attemptsComeBack(_ ending: Attempt.Ending) throws {
    let attempt = Attempt(ending: ending, log: "one\ntwo\t\u{7f}ü")
    var writer = CanonicalWriter()
    writer.value(attempt)
    #expect(try CanonicalReader.read(writer.bytes) { try $0.attempt() } == attempt)
  }

  @Test func specificationsComeBackWithTheirKeys() throws {
    let file = AuthorFile(
      name: "mine", path: "data/own file.csv", target: "y", group: "patient", kind: .regression)
    let plain = AuthorFile(name: "mine", path: "own.csv", target: "y", group: nil, kind: .classification)
    let specification = TrialSpecification(
      procedure: "classification",
      settings: Settings([
        "learner": .part(
          "mlp", Settings(["width": .integer(-64), "rates": .list([.number(1), .integer(1)])])),
        "none": .part("sgd", Settings()), "flag": .flag(false), "name": .text("nan"), "empty": .list([]),
        "limits": .list([.number(.infinity), .number(-.infinity), .number(1e-7), .flag(true)]),
      ]),
      revisions: [
        PartRevision(family: .measure, name: "accuracy", revision: 2),
        PartRevision(family: .procedure, name: "classification", revision: 11),
      ],
      data: [
        .fit: DataReference(
          source: .file(file), steps: [.rows(0...9), .parts([1, 3], of: 5)], content: "a b"),
        .calibrate: DataReference(source: .file(plain), steps: [], content: ""),
        .score: DataReference(source: .registered("digits"), steps: [.classes(0...4)], content: "c")
          .leavingOut(DataReference(source: .file(plain), steps: [.rows(1...2)], content: "d")),
      ],
      seed: SeedPath(pool: .tuning, seed: 7),
      measures: [MeasureRequest(column: "top", measure: "accuracy", settings: Settings(["k": .integer(3)]))],
      fingerprint: "haswell")
    var writer = CanonicalWriter()
    writer.value(specification)
    let again = try CanonicalReader.read(writer.bytes) { try $0.specification() }
    #expect(again == specification)
    #expect(again.key == specification.key)
    #expect(!writer.bytes.contains(UInt8(ascii: "\n")))
  }

  @Test(arguments: [
    "", "{", "{}x", "{\"cost\":{\"examples\":1.5}}", "{\"measures\":{\"a\":one}}", "{\"unknown\":1}", "[]",
    "{\"measures\":{\"a\":1}", "{\"cost\":{\"flops\":99999999999999999999}}", "{\"diverged\":\"\\q\"}",
    "{\"curves\":[{\"name\":\"c\",\"steps\":[1],\"values\":[]}]}", "{\"measures\":{\"a\":\"1\"}}",
  ])
  func otherTextsAreRefused(_ text: String) {
    #expect(throws: CanonicalReaderError.self) {
      try CanonicalReader.read(Array(text.utf8)) { try $0.outcome() }
    }
  }

  private func roundTrip(_ outcome: Outcome) throws -> Outcome {
    try CanonicalReader.read(outcome.canonicalForm) { try $0.outcome() }
  }
}
