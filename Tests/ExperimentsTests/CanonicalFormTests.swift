import Experiments
import Testing

/// The bytes that are hashed: one form for equal values.
struct CanonicalFormTests {
  private func text(_ body: (inout CanonicalWriter) -> Void) -> String {
    var writer = CanonicalWriter()
    body(&writer)
    return writer.text
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (1e21, "1e+21"), (1e-7, "1e-07"),
    (1.0 / 3, "0.3333333333333333"), (.infinity, "\"inf\""), (-.infinity, "\"-inf\""), (.nan, "\"nan\""),
  ]) func numbersAreShortest(_ number: Double, _ expected: String) {
    #expect(text { $0.value(number) } == expected)
  }

  @Test func textsAreEscaped() {
    #expect(text { $0.value("a\"b\\c\n\u{1}é") } == "\"a\\\"b\\\\c\\u000a\\u0001é\"")
  }

  @Test func settingsAreSortedByName() {
    let inner = Settings(["width": .integer(64), "activation": .text("relu")])
    let settings = Settings([
      "model": .part("mlp", inner), "epochs": .integer(20), "rates": .list([.number(0.5), .flag(false)]),
    ])
    let expected = #"{"epochs":20,"model":{"mlp":{"activation":"relu","width":64}},"rates":[0.5,false]}"#
    #expect(text { $0.value(settings) } == expected)
    var other = Settings()
    for (name, value) in settings.pairs.reversed() { other[name] = value }
    #expect(text { $0.value(other) } == expected)
    #expect(other == settings)
  }

  @Test func nestedValuesAreSeparated() {
    let form = text { writer in
      writer.object { w in
        w.key("a")
        w.array { w in
          w.value(1)
          w.object { _ in }
          w.array { _ in }
          w.value("x")
        }
        w.key("b")
        w.value(true)
      }
    }
    #expect(form == #"{"a":[1,{},[],"x"],"b":true}"#)
  }

  @Test func aTrialsKeyIsTheDigestOfItsForm() {
    func trial(seed: Int, path: String) -> TrialSpecification {
      let file = AuthorFile(name: "mine", path: path, target: "y", group: nil, kind: .classification)
      return TrialSpecification(
        procedure: "classifier", settings: Settings(["epochs": .integer(20)]),
        revisions: [
          PartRevision(family: .procedure, name: "classifier", revision: 2),
          PartRevision(family: .measure, name: "accuracy", revision: 1),
        ],
        data: [
          .score: DataReference(source: .registered("iris"), steps: [.parts([5], of: 5)], content: "c0"),
          .fit: DataReference(source: .file(file), steps: [.classes(0...1)], content: "c1"),
        ], seed: SeedPath(pool: .evaluation, seed: seed),
        measures: [MeasureRequest(column: "accuracy", measure: "accuracy", settings: Settings())],
        fingerprint: "f")
    }
    let one = trial(seed: 7, path: "a.csv")
    #expect(
      String(decoding: one.canonicalForm, as: UTF8.self) == #"{"data":{"#
        + #""fit":"c1/target y/group /classification/classes 0-1","score":"c0/part 5 of 5"},"#
        + #""fingerprint":"f","measures":{"accuracy":{"accuracy":{}}},"procedure":"classifier","#
        + #""revisions":["measure accuracy 1","procedure classifier 2"],"seed":"evaluation 7","#
        + #""settings":{"epochs":20}}"#)
    #expect(one.key == TrialKey(Digest(of: one.canonicalForm)))
    #expect(one.key == trial(seed: 7, path: "elsewhere/b.csv").key)
    #expect(one.key != trial(seed: 8, path: "a.csv").key)
  }
}
