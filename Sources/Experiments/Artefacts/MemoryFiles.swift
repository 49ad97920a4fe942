import Synchronization

/// Artefacts and checkpoints that are forgotten at the end: for tests of procedures.
package final class MemoryFiles: TrialFiles {
  private struct State {
    var blobs: [Digest: [UInt8]] = [:]
    var checkpoints: [TrialKey: [UInt8]] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package func keep(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    state.withLock { $0.blobs[digest] = bytes }
    return digest
  }

  package func read(_ digest: Digest) throws -> [UInt8] {
    guard let bytes = state.withLock({ $0.blobs[digest] }) else { throw ArtefactError.missing(digest) }
    return bytes
  }

  package func save(_ checkpoint: [UInt8], of trial: TrialKey) throws {
    state.withLock { $0.checkpoints[trial] = checkpoint }
  }

  package func checkpoint(of trial: TrialKey) throws -> [UInt8]? { state.withLock { $0.checkpoints[trial] } }
}
