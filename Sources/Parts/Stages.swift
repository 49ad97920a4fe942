import Experiments
import Glibc
import Synchronization

/// Something a procedure can keep of a trial, for a study to ask for with `keep`.
package struct ArtefactDeclaration: Sendable {
  package let name: String
  package let kind: ArtefactKind
  /// The roles whose rows it has a row for, as far as the trial opens them; empty where it is not about items.
  package let items: [DataRole]
  /// What it gives to `NAME.items` of an experiment that keeps it, a number an item under each name.
  package let columns: [OwnColumn]
  /// Whether it is of models that are trained by gradients, and no others.
  package let needsTraining: Bool
  package let meaning: String

  package init(
    _ name: String, _ kind: ArtefactKind, items: [DataRole] = [], columns: [OwnColumn] = [],
    needsTraining: Bool = false, _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.items = items
    self.columns = columns
    self.needsTraining = needsTraining
    self.meaning = meaning
  }
}

/// Something a procedure's trials can start from, for a study to connect with `starts-from`.
package struct InputDeclaration: Sendable {
  package let name: String
  package let kind: ArtefactKind
  /// The roles whose rows it is read for: each such row must be among the artefact's items.
  package let items: [DataRole]
  /// Whether it takes the artefacts of several earlier trials (`seeds: all`), or of one only.
  package let takesSeveral: Bool
  /// Whether a study must connect it.
  package let isRequired: Bool
  /// Whether rows of a table of a classifier's outputs can take its place.
  package let isReplacedByOutputs: Bool
  /// Whether it is for models that are trained by gradients, and no others.
  package let needsTraining: Bool
  package let meaning: String

  package init(
    _ name: String, _ kind: ArtefactKind, items: [DataRole] = [], takesSeveral: Bool, isRequired: Bool,
    isReplacedByOutputs: Bool = false, needsTraining: Bool = false, _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.items = items
    self.takesSeveral = takesSeveral
    self.isRequired = isRequired
    self.isReplacedByOutputs = isReplacedByOutputs
    self.needsTraining = needsTraining
    self.meaning = meaning
  }
}

/// How a trial reaches the artefacts it starts from, those it keeps, and its checkpoints.
package struct TrialStages: Sendable {
  private let specification: TrialSpecification
  private let files: any TrialFiles
  /// The stable ids of the rows of each role, in the order of its rows.
  private let items: [DataRole: [RowDigest]]
  private let clock: CheckpointClock

  /// - Parameter checkpointSeconds: the least wall time between two checkpoints.
  package init(
    _ specification: TrialSpecification, files: any TrialFiles, items: [DataRole: [RowDigest]],
    checkpointSeconds: Double = 10
  ) {
    clock = CheckpointClock(seconds: checkpointSeconds)
    self.specification = specification
    self.files = files
    self.items = items
  }

  func keeps(_ name: String) -> Bool { specification.kept.contains(name) }

  func has(_ input: String) -> Bool { specification.inputs.contains { $0.name == input } }

  /// Where a partial run stops; nil for a whole one.
  var budget: Int? { specification.budget }

  /// The bytes of an input that is one artefact; nil where the study does not connect it.
  func bytes(of input: String) throws -> [UInt8]? {
    guard let found = specification.inputs.first(where: { $0.name == input }) else { return nil }
    let artefacts = found.sources.flatMap(\.artefacts)
    guard artefacts.count == 1 else {
      throw ArtefactError.malformed("\(artefacts.count) of it, where one is gone on from")
    }
    return try files.read(artefacts[0].digest)
  }

  func items(of role: DataRole) -> [RowDigest] { items[role] ?? [] }

  func keep(_ name: String, _ kind: ArtefactKind, _ bytes: [UInt8]) throws -> Artefact {
    Artefact(name: name, kind: kind, digest: try files.keep(bytes), bytes: bytes.count)
  }

  /// The artefacts of an input, each with its source's position from 0.
  func artefacts(of input: String) throws -> [(source: Int, artefact: Artefact, content: ArtefactContent)] {
    guard let found = specification.inputs.first(where: { $0.name == input }) else { return [] }
    return try found.sources.enumerated().flatMap { position, source in
      try source.artefacts.map { artefact in
        (position, artefact, try ArtefactContent(bytes: try files.read(artefact.digest)))
      }
    }
  }

  func checkpoint() throws -> [UInt8]? { try files.checkpoint(of: specification.key) }

  var isCheckpointDue: Bool { clock.isDue }

  func save(checkpoint: [UInt8]) throws {
    try files.save(checkpoint, of: specification.key)
    clock.restart()
  }
}

/// Says when a checkpoint is due, so that saving costs little however short the steps are.
private final class CheckpointClock: Sendable {
  private let seconds: Double
  private let last = Mutex(CheckpointClock.now())

  init(seconds: Double) { self.seconds = seconds }

  var isDue: Bool { last.withLock { Self.now() - $0 >= seconds } }

  func restart() { last.withLock { $0 = Self.now() } }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// A trial's artefacts as its procedure sees them.
///
/// Of artefacts about items a trial reads the rows of its own roles and no others: what an earlier trial computed for
/// other rows is out of reach.
extension TrialContext {
  /// Whether the study asks the trial to keep that artefact.
  package func keeps(_ name: String) -> Bool { stages?.keeps(name) ?? false }

  /// Keeps an artefact that is not about items; give what it returns to the outcome.
  package func keep(_ name: String, _ kind: ArtefactKind, _ arrays: [ArtefactContent.Array]) throws
    -> Artefact
  {
    try present.keep(name, kind, ArtefactContent(arrays: arrays).bytes)
  }

  /// Keeps one array about the rows of some roles.
  ///
  /// - Parameters:
  ///   - width: numbers a row.
  ///   - parts: the roles in that order, with their rows' numbers, row-major. A row that several roles hold is kept once,
  ///     from the first.
  package func keep(
    _ name: String, _ kind: ArtefactKind, width: Int, parts: [(role: DataRole, values: [Float])]
  ) throws -> Artefact {
    var items: [RowDigest] = []
    var values: [Float] = []
    var seen: Set<RowDigest> = []
    for part in parts {
      let own = present.items(of: part.role)
      precondition(part.values.count == own.count * width, "a row of numbers for each row of the role")
      for (place, item) in own.enumerated() where seen.insert(item).inserted {
        items.append(item)
        values += part.values[place * width..<(place + 1) * width]
      }
    }
    let array = ArtefactContent.Array(name: name, shape: [items.count, width], values: values)
    return try present.keep(name, kind, ArtefactContent(items: items, arrays: [array]).bytes)
  }

  /// Keeps named columns about the rows of a role, each a number a row in the order of `rows(role)`.
  package func keep(
    _ name: String, _ kind: ArtefactKind, of role: DataRole, columns: [(name: String, values: [Float])]
  ) throws -> Artefact {
    let items = present.items(of: role)
    let arrays = columns.map {
      ArtefactContent.Array(name: $0.name, shape: [items.count], values: $0.values)
    }
    return try present.keep(name, kind, ArtefactContent(items: items, arrays: arrays).bytes)
  }

  /// Whether the study connects that input.
  package func has(_ input: String) -> Bool { stages?.has(input) ?? false }

  /// What an input hands over that is not about items, source by source in the order of the study.
  package func wholes(_ input: String) throws -> [(source: Int, name: String, content: ArtefactContent)] {
    try present.artefacts(of: input).map { source, artefact, content in
      guard content.items == nil else {
        throw ArtefactError.malformed("it is about items, which are read by role")
      }
      return (source, artefact.name, content)
    }
  }

  /// What an input hands over about this trial's rows of a role, source by source in the order of the study: each
  /// artefact's first array, its rows in the order of `rows(role)`, row-major, with the numbers a row.
  package func rows(
    _ role: DataRole, of input: String
  ) throws -> [(source: Int, name: String, values: [Float], width: Int)] {
    _ = rows(role)
    return try present.artefacts(of: input).map { source, artefact, content in
      guard let array = content.arrays.first else { throw ArtefactError.malformed("it has no array") }
      let values = try content.rows(array, of: present.items(of: role))
      return (source, artefact.name, values, array.shape.dropFirst().reduce(1, *))
    }
  }

  /// The state that the trial saved last before it was interrupted; nil where it begins.
  ///
  /// A trial must come to the same outcome whether it goes on from a checkpoint or not.
  package func checkpoint() throws -> [UInt8]? { try stages?.checkpoint() }

  /// Whether enough time has gone by that the trial should save its state; it may not matter for the outcome.
  package var isCheckpointDue: Bool { stages?.isCheckpointDue ?? false }

  /// Saves the state from which the trial can go on, in place of the one before.
  package func save(checkpoint: [UInt8]) throws { try stages?.save(checkpoint: checkpoint) }

  private var present: TrialStages {
    guard let stages else { preconditionFailure("the trial has no artefacts") }
    return stages
  }
}
