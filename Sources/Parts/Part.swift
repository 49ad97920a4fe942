import Experiments

/// A registered building block: one file and one registry line.
///
/// From what a part declares come the checking of YAML, "did you mean", the reference page (`assay parts`) and the
/// conformance tests. Building a part only stores its settings. When its behaviour changes, raise `revision`: old
/// results are then not reused.
package protocol Part: Sendable {
  /// Kebab-case; type and file bear the same name.
  static var name: String { get }
  static var revision: Int { get }
  /// One sentence for the reference page.
  static var summary: String { get }
  static var hyperparameters: [Hyperparameter] { get }
  /// Stores settings that were checked and completed against `hyperparameters`.
  init(_ settings: Settings)
}

/// Levels that a part makes up for a factor of a study: values of one of its settings, in a fixed order.
package struct GeneratedLevels: Sendable {
  package let setting: String
  /// How many there are; counted when asked, for every start of the tool would pay for it.
  package var count: Int { counted() }
  private let counted: @Sendable () -> Int
  /// The first of them.
  package let first: @Sendable (Int) -> [String]
  /// What graphs they are; nil where they are none.
  package let graphs: LevelGraphs?

  package init(
    setting: String, count: @escaping @autoclosure @Sendable () -> Int, graphs: LevelGraphs? = nil,
    first: @escaping @Sendable (Int) -> [String]
  ) {
    self.setting = setting
    counted = count
    self.graphs = graphs
    self.first = first
  }
}

/// The parts of one family by name.
///
/// `Contract` is the family's protocol as a metatype, such as `any Tuner.Type`.
package struct Registry<Contract: Sendable>: Sendable {
  package let family: PartFamily
  private let parts: [(name: String, contract: Contract)]

  package init(_ family: PartFamily, _ parts: [Contract], name: (Contract) -> String) {
    self.family = family
    self.parts = parts.map { (name($0), $0) }
  }

  package var names: [String] { parts.map(\.name) }
  package var all: [Contract] { parts.map(\.contract) }

  package subscript(name: String) -> Contract? { parts.first { $0.name == name }?.contract }
}

/// What a part says of itself, without the part: enough to check a study and to write its reference entry.
package struct PartDeclaration: Sendable {
  package let family: PartFamily
  package let name: String
  package let revision: Int
  package let summary: String
  package let hyperparameters: [Hyperparameter]
  /// Procedures and measures: which kind of prediction it makes or takes; nil where it has none.
  package let predictions: TargetKind?
  /// Procedures: the roles of data they open.
  package let roles: [DataRole]
  /// Procedures: roles they open only where a study gives them.
  package let optionalRoles: [DataRole]
  /// Procedures: what their trials can keep.
  package let artefacts: [ArtefactDeclaration]
  /// Procedures: what their trials can start from.
  package let inputs: [InputDeclaration]
  /// Procedures: columns they give besides the study's measures. Measures: nothing.
  package let columns: [OwnColumn]
  /// Procedures: the hyperparameter that says how long a run is, where one can stop earlier and be gone on with.
  package let resource: String?
  /// Tuners: whether suggestions may stop before a whole run or continue one another.
  package let usesPartialRuns: Bool
  /// Models: whether they are trained by gradients, so that they have weights and a state. Procedures: whether they serve such
  /// models.
  package let isTrained: Bool
  /// Data sets: what they hold.
  package let dataset: DatasetFacts?
  /// Measures: whether a larger value is better.
  package let largerIsBetter: Bool
  /// Models: the levels they make up for a factor; nil where they make none.
  package let generated: GeneratedLevels?

  package init(
    family: PartFamily, part: any Part.Type, predictions: TargetKind? = nil, roles: [DataRole] = [],
    optionalRoles: [DataRole] = [], artefacts: [ArtefactDeclaration] = [], inputs: [InputDeclaration] = [],
    columns: [OwnColumn] = [], resource: String? = nil, usesPartialRuns: Bool = false, isTrained: Bool = true,
    dataset: DatasetFacts? = nil, largerIsBetter: Bool = true, generated: GeneratedLevels? = nil
  ) {
    self.family = family
    name = part.name
    revision = part.revision
    summary = part.summary
    hyperparameters = part.hyperparameters
    self.predictions = predictions
    self.roles = roles
    self.optionalRoles = optionalRoles
    self.artefacts = artefacts + (resource == nil ? [] : [PartialRuns.artefact])
    self.inputs = inputs + (resource == nil ? [] : [PartialRuns.input])
    self.columns = columns
    self.resource = resource
    self.usesPartialRuns = usesPartialRuns
    self.isTrained = isTrained
    self.dataset = dataset
    self.largerIsBetter = largerIsBetter
    self.generated = generated
  }

  /// An author's program as the procedure that its experiment declares it to be.
  package init(
    command name: String, revision: Int, hyperparameters: [Hyperparameter], roles: [DataRole],
    predictions: TargetKind?, steps: [String], artefacts: [ArtefactDeclaration], inputs: [InputDeclaration],
    resource: String?
  ) {
    family = .procedure
    self.name = name
    self.revision = revision
    summary = "an author's program"
    self.hyperparameters = hyperparameters
    self.predictions = predictions
    self.roles = roles
    optionalRoles = []
    self.artefacts = artefacts + (resource == nil ? [] : [PartialRuns.artefact])
    self.inputs = inputs + (resource == nil ? [] : [PartialRuns.input])
    self.resource = resource
    usesPartialRuns = false
    isTrained = true
    columns = steps.map { OwnColumn($0, .steps, "reported by the command") }
    dataset = nil
    largerIsBetter = true
    generated = nil
  }

  /// A measure that an author's program reports; it is no part, and so has revision 0.
  package init(measure name: String, largerIsBetter: Bool) {
    family = .measure
    self.name = name
    revision = 0
    summary = "reported by the command"
    hyperparameters = []
    predictions = nil
    roles = []
    optionalRoles = []
    artefacts = []
    inputs = []
    resource = nil
    usesPartialRuns = false
    isTrained = true
    columns = []
    dataset = nil
    self.largerIsBetter = largerIsBetter
    generated = nil
  }
}

/// A measure that a procedure gives on its own account.
package struct OwnColumn: Sendable {
  package enum Place: Sendable {
    /// A column of every trial.
    case trial
    /// A curve: a column of `NAME.steps`.
    case steps
    /// A number an item: a column of `NAME.items`.
    case items
  }

  package let name: String
  package let place: Place
  package let meaning: String
  /// Which way it is better, so that a search can select by it; nil where neither way is.
  package let largerIsBetter: Bool?

  package init(_ name: String, _ place: Place, _ meaning: String, largerIsBetter: Bool? = nil) {
    self.name = name
    self.place = place
    self.meaning = meaning
    self.largerIsBetter = largerIsBetter
  }
}

/// All registered parts, as declarations: what checking a study needs to know of the families.
package struct PartCatalogue: Sendable {
  package let declarations: [PartDeclaration]
  private let places: [PartFamily: [String: Int]]

  package init(_ declarations: [PartDeclaration]) {
    self.declarations = declarations
    var places: [PartFamily: [String: Int]] = [:]
    for (place, declaration) in declarations.enumerated() {
      places[declaration.family, default: [:]][declaration.name] = place
    }
    self.places = places
  }

  package subscript(family: PartFamily, name: String) -> PartDeclaration? {
    places[family]?[name].map { declarations[$0] }
  }

  package func names(_ family: PartFamily) -> [String] {
    declarations.filter { $0.family == family }.map(\.name)
  }
}
