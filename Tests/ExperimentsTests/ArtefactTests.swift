import Experiments
import Testing

@Suite struct ArtefactTests {
  private static func row(_ number: UInt64) -> RowDigest { RowDigest(high: number, low: ~number) }

  private static let content = ArtefactContent(
    items: [row(1), row(2), row(3)],
    arrays: [
      .init(name: "logits", shape: [3, 2], values: [1, -0.5, .nan, .infinity, 1e-40, 0]),
      .init(name: "margin", shape: [3], values: [0.25, -0, 7]),
    ])

  @Test func contentComesBackBitByBit() throws {
    let bytes = Self.content.bytes
    let back = try ArtefactContent(bytes: bytes)
    #expect(back.bytes == bytes)
    #expect(back.items == Self.content.items)
    for (a, b) in zip(back.arrays, Self.content.arrays) {
      #expect(a.name == b.name && a.shape == b.shape)
      #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
    }
    let whole = ArtefactContent(arrays: [.init(name: "parameters", shape: [2], values: [1, 2])])
    #expect(try ArtefactContent(bytes: whole.bytes) == whole)
  }

  @Test func rowsAreFoundByItemInTheOrderAskedFor() throws {
    let rows = try Self.content.rows(Self.content.arrays[0], of: [Self.row(3), Self.row(1)])
    #expect(rows == [1e-40, 0, 1, -0.5])
    #expect(throws: ArtefactError.malformed("it lacks the item \(Self.row(4).hex)")) {
      try Self.content.rows(Self.content.arrays[0], of: [Self.row(4)])
    }
  }

  /// Whatever is cut off or changed in the head ends in an error, never in a trap or in other numbers.
  @Test func malformedBytesAreRefused() {
    let bytes = Self.content.bytes
    for count in 0..<bytes.count {
      #expect(throws: ArtefactError.self) { try ArtefactContent(bytes: Array(bytes[..<count])) }
    }
    #expect(throws: ArtefactError.self) { try ArtefactContent(bytes: bytes + [0]) }
    for head in [
      #"{"arrays":[{"name":"a","shape":[-1]}]}"#,
      #"{"arrays":[{"name":"a","shape":[9223372036854775807,9]}]}"#,
      #"{"arrays":[],"items":9223372036854775807}"#, #"{"arrays":[{"name":"a","shape":[1]}],"items":2}"#,
      "{}x",
    ] {
      let bytes = Array("assay-artefact 1\n\(head)\n".utf8) + [UInt8](repeating: 0, count: 64)
      #expect(throws: ArtefactError.self) { try ArtefactContent(bytes: bytes) }
    }
  }

  @Test func twinsHaveIdsOfTheirOwn() {
    let first = Self.row(7)
    #expect(first.twin(0) == first)
    #expect(Set((0..<5).map(first.twin)).count == 5)
    #expect(first.hex == "0000000000000007fffffffffffffff8")
  }

  // MARK: Keys

  private static func artefact(_ text: String, name: String = "logits") -> Artefact {
    Artefact(name: name, kind: .logits, digest: Digest(of: text), bytes: text.utf8.count)
  }

  private static func specification(
    kept: [String] = [], inputs: [TrialInput] = []
  ) -> TrialSpecification {
    TrialSpecification(
      procedure: "p", settings: Settings(), revisions: [], data: [:],
      seed: SeedPath(pool: .auxiliary, seed: 1), measures: [], kept: kept, inputs: inputs, fingerprint: "f")
  }

  private static func input(_ texts: [String]) -> TrialInput {
    TrialInput(name: "logits", sources: texts.map { .init(artefacts: [artefact($0)]) })
  }

  @Test func whatIsKeptAndStartedFromIsInTheKey() {
    let keys = [
      Self.specification(), Self.specification(kept: ["logits"]),
      Self.specification(kept: ["logits", "weights"]),
      Self.specification(inputs: [Self.input(["a", "b"])]),
      Self.specification(inputs: [Self.input(["b", "a"])]),
      Self.specification(inputs: [Self.input(["a"])]),
      Self.specification(inputs: [TrialInput(name: "logits", sources: [.init(artefacts: [])])]),
    ].map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(
      Self.specification(kept: ["weights", "logits"]).key
        == Self.specification(
          kept: ["logits", "weights"]).key)
  }

  @Test func aTrialWithoutStagesHasTheKeyItAlwaysHad() {
    let form = String(decoding: Self.specification().canonicalForm, as: UTF8.self)
    #expect(!form.contains("inputs") && !form.contains("kept"))
  }

  @Test func artefactsTravelByDigestAndComeBack() throws {
    let outcome = Outcome(
      status: .finished, measures: ["a": 1], curves: [], cost: CountedCost(),
      artefacts: [Self.artefact("w", name: "weights"), Self.artefact("l")])
    let back = try CanonicalReader.read(outcome.canonicalForm) { try $0.outcome() }
    #expect(back == outcome)
    #expect(back.artefacts.map(\.name) == ["logits", "weights"])
    var writer = CanonicalWriter()
    let specification = Self.specification(kept: ["logits"], inputs: [Self.input(["a", "b"])])
    writer.value(specification)
    #expect(try CanonicalReader.read(writer.bytes) { try $0.specification() } == specification)
  }
}
