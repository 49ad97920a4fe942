import Experiments
import Testing

/// SHA-256 against the examples of FIPS 180-4, and its texts.
struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]) func standardExamples(_ text: String, _ hex: String) throws {
    let digest = Digest(of: text)
    #expect(digest.hex == hex)
    #expect(digest.short == hex.prefix(12))
    #expect(Digest(hex: hex) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(String(digest.seed, radix: 16) == String(hex.prefix(16)))
  }

  @Test(arguments: ["", "ba78", String(repeating: "g", count: 64), String(repeating: "é", count: 32)])
  func otherTextsAreNoDigests(_ text: String) {
    #expect(Digest(hex: text) == nil)
  }

  @Test func digestsAreOrderedByBytes() {
    let digests = ["abc", "", "x"].map { Digest(of: $0) }.sorted()
    #expect(digests.map(\.hex) == digests.map(\.hex).sorted())
  }
}
