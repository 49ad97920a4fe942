import Experiments

/// What a search selected. Only this module makes one, and only a committed one opens evaluation data.
package struct Frozen: Hashable, Sendable {
  /// The selected values by hyperparameter; empty where the procedure's defaults are evaluated.
  package let configuration: Settings
  /// The configurations the selected run went through, each with the unit it ended at; one for a run whose settings
  /// never changed, none for defaults.
  package let schedule: [ScheduleStretch]
  /// The state in which the selected run ended, where it is to be evaluated; none where that run diverged.
  package let model: [Artefact]
  /// The score over the tuning seeds; nil for defaults and where every configuration diverged.
  package let tuningScore: Double?
  /// The position of the selected configuration among those tried, from 0.
  package let candidate: Int
  package let candidateCount: Int
  package let divergedCount: Int
  /// SHA-256 over the search's plan and the selection.
  package let hash: Digest

  init(
    configuration: Settings, schedule: [ScheduleStretch] = [], model: [Artefact] = [], tuningScore: Double?,
    candidate: Int,
    candidateCount: Int, divergedCount: Int,
    search: String
  ) {
    self.configuration = configuration
    self.schedule = schedule
    self.model = model
    self.tuningScore = tuningScore
    self.candidate = candidate
    self.candidateCount = candidateCount
    self.divergedCount = divergedCount
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(search)
      w.value(configuration)
      w.value(candidate)
      w.value(tuningScore ?? .nan)
      if schedule.count > 1 { w.values(schedule) }
      for artefact in model { w.value(artefact.digest.hex) }
    }
    hash = Digest(of: writer.bytes)
  }

  /// The configuration of a cell that is not tuned: the declared settings.
  static func declared(_ template: TrialTemplate) -> Frozen {
    Frozen(
      configuration: Settings(), tuningScore: nil, candidate: 0, candidateCount: 0, divergedCount: 0,
      search: template.identity)
  }

  /// The text the store keeps.
  package var canonicalForm: String {
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("candidate")
      w.value(candidate)
      w.key("candidates")
      w.value(candidateCount)
      w.key("configuration")
      w.value(configuration)
      w.key("diverged")
      w.value(divergedCount)
      if schedule.count > 1 {
        w.key("schedule")
        w.array { $0.values(schedule) }
      }
      w.key("score")
      w.value(tuningScore ?? .nan)
    }
    return writer.text
  }
}

/// Where selections and looks are made durable before evaluation may start.
package protocol EvaluationGate {
  /// Returns only when all are durable.
  func commit(frozen: [Frozen], look: Look) throws
}

/// The proof that selections and the look are durable; evaluation data open to nothing else.
package struct Permit: Sendable {
  let hashes: Set<Digest>

  /// Makes the selections and the look durable.
  package static func obtain(frozen: [Frozen], look: Look, gate: some EvaluationGate) throws -> Permit {
    try gate.commit(frozen: frozen, look: look)
    return Permit(hashes: Set(frozen.map(\.hash)))
  }
}

/// A part of a run under one configuration.
package struct ScheduleStretch: Hashable, Sendable {
  /// In units from the run's very start.
  package let end: Int
  package let configuration: Settings
}

extension CanonicalWriter {
  fileprivate mutating func values(_ schedule: [ScheduleStretch]) {
    for stretch in schedule {
      value(stretch.end)
      value(stretch.configuration)
    }
  }
}
