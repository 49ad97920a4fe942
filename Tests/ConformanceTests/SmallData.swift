import Experiments
import Parts
import Randomness

/// Small data drawn from fixed streams, so that conformance needs no files.
enum SmallData {
  /// 80 rows of 16 features, an image of 4 × 4, in 3 overlapping classes; the last feature is constant.
  static let classes: Dataset = {
    var stream = RandomStream(seed: 1, role: "test", purpose: "small-classes")
    var features: [Float] = []
    var labels: [Int32] = []
    for i in 0..<80 {
      let label = i % 3
      for j in 0..<15 { features.append(Float(stream.normal() + (j == label ? 2 : 0)) * 10) }
      features.append(7)
      labels.append(Int32(label))
    }
    return Dataset(
      kind: .classification, features: features, columns: 16, labels: labels, classes: ["a", "b", "c"])
  }()

  /// 80 rows of 16 features; the target is a noisy line in two of them, far from zero.
  static let line: Dataset = {
    var stream = RandomStream(seed: 1, role: "test", purpose: "small-line")
    var features: [Float] = []
    var targets: [Double] = []
    for _ in 0..<80 {
      let x = (0..<16).map { _ in stream.normal() }
      features += x.map { Float($0) }
      targets.append(1000 + 50 * x[0] - 20 * x[1] + 5 * stream.normal())
    }
    return Dataset(kind: .regression, features: features, columns: 16, targets: targets)
  }()

  /// 40 rows of predictions, neither perfect nor useless.
  static func predictions(_ kind: TargetKind) -> Predictions {
    var stream = RandomStream(seed: 1, role: "test", purpose: "small-predictions")
    switch kind {
    case .classification:
      var probabilities: [Double] = []
      var labels: [Int32] = []
      for _ in 0..<40 {
        let weights = (0..<3).map { _ in stream.uniform() * stream.uniform() }
        probabilities += weights.map { $0 / weights.reduce(0, +) }
        labels.append(
          Int32(stream.uniform() < 0.6 ? weights.firstIndex(of: weights.max()!)! : stream.below(3)))
      }
      return .classification(probabilities: probabilities, classes: 3, labels: labels)
    case .regression:
      let targets = (0..<40).map { _ in 5 + stream.normal() }
      return .regression(predictions: targets.map { $0 + 0.3 * stream.normal() }, targets: targets)
    }
  }

  static func dataset(_ kind: TargetKind) -> Dataset { kind == .classification ? classes : line }

  /// The trial of a procedure on small data: rows 0–59 in every role but `score`, which has 60–79.
  static func context(
    _ kind: TargetKind, roles: [DataRole], measures: [(column: String, measure: any Measure)] = [],
    fit: [Int32] = Array(0..<60), seed: Int = 3, kept: [String] = [], inputs: [InputDeclaration] = [],
    files: MemoryFiles = MemoryFiles()
  ) throws -> TrialContext {
    var data: [DataRole: RowSet] = [:]
    for role in roles {
      data[role] = RowSet(dataset: dataset(kind), rows: role == .score ? Array(60..<80) : fit)
    }
    var items: [DataRole: [RowDigest]] = [:]
    for (role, rows) in data {
      // Rows elsewhere are items of their own, as altered rows are.
      items[role] = rows.rows.map { RowDigest(high: UInt64($0), low: role == .elsewhere ? 8 : 7) }
    }
    let specification = TrialSpecification(
      procedure: "small", settings: Settings(), revisions: [], data: [:],
      seed: SeedPath(pool: .evaluation, seed: seed), measures: [], kept: kept,
      inputs: try inputs.map {
        try input($0, items, classes: max(1, dataset(kind).classes.count), seed, files)
      },
      fingerprint: "")
    return TrialContext(
      seed: specification.seed, measures: measures, data: data,
      stages: TrialStages(specification, files: files, items: items))
  }

  /// What an input is given: arrays of fixed random numbers, of two sources where it takes several.
  private static func input(
    _ declaration: InputDeclaration, _ items: [DataRole: [RowDigest]], classes: Int, _ seed: Int,
    _ files: MemoryFiles
  ) throws -> TrialInput {
    let rows = declaration.items.flatMap { items[$0] ?? [] }
    let sources = try (0..<(declaration.takesSeveral ? 2 : 1)).map { source in
      var stream = RandomStream(seed: UInt64(seed), role: "test", purpose: declaration.name, index: source)
      let values = (0..<rows.count * classes).map { _ in Float(stream.normal()) }
      let array = ArtefactContent.Array(name: "array", shape: [rows.count, classes], values: values)
      let bytes = ArtefactContent(items: rows, arrays: [array]).bytes
      return TrialInput.Source(artefacts: [
        Artefact(
          name: declaration.kind.rawValue, kind: declaration.kind, digest: try files.keep(bytes),
          bytes: bytes.count)
      ])
    }
    return TrialInput(name: declaration.name, sources: sources)
  }
}
