import Estimators
import Experiments
import Parts
import Randomness
import Statistics
import Tensors

/// Sequential model-based algorithm configuration: a random forest predicts losses, and the configuration with the
/// largest expected improvement is asked for (Hutter, Hoos and Leyton-Brown, "Sequential model-based optimization for
/// general algorithm configuration", LION 5, 2011).
///
/// The forest has ten trees over the columns of `ModelSpace`, five sixths of which each node draws; the deviation is
/// that of its trees. Losses are as `LossWarp` gives them. Candidates are random draws and changed copies of the ten
/// best configurations, changed again while that promises more. Every fourth proposal is an independent draw.
/// Deviation: no intensification; a configuration is scored over all seeds at once.
package struct SMAC: Tuner {
  package static let name = "smac"
  package static let revision = 1
  package static let summary =
    "a random forest as model and the configuration that promises most; takes to choices"
  package static let hyperparameters = [
    Hyperparameter.initial,
    Hyperparameter.batch,
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    SequentialSearch(
      space, budget, initial: settings.integer("initial"), batch: settings.integer("batch"),
      model: ForestProposer(space), stream: stream)
  }
}

/// The model of `SMAC`.
struct ForestProposer: Proposer {
  private let model: ModelSpace
  private var proposals = 0

  private let trees = 10
  private let draws = 500
  private let parents = 10
  private let children = 20
  private let rounds = 5

  init(_ space: Space) { model = ModelSpace(space) }

  mutating func propose(
    _ count: Int, after history: History, fixed: [Int: Setting], random: inout RandomStream
  ) -> [Settings] {
    guard model.width > 0 else { return [] }
    let losses = history.finiteLosses
    let warp = LossWarp(losses)
    let warped = losses.map { warp($0) }
    let rows = history.points.map(model.row)
    var settings = TreeSettings()
    settings.columnsTried = max(1, model.width * 5 / 6)
    let seeds = random.indexed(history.count)
    guard
      let forest = try? RandomForest(
        Matrix(rows: rows.count, columns: model.width, values: rows.flatMap { $0 }), warped, trees: trees,
        settings, stream: { seeds.indexed($0 + 1) })
    else { return [] }
    let acquisition = Acquisition.expectedImprovement(best: warped.min()!)
    var ranked: [(configuration: Settings, value: Double)] = []
    let neighbourhood = Neighbourhood(space: model.space)
    var fresh = (0..<draws).map { _ in model.space.draw(&random, fixed: fixed) }
    for place in history.ranking.prefix(parents) {
      for _ in 0..<children {
        fresh.append(
          neighbourhood.neighbour(of: history.points[place], step: 0.2, share: 0, &random))
      }
    }
    for round in 0...rounds {
      fresh = fresh.filter { configuration in
        fixed.allSatisfy { configuration[model.space.dimensions[$0].name] == $1 }
          && model.space.allows(configuration) && !history.contains(configuration)
      }
      ranked += zip(fresh, values(fresh, forest, acquisition)).map { ($0, $1) }
      let order = ranked.indices.sorted {
        ranked[$0].value > ranked[$1].value || ranked[$0].value == ranked[$1].value && $0 < $1
      }
      ranked = order.map { ranked[$0] }
      guard round < rounds else { break }
      fresh = ranked.prefix(parents).flatMap { entry in
        let point = model.space.point(entry.configuration)
        return (0..<children / 2).map { _ in
          neighbourhood.neighbour(of: point, step: 0.1, share: 0, &random)
        }
      }
    }
    var chosen: [Settings] = []
    for entry in ranked where chosen.count < count {
      proposals += 1
      if proposals % 4 == 0, fixed.isEmpty {
        chosen.append(model.space.draw(&random))
      } else if !chosen.contains(entry.configuration) {
        chosen.append(entry.configuration)
      }
    }
    return chosen
  }

  private func values(
    _ configurations: [Settings], _ forest: RandomForest, _ acquisition: Acquisition
  ) -> [Double] {
    guard !configurations.isEmpty else { return [] }
    let rows = configurations.map { model.row(model.space.point($0)) }
    let features = Matrix(rows: rows.count, columns: model.width, values: rows.flatMap { $0 })
    return zip(forest.predict(features), forest.deviation(features)).map {
      acquisition.value(mean: $0, deviation: max($1, 1e-9)).value
    }
  }
}
