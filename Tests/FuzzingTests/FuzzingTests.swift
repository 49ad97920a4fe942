import Foundation
import Fuzzing
import Testing

/// Every input of the fuzzer's corpus, and each that once ended badly, on every landing.
@Suite struct FuzzingTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus").path

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  @Test func thereIsACorpus() { #expect(Self.names.count >= 20) }

  @Test func nothingOfTheCorpusEndsBadly() throws {
    for name in Self.names {
      let bytes = try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(name)"))
      #expect(Fuzzing.fault(Array(bytes)) == nil, "\(name)")
    }
  }

  /// Inputs cut and joined by a fixed rule: what needs no search.
  @Test func nothingCutFromTheCorpusEndsBadly() throws {
    let all = Self.names.compactMap {
      FileManager.default.contents(atPath: "\(Self.folder)/\($0)").map(Array.init)
    }
    for (number, bytes) in all.enumerated() {
      let other = all[(number * 7 + 3) % all.count]
      let joined = Array(bytes.prefix(bytes.count / 2) + other.suffix(other.count / 2))
      #expect(Fuzzing.fault(joined) == nil, "number \(number)")
    }
  }
}
