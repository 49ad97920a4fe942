/// What an artefact is, which decides who can take it.
package enum ArtefactKind: String, Sendable, CaseIterable {
  /// Learned parameters.
  case weights
  /// Scores before the softmax, a row an item and a column a class.
  case logits
  /// Inner representations, a row an item.
  case features
  /// Numbers that judge items, such as how hard each is to learn.
  case scores
  /// What was predicted of items beside what was true, a column a quantity.
  case predictions
  /// Data that a trial made.
  case generated
  /// A run's whole state, from which it can go on.
  case state

  /// Whether it holds a row for each of some items.
  package var isAboutItems: Bool { ![.weights, .generated, .state].contains(self) }
}

/// Something a trial gave besides its measures, known by what it holds: equal bytes have equal digests.
package struct Artefact: Hashable, Sendable {
  package let name: String
  package let kind: ArtefactKind
  /// SHA-256 of the bytes, under which they are kept.
  package let digest: Digest
  package let bytes: Int

  package init(name: String, kind: ArtefactKind, digest: Digest, bytes: Int) {
    self.name = name
    self.kind = kind
    self.digest = digest
    self.bytes = bytes
  }
}

/// What a trial starts from under one of its procedure's inputs: the artefacts of one earlier trial or of several, in
/// the order of the study.
package struct TrialInput: Hashable, Sendable {
  /// The artefacts of one earlier trial.
  package struct Source: Hashable, Sendable {
    /// By name; empty where that trial diverged.
    package let artefacts: [Artefact]

    package init(artefacts: [Artefact]) { self.artefacts = artefacts.sorted { $0.name < $1.name } }

    package var hasDiverged: Bool { artefacts.isEmpty }
  }

  package let name: String
  package let sources: [Source]

  package init(name: String, sources: [Source]) {
    self.name = name
    self.sources = sources
  }
}

/// Where a trial's artefacts and checkpoints lie: files beside the store, or memory in tests.
package protocol TrialFiles: Sendable {
  /// Keeps bytes under their digest; they are durable when this returns. Keeping them again changes nothing.
  func keep(_ bytes: [UInt8]) throws -> Digest
  /// The bytes of that digest. Throws an `ArtefactError` where they are missing or are no longer those.
  func read(_ digest: Digest) throws -> [UInt8]
  /// Replaces the checkpoint of a trial; after a kill either the old or the new one is whole.
  func save(_ checkpoint: [UInt8], of trial: TrialKey) throws
  /// The trial's last checkpoint; nil where there is none or it is damaged.
  func checkpoint(of trial: TrialKey) throws -> [UInt8]?
}

/// Why an artefact cannot be read.
package enum ArtefactError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(Digest)
  case damaged(Digest)
  /// The bytes are whole but not in the form that is read here.
  case malformed(String)

  package var description: String {
    switch self {
    case .missing(let digest): "the artefact \(digest.short) is missing"
    case .damaged(let digest): "the artefact \(digest.short) is damaged: its bytes have another digest"
    case .malformed(let reason): "the artefact is not in the form that is read here: \(reason)"
    }
  }
}
