import Diagnostics
import Experiments
import Markup
import Procedures
import Studies
import Testing

/// Runs made elsewhere, from the file to the tidy table.
@Suite struct ResultsTests {
  /// A resolver that holds one file.
  private final class OneFile: DataResolver {
    let text: String

    init(_ text: String) { self.text = text }

    func content(of source: DataSource) throws -> String { "" }
    func rowCount(_ reference: DataReference) throws -> Int { 0 }
    func sharedRows(_ a: DataReference, _ b: DataReference) throws -> Int { 0 }
    func digest(ofFile path: String) -> Digest? { nil }
    func hasResults(at path: String) -> Bool { true }
    func results(at path: String, log: inout DiagnosticLog) -> SourceText? {
      StudyFile.text(Array(text.utf8), path: path, limit: StudyFile.maximumResultBytes, log: &log)
    }
  }

  private func results(_ text: String, file: String = "runs.csv", block: String) throws -> CheckedResults {
    let study = "---\ntitle: T\n---\n\n```results runs\nfile: \(file)\n\(block)\n```\n"
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "studies/t.md", text: study), log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: OneFile(text), fingerprint: "test", tuner: testTuner)
    let found = reading.study(document, profile: "quick", log: &log)
    return try #require(found, "\(log.sorted.map(\.rendered))").results[0]
  }

  @Test func csvAndJSONLinesGiveTheSameTable() throws {
    let block = "factors: [method, width]\nunit: seed\nmeasure: {score: \"Score, final\"}"
    let csv = try results(
      #"""
      method,width,seed,"Score, final",note
      "a ""x""",16,0,0.5,first
      b,8,0, 1e-1 ,

      b,8,1,,last
      """#, block: block)
    let json = try results(
      """
      {"method": "a \\"x\\"", "width": 16, "seed": 0, "Score, final": 0.5, "note": "first"}
      {"seed": 0, "width": 8, "method": "\\u0062", "Score, final": 1e-1, "note": null}

      {"method": "b", "width": 8, "seed": 1, "Score, final": null, "note": "last"}
      """, file: "runs.jsonl", block: block)
    for (results, lines) in [(csv, [2, 3, 5]), (json, [1, 2, 4])] {
      let table = results.table
      #expect(table.columnNames == ["method", "width", "seed", "score"])
      #expect((0..<3).map { table.text("method", row: $0) } == ["a \"x\"", "b", "b"])
      #expect((0..<3).map { table.text("width", row: $0) } == ["16", "8", "8"])
      #expect((0..<3).map { table.text("score", row: $0) } == ["0.5", "0.1", ""])
      #expect(results.lines == lines && results.missing == 1 && results.unused == ["note"])
      #expect(results.schema.isExternal && !results.schema.isLeaky)
      #expect(results.schema.column("method")?.levels == ["a \"x\"", "b"])
      #expect(results.schema.column("width")?.levels == ["8", "16"])
      #expect(results.schema.column("seed")?.role == .unit)
    }
    #expect(csv.contentDigest != json.contentDigest)
  }

  @Test func unitsAreCrossedUnlessNested() throws {
    let text = "fold,repeat,seed,score\n0,0,0,1\n0,0,1,2\n0,1,0,3\n1,0,0,4\n"
    let crossed = try results(text, block: "unit: [fold, repeat, seed]\nmeasure: score")
    #expect(crossed.schema.nestedIn.isEmpty)
    let nested = try results(
      text, block: "unit: [fold, repeat, seed]\nnested: {seed: repeat, repeat: fold}\nmeasure: score")
    #expect(nested.schema.nestedIn == ["seed": ["fold", "repeat"], "repeat": ["fold"]])
    #expect(nested.digest != crossed.digest)
  }

  @Test func theDigestIsOfTheFileAndOfWhatIsMadeOfIt() throws {
    let text = "method,seed,score,other\na,0,0.5,1\n"
    let first = try results(text, block: "factors: method\nmeasure: score")
    #expect(try results(text, block: "measure: score\nfactors: [method]").digest == first.digest)
    #expect(try results(text, block: "factors: method\nmeasure: {score: other}").digest != first.digest)
    #expect(try results(text + "\n", block: "factors: method\nmeasure: score").digest != first.digest)
    #expect(first.contentDigest == Digest(of: text))
  }

  @Test func aHugeFileIsRefusedBeforeItIsRead() {
    var log = DiagnosticLog()
    let bytes = [UInt8](repeating: 48, count: StudyFile.maximumResultBytes + 1)
    #expect(StudyFile.text(bytes, path: "runs.csv", limit: StudyFile.maximumResultBytes, log: &log) == nil)
    #expect(
      log.sorted.map(\.rendered) == [
        """
        assay: error: 'runs.csv' is larger than 32 MiB [file-too-large]
           note: finished runs are a row each, not their curves
           fix: keep the columns the study names, or average within runs
        """
      ])
  }
}
