import Experiments
import Parts
import Procedures
import Reports
import Studies

/// Where a report's numbers come from, and the digest two people can compare.
enum Provenance {
  static func facts(_ outcome: StudyOutcome) -> [Fact] {
    var facts = [
      Fact("Assay", assayVersion), Fact("Numerics", numericsDescription()),
      Fact("Profile", outcome.study.profile),
    ]
    for reference in references(outcome) {
      let name = reference.setName
      switch reference.source {
      case .registered:
        let source = partCatalogue[.dataset, name]?.dataset
        facts.append(
          Fact(
            "Data: \(name)",
            "\(source?.source ?? ""), \(source?.licence ?? ""); content \(reference.content.prefix(12))"))
      case .file(let file):
        facts.append(
          Fact(
            "Data: \(name)",
            "the author's own file, target \(file.target); content \(reference.content.prefix(12))"))
      }
    }
    for results in outcome.study.results {
      facts.append(
        Fact("Results: \(results.name)", "external, \(results.file); content \(results.contentDigest.short)"))
    }
    if !outcome.results.isEmpty { facts.append(Fact("Parts", revisions(outcome).joined(separator: "; "))) }
    return facts
  }

  /// SHA-256 over the digests of all experiments' evaluation rows and of all results made elsewhere.
  static func digest(_ outcome: StudyOutcome) -> Digest {
    let parts =
      outcome.results.map { "\($0.experiment.name) \($0.digest.hex)" }
      + outcome.study.results.map { "\($0.name) \($0.digest.hex)" }
    return Digest(of: parts.joined(separator: "\n"))
  }

  /// One reference a data set, in the order of the experiments.
  private static func references(_ outcome: StudyOutcome) -> [DataReference] {
    var seen: Set<String> = []
    var found: [DataReference] = []
    for reference in outcome.results.flatMap(\.experiment.plan.sources)
    where seen.insert(reference.setName).inserted {
      found.append(reference)
    }
    return found
  }

  private static func revisions(_ outcome: StudyOutcome) -> [String] {
    Set(outcome.results.flatMap(\.experiment.plan.revisions)).map(\.text).sorted()
  }
}
