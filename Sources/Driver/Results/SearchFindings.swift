import Estimators
import Experiments
import Protocols
import Randomness
import Statistics
import Studies
import Tensors

/// What one search found out, from the scores of the configurations it tried.
///
/// Importance and response are those of a surrogate: a random forest fitted to the scores over the unit cube of the
/// space, hyperparameters on their scales. Each tree gives values of its own, so that they have an interval.
struct SearchFindings {
  struct Row {
    var hyperparameter: String?
    let values: [(name: String, value: Double)]
  }

  private let plan: SearchPlan
  /// The score of each configuration in the order tried; nil where it diverged.
  private let scores: [Double?]
  private let configurations: [Settings]

  /// Trees of the surrogate.
  private static let treeCount = 32
  /// The fewest scored configurations that a surrogate is fitted to.
  private static let fewest = 8
  /// Points along a hyperparameter.
  private static let points = 17

  init(_ search: ExperimentResults.SearchResults) {
    let plan = search.plan
    self.plan = plan
    configurations = search.candidates.map(\.configuration)
    scores = search.candidates.map { candidate in
      let values = candidate.rows.compactMap { $0.outcome.measures[plan.selection.column] }.filter {
        !$0.isNaN
      }
      return values.count == candidate.rows.count ? plan.selection.score(values) : nil
    }
  }

  /// The rows of a table of `SearchTables`.
  func rows(ofTable table: String) -> [Row] {
    if table.hasSuffix(".\(SearchTables.progress)") { return progress }
    guard let surrogate else { return [] }
    if table.hasSuffix(".\(SearchTables.importance)") { return importance(surrogate) }
    if table.hasSuffix(".\(SearchTables.response)") { return response(surrogate.anova) }
    return surface(surrogate.anova)
  }

  private var progress: [Row] {
    var best = Double.nan
    return scores.enumerated().map { place, score in
      if let score, best.isNaN || (plan.selection.direction == .max ? score > best : score < best) {
        best = score
      }
      return Row(values: [("evaluations", Double(place + 1)), ("incumbent", best)])
    }
  }

  private typealias Surrogate = (forest: RandomForest, anova: FunctionalANOVA)

  private var surrogate: Surrogate? {
    let dimensions = plan.space.dimensions
    let scored = zip(configurations, scores).compactMap { pair in pair.1.map { (pair.0, $0) } }
    guard scored.count >= Self.fewest, !dimensions.isEmpty else { return nil }
    let features = scored.flatMap { configuration, _ in
      dimensions.map { dimension in configuration[dimension.name].map(dimension.place) ?? 0.5 }
    }
    guard
      let forest = try? RandomForest(
        Matrix(rows: scored.count, columns: dimensions.count, values: features), scored.map(\.1),
        trees: Self.treeCount, TreeSettings(minimumLeaf: 2), stream: { plan.stream("surrogate-tree", $0) })
    else { return nil }
    return (forest, FunctionalANOVA(forest, box: dimensions.map { _ in 0...1 }))
  }

  private func importance(_ surrogate: Surrogate) -> [Row] {
    let dimensions = plan.space.dimensions
    return surrogate.forest.trees.enumerated().flatMap { number, tree in
      let screening = MorrisScreening(
        dimensions: dimensions.count, trajectories: 20, stream: { plan.stream("morris \($0)", number) }
      ) { point in tree.predict(Matrix(rows: 1, columns: point.count, values: point))[0] }
      return dimensions.indices.map { i in
        Row(
          hyperparameter: dimensions[i].name,
          values: [
            ("tree", Double(number)), ("main", surrogate.anova.main[number][i]),
            ("total", surrogate.anova.total[number][i]), ("morris", screening.size[i].value),
          ])
      }
    }
  }

  private func response(_ anova: FunctionalANOVA) -> [Row] {
    plan.space.dimensions.enumerated().flatMap { i, dimension in
      let places = self.places(dimension)
      return anova.marginal(i, at: places).enumerated().flatMap { tree, predictions in
        zip(places, predictions).map { place, prediction in
          Row(
            hyperparameter: dimension.name,
            values: [
              ("tree", Double(tree)), ("place", place), ("value", dimension.number(at: place) ?? .nan),
              ("predicted", prediction),
            ])
        }
      }
    }
  }

  private func surface(_ anova: FunctionalANOVA) -> [Row] {
    let numeric = plan.space.dimensions.indices.filter { plan.space.dimensions[$0].number(at: 0.5) != nil }
    var rows: [Row] = []
    for (position, i) in numeric.enumerated() {
      for j in numeric[(position + 1)...] {
        let (a, b) = (plan.space.dimensions[i], plan.space.dimensions[j])
        for x in places(a) {
          for y in places(b) {
            rows.append(
              Row(values: [
                (a.name, a.number(at: x) ?? .nan), (b.name, b.number(at: y) ?? .nan),
                ("predicted", anova.marginal(i, at: x, j, at: y)),
              ]))
          }
        }
      }
    }
    return rows
  }

  /// Where a hyperparameter is looked at: evenly over its range, or at each of its values.
  private func places(_ dimension: Dimension) -> [Double] {
    if case .choice(let options) = dimension.domain { return options.map(dimension.place) }
    return (0..<Self.points).map { Double($0) / Double(Self.points - 1) }
  }
}

extension Dimension {
  /// Where a value lies in its range, from 0 to 1, on its scale; the middle of its share for one of several choices.
  fileprivate func place(_ value: Setting) -> Double {
    func share(_ x: Double, _ from: Double, _ to: Double, _ isLogarithmic: Bool) -> Double {
      isLogarithmic
        ? (naturalLogarithm(x) - naturalLogarithm(from)) / (naturalLogarithm(to) - naturalLogarithm(from))
        : (x - from) / (to - from)
    }
    switch domain {
    case .number(let from, let to, let isLogarithmic):
      return share(value.number ?? from, from, to, isLogarithmic)
    case .integer(let from, let to, let isLogarithmic):
      guard from < to else { return 0.5 }
      return share(value.number ?? Double(from), Double(from), Double(to), isLogarithmic)
    case .choice(let options):
      return (Double(options.firstIndex(of: value) ?? 0) + 0.5) / Double(options.count)
    }
  }

  /// The number at a place; nil for choices.
  fileprivate func number(at place: Double) -> Double? {
    func number(_ from: Double, _ to: Double, _ isLogarithmic: Bool) -> Double {
      isLogarithmic
        ? from * Tensors.exponential(place * (naturalLogarithm(to) - naturalLogarithm(from)))
        : from + place * (to - from)
    }
    switch domain {
    case .number(let from, let to, let isLogarithmic): return number(from, to, isLogarithmic)
    case .integer(let from, let to, let isLogarithmic): return number(Double(from), Double(to), isLogarithmic)
    case .choice: return nil
    }
  }
}
