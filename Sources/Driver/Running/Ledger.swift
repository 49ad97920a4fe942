import Claims
import Experiments
import Foundation
import Protocols

/// The hash-chained record of every look at a study's evaluation data, in `<slug>.ledger` beside the study.
///
/// One line of canonical JSON a look, each naming the SHA-256 of the line before it. A look that is already recorded
/// adds nothing, so a rebuild from an empty store changes no byte. The file is committed with the study.
package struct Ledger: Sendable {
  /// One recorded look.
  package struct Entry: Codable, Hashable, Sendable {
    package let claims: [String: String]
    package let evaluation: String
    package let experiment: String
    /// Digest over the hashes of the selections that were evaluated: evidence, not identity.
    package let frozen: String
    package let plan: String
    package let previous: String
    package let profile: String
    /// By digest: what the claims say that stand here in a form whose text no earlier line holds.
    package let statements: [String: String]?

    /// The line as it stands in the file.
    var line: String {
      var writer = CanonicalWriter()
      writer.object { w in
        w.key("claims")
        w.object { w in
          for (name, digest) in claims.sorted(by: { $0.key < $1.key }) {
            w.key(name)
            w.value(digest)
          }
        }
        for (name, value) in [
          ("evaluation", evaluation), ("experiment", experiment), ("frozen", frozen), ("plan", plan),
          ("previous", previous), ("profile", profile),
        ] {
          w.key(name)
          w.value(value)
        }
        if let statements {
          w.key("statements")
          w.object { w in
            for (digest, text) in statements.sorted(by: { $0.key < $1.key }) {
              w.key(digest)
              w.value(text)
            }
          }
        }
      }
      return writer.text
    }

    func records(_ look: Look) -> Bool {
      experiment == look.experiment && profile == look.profile && plan == look.plan.hex
        && evaluation == look.evaluation.hex
    }
  }

  package private(set) var entries: [Entry] = []
  /// Why the file cannot be trusted; nil where the chain holds.
  package private(set) var damage: String?
  private let path: String

  /// Reads the ledger of a study; a missing file is an empty ledger.
  package init(studyPath: String) {
    path = Self.path(of: studyPath)
    guard let data = FileManager.default.contents(atPath: path) else { return }
    var previous = Self.start
    for (number, line) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated() {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)), entry.line == line,
        entry.previous == previous
      else {
        damage = "line \(number + 1) of the ledger does not follow from the lines before it"
        return
      }
      entries.append(entry)
      previous = Digest(of: String(line)).hex
    }
  }

  /// Where the ledger of a study lies.
  static func path(of study: String) -> String {
    study.hasSuffix(".md") ? String(study.dropLast(3)) + ".ledger" : study + ".ledger"
  }

  /// The hash of the last line: two people with the same head have the same history.
  package var head: String? { entries.last.map { Digest(of: $0.line).hex } }

  /// The hashes of all lines.
  var hashes: [String] { entries.map { Digest(of: $0.line).hex } }

  package func contains(_ look: Look) -> Bool { entries.contains { $0.records(look) } }

  /// The entry that a look will be; nil where it is recorded already.
  ///
  /// - Throws: `LedgerError` where the chain is broken.
  func entry(for look: Look, frozen: [Frozen], claims: [Claim]) throws -> Entry? {
    if let damage { throw LedgerError(path: path, reason: damage) }
    guard !contains(look) else { return nil }
    var (digests, statements): ([String: String], [String: String]) = ([:], [:])
    for claim in claims {
      let digest = claim.digest.hex
      digests[claim.name] = digest
      if text(of: digest) == nil { statements[digest] = claim.statement.text }
    }
    return Entry(
      claims: digests, evaluation: look.evaluation.hex, experiment: look.experiment,
      frozen: Digest(of: frozen.map(\.hash.hex).joined()).hex, plan: look.plan.hex,
      previous: head ?? Self.start,
      profile: look.profile, statements: statements.isEmpty ? nil : statements)
  }

  /// What a claim of that digest says; nil where no line holds its text.
  private func text(of digest: String) -> String? { entries.lazy.compactMap { $0.statements?[digest] }.first }

  /// Appends an entry and makes it durable.
  mutating func append(_ entry: Entry) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    guard descriptor >= 0 else { throw LedgerError(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    let bytes = Array((entry.line + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw LedgerError(path: path, reason: String(cString: strerror(errno)))
    }
    entries.append(entry)
  }

  /// After which look a claim took its present form; nil where it stood so at the first look.
  package func lateClaim(_ name: String, digest: Digest) -> Int? {
    guard !entries.isEmpty else { return nil }
    let first = entries.firstIndex { $0.claims[name] == digest.hex }
    switch first {
    case 0?: return nil
    case let index?: return index
    case nil: return entries.count
    }
  }

  /// Claims that stood at a look and are in the study no more, by name, each with the last look it stood at and what
  /// it said there.
  package func withdrawnClaims(now names: [String]) -> [(name: String, look: Int, text: String?)] {
    var last: [String: (look: Int, digest: String)] = [:]
    for (number, entry) in entries.enumerated() {
      for (name, digest) in entry.claims { last[name] = (number + 1, digest) }
    }
    return last.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value.look, text(of: $0.value.digest))
    }
  }

  /// What a claim said at earlier looks in other forms than its present one, each with the first look it stood at.
  package func formerTexts(of name: String, now digest: Digest) -> [(look: Int, text: String)] {
    var seen: Set<String> = [digest.hex]
    return entries.enumerated().compactMap { number, entry in
      guard let form = entry.claims[name], seen.insert(form).inserted else { return nil }
      return text(of: form).map { (number + 1, $0) }
    }
  }

  /// How many different claims stood at some look in a form that is not among those of today: withdrawn, or changed.
  ///
  /// A renamed claim keeps its form and is not one of them.
  package func formerClaims(now digests: [Digest]) -> Int {
    Set(entries.flatMap(\.claims.values)).subtracting(digests.map(\.hex)).count
  }

  private static let start = String(repeating: "0", count: 64)
}

/// Why a look could not be recorded; without its record evaluation does not start.
package struct LedgerError: Error, CustomStringConvertible {
  let path: String
  let reason: String

  package var description: String {
    "the ledger '\(path)' cannot record this look: \(reason); restore the file from version control, then build again"
  }
}
