import EngineTestSupport
import Experiments
import Foundation
import Testing
import TrialStore

@Suite struct TrialFolderTests {
  private static let key = TrialKey(Digest(of: "a trial"))

  private func inFolder(_ body: (TrialFolder) throws -> Void) throws {
    try withTemporaryFolder { try body(TrialFolder(path: $0 + "/.assay")) }
  }

  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  @Test func artefactsLieUnderTheirDigest() throws {
    try inFolder { folder in
      let bytes: [UInt8] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let digest = try folder.keep(bytes)
      #expect(digest == Digest(of: bytes))
      #expect(folder.blobPath(digest).hasSuffix("/blobs/\(digest.hex.prefix(2))/\(digest.hex)"))
      #expect(try folder.read(digest) == bytes)
      #expect(try folder.keep(bytes) == digest)
      let empty = try folder.keep([])
      #expect(try folder.read(empty) == [])
      #expect(folder.blobs().map(\.bytes).sorted() == [0, bytes.count])
      folder.remove(digest)
      #expect(throws: ArtefactError.missing(digest)) { try folder.read(digest) }
      #expect(folder.blobs().map(\.digest) == [empty])
    }
  }

  @Test func damageIsFoundAndKeepingAgainMendsIt() throws {
    try inFolder { folder in
      let digest = try folder.keep([1, 2, 3])
      for damage: [UInt8] in [[1, 2, 4], [1, 2], [], [1, 2, 3, 4]] {
        try overwrite(folder.blobPath(digest), damage)
        #expect(throws: ArtefactError.damaged(digest)) { try folder.read(digest) }
      }
      #expect(try folder.keep([1, 2, 3]) == digest)
      #expect(try folder.read(digest) == [1, 2, 3])
    }
  }

  @Test func aFolderThatCannotBeWrittenIsAnErrorThatSaysSo() throws {
    try withTemporaryFolder { path in
      try overwrite(path + "/.assay", [])
      #expect(throws: StoreError.self) { try TrialFolder(path: path + "/.assay").keep([1]) }
    }
  }

  @Test func theFolderIsThatOfTheStore() {
    #expect(TrialFolder(besideStoreAt: ".assay/store.sqlite").path == ".assay")
    #expect(TrialFolder(besideStoreAt: "store.sqlite").path == ".")
    #expect(TrialFolder(besideStoreAt: "/store.sqlite").path == "/")
    #expect(TrialFolder(besideStoreAt: "/a/b/store.sqlite").path == "/a/b")
  }

  @Test func checkpointsAreReplacedAndRemoved() throws {
    try inFolder { folder in
      #expect(try folder.checkpoint(of: Self.key) == nil)
      try folder.save([1], of: Self.key)
      try folder.save([2, 3], of: Self.key)
      #expect(try folder.checkpoint(of: Self.key) == [2, 3])
      let other = TrialKey(Digest(of: "another trial"))
      try folder.save([9], of: other)
      folder.removeCheckpoints(of: [Self.key])
      #expect(try folder.checkpoint(of: Self.key) == nil)
      #expect(try folder.checkpoint(of: other) == [9])
      #expect(!FileManager.default.fileExists(atPath: folder.checkpointFolder(of: Self.key)))
    }
  }

  @Test func aDamagedCheckpointIsNone() throws {
    try inFolder { folder in
      try folder.save([1, 2, 3], of: Self.key)
      let path = folder.checkpointFolder(of: Self.key) + "/state"
      let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
      for damage in [
        Array(whole.dropLast()), whole + [0], Array(whole[..<10]), [UInt8](repeating: 0, count: 40),
      ] {
        try overwrite(path, damage)
        #expect(try folder.checkpoint(of: Self.key) == nil)
      }
    }
  }

  /// Writers that are killed leave either no artefact or a whole one.
  @Test func aKilledWriterLeavesWholeArtefacts() throws {
    try inFolder { folder in
      for round in 1...3 {
        let writer = try Probe.start(["keep", folder.path])
        var last = -1
        while last < 20 * round, let line = writer.nextLine() { last = Int(line) ?? last }
        writer.kill()
        let blobs = folder.blobs()
        #expect(blobs.count > last)
        for (digest, _) in blobs { #expect(try Digest(of: folder.read(digest)) == digest) }
      }
    }
  }

  @Test func aTrialCanTakeThePlaceOfAStoredOne() throws {
    try withTemporaryFolder { folder in
      let stores: [any TrialArchive] = [
        MemoryArchive(), try TrialStore(writingAt: folder + "/store.sqlite") {},
      ]
      for store in stores {
        let specification = sampleSpecification(seed: 1)
        func commit(_ value: Double, replaces: Bool) throws {
          var batch = StoreBatch()
          batch.trials = [
            FinishedTrial(
              key: specification.key, specification: specification, outcome: sampleOutcome(value),
              cost: MeasuredCost(cpuSeconds: 1, wallSeconds: 1, peakBytes: 1, host: "here"),
              replaces: replaces)
          ]
          try store.commit(batch)
        }
        func stored() throws -> Outcome? {
          try store.outcomes(for: [specification.key])[specification.key]?.outcome
        }
        try commit(1, replaces: false)
        try commit(2, replaces: false)
        #expect(try stored() == sampleOutcome(1))
        try commit(3, replaces: true)
        #expect(try stored() == sampleOutcome(3))
        #expect(try store.counts().trials == 1)
      }
    }
  }
}
