import Diagnostics
import Experiments
import Foundation
import Studies
import TrialStore

/// Prints for the trials of studies whether the store has them and, where it has not, what differs.
///
/// - Parameter each: whether to print a line for every trial instead of one for trials with the same reason.
/// - Returns: whether the studies are sound.
package func why(_ studies: [String], profile: String, store path: String, each: Bool) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  let store = try TrialStore.reading(at: path)
  var isSound = true
  for path in try StudyFiles.find(studies) {
    guard let study = loader.load(path, profile: profile) else {
      isSound = false
      continue
    }
    Console.output("\(path) (\(profile))")
    let trials = try NamedTrials.of(study.experiments, archive: store)
    let text = WhyText(study: study, trials: trials, store: store)
    for line in try each ? text.everyTrial() : text.summary() { Console.output(line) }
  }
  return isSound
}

/// The hits and misses of a study in words.
private struct WhyText {
  let study: CheckedStudy
  let trials: [NamedTrial]
  let store: TrialStore?

  /// Misses of one experiment and phase with the same reason.
  private struct Group {
    var places: [Int]
    let omission: KeyOmission?
    let neighbour: TrialKey?
  }

  private func missing(_ experiment: Int) -> [NamedTrial] {
    trials.filter { $0.experiment == experiment && !$0.isStored }
  }

  private func explanation(_ missing: [NamedTrial], _ store: TrialStore) throws -> MissExplanation {
    try MissExplanation(
      missing.map { trial in
        (trial.specification, Self.searched(study.experiments[trial.experiment]))
      }, in: store)
  }

  /// A few lines an experiment.
  func summary() throws -> [String] {
    try study.experiments.indices.flatMap { index -> [String] in
      let own = trials.filter { $0.experiment == index }
      var lines = TrialPhase.allCases.compactMap { phaseLine($0, own, study.experiments[index]) }
        .map { "  \(study.experiments[index].name): \($0)" }
      let all = missing(index)
      guard !all.isEmpty else { return lines }
      guard let store else { return lines + ["    there is no store yet"] }
      let compared = Self.spread(all)
      let explanation = try explanation(compared, store)
      let groups = TrialPhase.allCases.flatMap { self.groups(explanation, compared, $0) }
      let nearest = try explanation.nearest(
        to: groups.filter { $0.neighbour == nil }.map { $0.places[0] }, in: store)
      for group in groups {
        let neighbour = group.neighbour ?? nearest[group.places[0]]
        lines.append("    " + (try line(group, neighbour, compared, store)))
      }
      if compared.count < all.count {
        lines.append(
          "    \(count(all.count - compared.count, "further miss", "further misses")) not compared; the others "
            + "are spread evenly over all")
      }
      return lines
    }
  }

  /// As many of the misses as a summary compares, evenly spread.
  private static func spread(_ missing: [NamedTrial]) -> [NamedTrial] {
    let most = min(missing.count, 1_000)
    return (0..<most).map { missing[$0 * missing.count / most] }
  }

  /// `hit KEY …` or `miss KEY …: what differs`, one line a trial.
  func everyTrial() throws -> [String] {
    var reasons: [TrialKey: String] = [:]
    let missing = Array(trials.filter { !$0.isStored }.prefix(MissExplanation.most))
    if let store, !missing.isEmpty {
      for (trial, explained) in zip(missing, try explanation(missing, store).explained) {
        reasons[trial.specification.key] =
          explained.omission.map { "\($0.name) \($0.verb)" }
          ?? "several fields differ"
      }
    }
    return trials.map { trial in
      let key = trial.specification.key
      let seed = trial.specification.seed
      let place = "\(study.experiments[trial.experiment].name), \(seed.pool.rawValue) seed \(seed.seed)"
      if trial.isStored { return "  hit  \(key.digest.short)  \(place)" }
      return "  miss \(key.digest.short)  \(place): \(reasons[key] ?? "not in the store")"
    }
  }

  private func phaseLine(
    _ phase: TrialPhase, _ trials: [NamedTrial], _ experiment: CheckedExperiment
  ) -> String? {
    if phase == .tuning, experiment.plan.searches.isEmpty { return nil }
    let own = trials.filter { $0.phase == phase }
    let hits = own.count(where: \.isStored)
    if own.isEmpty { return "evaluation trials are not known before the tuning is done" }
    let known = "\(NumberText.count(hits)) of \(count(own.count, "\(phase.rawValue) trial")) in the store"
    let rest = phase == .tuning && hits < own.count ? "; what follows from the others is not known yet" : ""
    return known + rest
  }

  private func groups(
    _ explanation: MissExplanation, _ missing: [NamedTrial], _ phase: TrialPhase
  ) -> [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for (place, explained) in explanation.explained.enumerated() where missing[place].phase == phase {
      let name = explained.omission?.name ?? ""
      if let group = places[name] {
        groups[group].places.append(place)
      } else {
        places[name] = groups.count
        groups.append(
          Group(places: [place], omission: explained.omission, neighbour: explained.neighbour))
      }
    }
    return groups.sorted { a, b in
      guard let first = a.omission?.rank else { return false }
      return b.omission.map { first < $0.rank } ?? true
    }
  }

  private func line(
    _ group: Group, _ neighbour: TrialKey?, _ missing: [NamedTrial], _ store: TrialStore
  ) throws -> String {
    let first = missing[group.places[0]]
    let miss =
      "\(count(group.places.count, "\(first.phase.rawValue) trial")) "
      + (group.places.count == 1 ? "misses: " : "miss: ")
    guard let nearest = neighbour, let record = try store.trials(matchingPrefix: nearest.digest.hex).first
    else {
      return miss + "no trial of the procedure '\(first.specification.procedure)' is in the store"
    }
    let mine = try KeyFields(first.specification.canonicalForm)
    let differences = mine.differences(from: try KeyFields(Array(record.specification.utf8)))
    let named = group.omission?.name ?? ""
    // What was changed comes before what follows from it.
    let ordered =
      differences.filter { named.hasPrefix(KeyOmission.name(of: $0.path)) }
      + differences.filter { !named.hasPrefix(KeyOmission.name(of: $0.path)) }
    let example = ordered.map { difference in
      let name = KeyOmission.name(of: difference.path)
      return (name == named ? "" : "\(name) ")
        + "\(shown(difference.mine)) where the store has \(shown(difference.theirs))"
    }
    let reason =
      group.omission.map { "\($0.name) \($0.verb)" } ?? "several fields differ from every stored trial"
    return miss + "\(reason), e.g. \(example.joined(separator: "; ")) "
      + "(\(first.specification.key.digest.short), nearest \(nearest.digest.short))"
  }

  /// A field's value; digests are cut.
  private func shown(_ value: String?) -> String {
    guard let value else { return "nothing" }
    if value.isEmpty { return "all" }
    return Digest(hex: value)?.short ?? value
  }

  private static func searched(_ experiment: CheckedExperiment) -> [String] {
    var paths: [String] = []
    for search in experiment.plan.searches {
      for dimension in search.space.dimensions {
        let path = "with." + dimension.path.joined(separator: ".")
        if !paths.contains(path) { paths.append(path) }
      }
    }
    return paths.sorted()
  }
}
