import Experiments

/// What the store holds of a finished trial: all that a report needs.
package struct StoredTrial: Hashable, Sendable {
  package let key: TrialKey
  package let outcome: Outcome
  package let cost: MeasuredCost

  package init(key: TrialKey, outcome: Outcome, cost: MeasuredCost) {
    self.key = key
    self.outcome = outcome
    self.cost = cost
  }
}

/// A stored trial with the specification its key is the digest of, for showing and comparing keys.
package struct TrialRecord: Hashable, Sendable {
  package let trial: StoredTrial
  package let procedure: String
  /// The canonical JSON of the specification.
  package let specification: String

  package init(trial: StoredTrial, procedure: String, specification: String) {
    self.trial = trial
    self.procedure = procedure
    self.specification = specification
  }
}

/// A trial that has just finished and is to be kept.
package struct FinishedTrial: Hashable, Sendable {
  package let key: TrialKey
  package let specification: TrialSpecification
  package let outcome: Outcome
  package let cost: MeasuredCost
  /// Whether it takes the place of a stored trial whose artefacts are lost.
  package let replaces: Bool

  package init(
    key: TrialKey, specification: TrialSpecification, outcome: Outcome, cost: MeasuredCost,
    replaces: Bool = false
  ) {
    self.key = key
    self.replaces = replaces
    self.specification = specification
    self.outcome = outcome
    self.cost = cost
  }
}

/// An attempt and the trial it was an attempt at.
package struct FailedTrial: Hashable, Sendable {
  package let key: TrialKey
  package let attempt: Attempt

  package init(key: TrialKey, attempt: Attempt) {
    self.key = key
    self.attempt = attempt
  }
}

/// A selection that must be durable before evaluation data open.
package struct FrozenRecord: Hashable, Sendable {
  package let hash: Digest
  /// The canonical JSON of the selection.
  package let text: String

  package init(hash: Digest, text: String) {
    self.hash = hash
    self.text = text
  }
}

/// A look at evaluation data, as one line of its study's ledger.
package struct LookRecord: Hashable, Sendable {
  package let study: String
  package let line: String

  package init(study: String, line: String) {
    self.study = study
    self.line = line
  }
}

/// What is committed together: all of it becomes durable or none.
package struct StoreBatch: Hashable, Sendable {
  package var trials: [FinishedTrial] = []
  package var attempts: [FailedTrial] = []
  package var frozen: [FrozenRecord] = []
  package var looks: [LookRecord] = []

  package init() {}

  package var isEmpty: Bool { trials.isEmpty && attempts.isEmpty && frozen.isEmpty && looks.isEmpty }
}

/// How much the store holds.
package struct StoreCounts: Hashable, Sendable {
  package let trials: Int
  package let attempts: Int
  package let frozen: Int
  package let looks: Int

  package init(trials: Int, attempts: Int, frozen: Int, looks: Int) {
    self.trials = trials
    self.attempts = attempts
    self.frozen = frozen
    self.looks = looks
  }
}
