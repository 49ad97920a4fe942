import Experiments
import Parts

/// What all trials of a cell have in common: everything but rows, seed and searched hyperparameters.
package struct TrialTemplate: Sendable {
  package let procedure: String
  /// Complete settings; searched hyperparameters stand at their defaults.
  package let settings: Settings
  package let measures: [MeasureRequest]
  /// The artefacts that evaluation trials keep, by name.
  package let kept: [String]
  /// The author's program that runs them; nil for a registered procedure.
  package let command: CommandCall?
  /// The numerics fingerprint of the machine that runs the trials.
  package let fingerprint: String
  /// Every part that the declared settings use.
  let revisions: [PartRevision]
  /// What identifies the template in a plan's digest.
  let identity: String
  private let catalogue: PartCatalogue

  package init(
    procedure: String, settings: Settings, measures: [MeasureRequest], kept: [String] = [],
    command: CommandCall? = nil, fingerprint: String, catalogue: PartCatalogue
  ) {
    self.procedure = procedure
    self.settings = settings
    self.measures = measures
    self.kept = kept
    self.command = command
    self.fingerprint = fingerprint
    self.catalogue = catalogue
    revisions = Self.revisions(procedure, settings, measures, catalogue)
    identity = Self.identity(procedure, settings, measures, revisions, command)
  }

  /// What a searched hyperparameter is one of: equal for the same hyperparameter of the same part.
  package func owner(of dimension: Dimension) -> String {
    guard dimension.path.count > 1, case .part(let part, _)? = settings[dimension.path[0]] else {
      return dimension.path.joined(separator: ".")
    }
    return "\(part) \(dimension.path.joined(separator: "."))"
  }

  /// The trial with these rows and seed, and with a configuration's values put where the space says.
  func trial(
    _ configuration: Settings, space: Space, data: [DataRole: DataReference], seed: SeedPath,
    budget: Int? = nil, inputs: [TrialInput], kept: [String] = []
  ) -> TrialSpecification {
    let complete = space.settings(settings, with: configuration)
    let choosesParts = configuration.pairs.contains {
      if case .part = $0.value { true } else { false }
    }
    return TrialSpecification(
      procedure: procedure, settings: complete,
      revisions: choosesParts ? Self.revisions(procedure, complete, measures, catalogue) : revisions,
      data: data, seed: seed, budget: budget,
      measures: measures, kept: kept, inputs: inputs, command: command, fingerprint: fingerprint)
  }

  /// The setting that changes others in the course of a run.
  package static let scheduleSetting = "schedule"

  /// The same with the settings that a run went through, for a procedure that can follow them.
  func following(_ schedule: [ScheduleStretch], space: Space) -> TrialTemplate {
    guard schedule.count > 1 else { return self }
    let text = SettingSchedule.text(
      schedule.map { stretch in
        (
          end: stretch.end,
          values: space.dimensions.compactMap { dimension in
            stretch.configuration[dimension.name].map { (path: dimension.path, value: $0) }
          }
        )
      })
    var settings = settings
    settings[Self.scheduleSetting] = .text(text)
    return TrialTemplate(
      procedure: procedure, settings: settings, measures: measures, kept: kept, command: command,
      fingerprint: fingerprint, catalogue: catalogue)
  }

  /// The revision of every part that these settings use.
  private static func revisions(
    _ procedure: String, _ settings: Settings, _ measures: [MeasureRequest], _ catalogue: PartCatalogue
  ) -> [PartRevision] {
    var found: Set<PartRevision> = []
    func note(_ family: PartFamily, _ name: String) -> PartDeclaration {
      guard let declaration = catalogue[family, name] else {
        preconditionFailure("unregistered \(family.rawValue) '\(name)' in a checked study")
      }
      // What an author's program reports is no part and has no revision.
      if declaration.revision == 0 { return declaration }
      found.insert(PartRevision(family: family, name: name, revision: declaration.revision))
      return declaration
    }
    func visit(_ declaration: PartDeclaration, _ settings: Settings) {
      for hyperparameter in declaration.hyperparameters {
        guard case .part(let family) = hyperparameter.kind,
          case .part(let name, let inner)? = settings[hyperparameter.name]
        else { continue }
        visit(note(family, name), inner)
      }
    }
    visit(note(.procedure, procedure), settings)
    for request in measures { _ = note(.measure, request.measure) }
    return Array(found)
  }

  private static func identity(
    _ procedure: String, _ settings: Settings, _ measures: [MeasureRequest], _ revisions: [PartRevision],
    _ command: CommandCall?
  ) -> String {
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(procedure)
      w.value(settings)
      for request in measures {
        w.value(request.column)
        w.value(Setting.part(request.measure, request.settings))
      }
      for revision in revisions.map(\.text).sorted() { w.value(revision) }
      if let command { w.object { $0.identity(of: command) } }
    }
    return writer.text
  }
}
