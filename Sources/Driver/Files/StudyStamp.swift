import Experiments
import Foundation
import Reports

/// What a complete report was made from, kept beside the reports: while nothing of it has changed, the report is what
/// a build would write, and nothing needs to be read or rendered.
struct StudyStamp: Codable {
  /// A file as it was; its digest is `absent` where there was none.
  struct File: Codable, Hashable {
    let path: String
    let digest: String
  }

  /// The author's table as it was declared and read.
  struct Table: Codable {
    let name: String
    let path: String
    let target: String
    let group: String?
    let kind: String
    let content: String
  }

  let surroundings: Surroundings
  /// The study, its ledger, templates and data files.
  let inputs: [File]
  let tables: [Table]
  let outputs: [File]
  /// The study's line in the index.
  let line: IndexEntry
  /// What a strict build must not let pass.
  let findings: [String]
  /// Whether some experiment was left out for want of what its program needs. While nothing changes make has nothing to
  /// do; a build that is asked for looks again whether it is there.
  let isPartial: Bool

  /// What reports depend on besides files.
  struct Surroundings: Codable, Equatable {
    /// The program that made it.
    let tool: String
    let numerics: String
    let profile: String
    /// The store's own name; a report does not outlive its trials.
    let store: String
  }

  /// Whether a build would write the same report.
  ///
  /// - Parameter content: the content of an author's table now; nil where it cannot be had.
  func isCurrent(
    in surroundings: Surroundings, digests: FileDigests, content: (AuthorFile) -> String?
  ) -> Bool {
    !isPartial && self.surroundings == surroundings
      && (inputs + outputs).allSatisfy { digests[$0.path] == $0.digest }
      && tables.allSatisfy { table in
        guard let kind = TargetKind(rawValue: table.kind) else { return false }
        let file = AuthorFile(
          name: table.name, path: table.path, target: table.target, group: table.group, kind: kind)
        return content(file) == table.content
      }
  }
}
