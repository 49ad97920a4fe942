/// A measure asked of a trial, and the column its value goes to.
package struct MeasureRequest: Hashable, Sendable {
  package let column: String
  package let measure: String
  package let settings: Settings

  package init(column: String, measure: String, settings: Settings) {
    self.column = column
    self.measure = measure
    self.settings = settings
  }
}

/// Everything a trial's outcome depends on, and nothing else: the unit of caching, scheduling and distribution.
package struct TrialSpecification: Hashable, Sendable {
  /// The registered procedure's name.
  package let procedure: String
  /// Complete settings of the procedure, parts and their settings included.
  package let settings: Settings
  /// Every part used, procedure and measures included, with its revision.
  package let revisions: [PartRevision]
  /// The rows the trial may open, by role.
  package let data: [DataRole: DataReference]
  package let seed: SeedPath
  /// Where a partial run stops, in units of its procedure's resource from the run's very start; nil for a whole run.
  package let budget: Int?
  package let measures: [MeasureRequest]
  /// The artefacts that the trial is to keep, by name.
  package let kept: [String]
  /// What the trial starts from, by input.
  package let inputs: [TrialInput]
  /// The author's program that runs it; nil for a registered procedure.
  package let command: CommandCall?
  /// Engine, kernel family and library version that fix the bits.
  package let fingerprint: String
  /// The trial's identity: the SHA-256 of its canonical form.
  package private(set) var key: TrialKey

  package init(
    procedure: String, settings: Settings, revisions: [PartRevision], data: [DataRole: DataReference],
    seed: SeedPath, budget: Int? = nil, measures: [MeasureRequest], kept: [String] = [],
    inputs: [TrialInput] = [],
    command: CommandCall? = nil, fingerprint: String
  ) {
    self.procedure = procedure
    self.settings = settings
    self.revisions = revisions.sorted { ($0.family.rawValue, $0.name) < ($1.family.rawValue, $1.name) }
    self.data = data
    self.seed = seed
    self.budget = budget
    self.measures = measures.sorted { $0.column < $1.column }
    self.kept = kept.sorted()
    self.inputs = inputs.sorted { $0.name < $1.name }
    self.command = command
    self.fingerprint = fingerprint
    key = TrialKey(Digest(of: ""))
    key = TrialKey(Digest(of: canonicalForm))
  }

  /// The canonical JSON that is hashed and that the store keeps.
  package var canonicalForm: [UInt8] {
    var writer = CanonicalWriter()
    writer.object { w in
      if let budget {
        w.key("budget")
        w.value(budget)
      }
      if let command {
        w.key("command")
        w.object { $0.identity(of: command) }
      }
      w.key("data")
      w.object { w in
        for (role, reference) in data.sorted(by: { $0.key < $1.key }) {
          w.key(role.rawValue)
          w.value(reference.identity)
        }
      }
      w.key("fingerprint")
      w.value(fingerprint)
      if !inputs.isEmpty {
        w.key("inputs")
        w.identity(of: inputs)
      }
      if !kept.isEmpty {
        w.key("kept")
        w.array { w in for name in kept { w.value(name) } }
      }
      w.key("measures")
      w.object { w in
        for request in measures {
          w.key(request.column)
          w.value(Setting.part(request.measure, request.settings))
        }
      }
      w.key("procedure")
      w.value(procedure)
      w.key("revisions")
      w.array { w in for revision in revisions { w.value(revision.text) } }
      w.key("seed")
      w.value("\(seed.pool.rawValue) \(seed.seed)")
      w.key("settings")
      w.value(settings)
    }
    return writer.bytes
  }
}

/// A registered part as it was when a result was made.
package struct PartRevision: Hashable, Sendable {
  package let family: PartFamily
  package let name: String
  package let revision: Int

  package init(family: PartFamily, name: String, revision: Int) {
    self.family = family
    self.name = name
    self.revision = revision
  }

  package var text: String { "\(family.rawValue) \(name) \(revision)" }
}

/// The identity of a trial.
package struct TrialKey: Hashable, Comparable, Sendable {
  package let digest: Digest

  package init(_ digest: Digest) { self.digest = digest }

  package static func < (a: Self, b: Self) -> Bool { a.digest < b.digest }
}
