import Estimators
import Experiments
import Parts
import Protocols
import Randomness
import Statistics
import Studies
import Tensors

/// What one search found out, from the scores of the configurations it tried.
///
/// Importance and response are those of a surrogate: a random forest fitted to the scores over the unit cube of the
/// space, hyperparameters on their scales; one that does not exist under a configuration stands in the middle of its
/// range. Each tree gives values of its own, so that they have an interval. Only whole runs have a say.
final class SearchFindings {
  struct Row {
    var hyperparameter: String?
    let values: [(name: String, value: Double)]
  }

  private let plan: SearchPlan
  /// What was tried, in order.
  private let suggestions: [Suggestion]
  /// The score of each; nil where it diverged.
  private let scores: [Double?]

  /// Trees of the surrogate.
  private static let treeCount = 32
  /// The fewest scored configurations that a surrogate is fitted to.
  private static let fewest = 8
  /// Points along a hyperparameter.
  private static let points = 17

  init(_ search: ExperimentResults.SearchResults) {
    let plan = search.plan
    self.plan = plan
    suggestions = search.candidates.map(\.suggestion)
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

  private func isWhole(_ suggestion: Suggestion) -> Bool { suggestion.budget == plan.budget.units }

  /// After each whole run, the runs' worth of units spent by then, its score and the best one.
  private var progress: [Row] {
    var best = Double.nan
    var units = 0
    return zip(suggestions, scores).compactMap { suggestion, score in
      units += suggestion.budget - (suggestion.continues.map { suggestions[$0].budget } ?? 0)
      guard isWhole(suggestion) else { return nil }
      if let score, best.isNaN || (plan.selection.direction == .max ? score > best : score < best) {
        best = score
      }
      return Row(values: [
        ("evaluations", Double(units) / Double(plan.budget.units)), ("score", score ?? .nan),
        ("incumbent", best),
      ])
    }
  }

  private typealias Surrogate = (forest: RandomForest, anova: FunctionalANOVA)

  /// Fitted once for all tables that rest on it.
  private lazy var surrogate: Surrogate? = fittedSurrogate

  private var fittedSurrogate: Surrogate? {
    let dimensions = plan.space.dimensions
    let scored = zip(suggestions, scores).compactMap { suggestion, score in
      isWhole(suggestion) ? score.map { (suggestion.configuration, $0) } : nil
    }
    guard scored.count >= Self.fewest, !dimensions.isEmpty else { return nil }
    let features = scored.flatMap { configuration, _ in
      dimensions.map { dimension in configuration[dimension.name].map(dimension.position) ?? 0.5 }
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
      let sizes = ElementaryEffects(
        dimensions: dimensions.count, trajectories: 20, random: plan.stream("morris trajectories", number)
      ) { point in tree.predict(Matrix(rows: 1, columns: point.count, values: point))[0] }.sizes
      return dimensions.indices.map { i in
        Row(
          hyperparameter: dimensions[i].name,
          values: [
            ("tree", Double(number)), ("main", surrogate.anova.main[number][i]),
            ("total", surrogate.anova.total[number][i]), ("morris", sizes[i]),
          ])
      }
    }
  }

  private func response(_ anova: FunctionalANOVA) -> [Row] {
    plan.space.dimensions.enumerated().flatMap { i, dimension in
      let values = dimension.grid(Self.points)
      let places = values.map(dimension.position)
      return anova.marginal(i, at: places).enumerated().flatMap { tree, predictions in
        values.indices.map { k in
          Row(
            hyperparameter: dimension.name,
            values: [
              ("tree", Double(tree)), ("place", places[k]), ("value", values[k].number ?? .nan),
              ("predicted", predictions[k]),
            ])
        }
      }
    }
  }

  private func surface(_ anova: FunctionalANOVA) -> [Row] {
    let numeric = plan.space.dimensions.indices.filter {
      if case .choice = plan.space.dimensions[$0].domain { false } else { true }
    }
    var rows: [Row] = []
    for (position, i) in numeric.enumerated() {
      for j in numeric[(position + 1)...] {
        let (a, b) = (plan.space.dimensions[i], plan.space.dimensions[j])
        for x in a.grid(Self.points) {
          for y in b.grid(Self.points) {
            let predicted = anova.marginal(i, at: a.position(of: x), j, at: b.position(of: y))
            rows.append(
              Row(values: [
                (a.name, x.number ?? .nan), (b.name, y.number ?? .nan), ("predicted", predicted),
              ]))
          }
        }
      }
    }
    return rows
  }
}
