import Estimators
import Experiments
import Randomness
import Tensors

/// The search for the configuration that promises most under a Gaussian process.
///
/// Random draws and neighbours of the best configurations compete; from the best of them numeric positions are moved
/// uphill along the gradient, by a tenth of their range at most, what is chosen staying; the best configuration met, as
/// far as values can be set, wins. Where ascents may go on to the end, most of them end in a corner of the space, where
/// the model knows least, and a search spends itself on corners.
struct AcquisitionSearch {
  let model: ModelSpace
  let process: GaussianProcess
  let acquisition: Acquisition
  let history: History
  /// Whether all candidates are neighbours of the best configurations.
  let isLocal: Bool

  private let draws = 500
  private let parents = 5
  private let children = 32
  private let steps = [0.2, 0.05, 0.01, 0.002]
  /// Ascents from the best draws; one more starts from the best neighbour of each parent.
  private let ascents = 5
  private let reach = 0.1

  /// The best new configuration; nil where none was met.
  func best(
    excluding chosen: [Settings], fixed: [Int: Setting], _ random: inout RandomStream
  ) -> Settings? {
    let space = model.space
    func isNew(_ configuration: Settings) -> Bool {
      fixed.allSatisfy { configuration[space.dimensions[$0].name] == $1 }
        && space.allows(configuration) && !history.contains(configuration) && !chosen.contains(configuration)
    }
    let neighbourhood = Neighbourhood(space: space)
    func neighbours(_ place: Int, _ count: Int) -> [Settings] {
      (0..<count).map { child in
        neighbourhood.neighbour(
          of: history.points[place], step: steps[child % steps.count],
          share: child / steps.count % 2 == 0 ? 1 : 1 / Double(max(1, space.dimensions.count)), &random)
      }
    }
    var groups = [
      isLocal
        ? neighbours(history.ranking[0], draws)
        : (0..<draws).map { _ in space.draw(&random, fixed: fixed) }
    ]
    for place in history.ranking.prefix(parents) { groups.append(neighbours(place, children)) }
    var candidates: [Settings] = []
    var starts: [Int] = []
    var values: [Double] = []
    for (number, group) in groups.enumerated() {
      let new = group.filter(isNew)
      let first = candidates.count
      candidates += new
      values += self.values(new)
      let order = (first..<candidates.count).sorted {
        values[$0] > values[$1] || values[$0] == values[$1] && $0 < $1
      }
      starts += order.prefix(number == 0 ? ascents : 1)
    }
    guard let first = starts.first else { return nil }
    let posterior = GaussianProcessPosterior(process)
    let climbed = starts.map { ascend(from: space.point(candidates[$0]), posterior) }.filter(isNew)
    var best = (configuration: candidates[first], value: values[first])
    for i in starts where values[i] > best.value { best = (candidates[i], values[i]) }
    for (configuration, value) in zip(climbed, self.values(climbed)) where value > best.value {
      best = (configuration, value)
    }
    return best.configuration
  }

  private func values(_ configurations: [Settings]) -> [Double] {
    guard !configurations.isEmpty else { return [] }
    let rows = configurations.map { model.row(model.space.point($0)) }
    let (means, variances) = process.predict(
      Matrix(rows: rows.count, columns: model.width, values: rows.flatMap { $0 }))
    return zip(means, variances).map { acquisition.value(mean: $0, deviation: $1.squareRoot()).value }
  }

  /// The configuration at the end of an ascent over the numeric positions that exist.
  private func ascend(from start: [Double], _ posterior: GaussianProcessPosterior) -> Settings {
    let free = start.indices.filter { !start[$0].isNaN && model.isNumeric($0) }
    guard !free.isEmpty else { return model.space.configuration(at: start) }
    let places = free.map { model.columns[$0].lowerBound }
    var row = model.row(start)
    var minimiser = LBFGS()
    minimiser.maximumIterations = 30
    let minimum = minimiser.minimise(
      from: free.map { start[$0] }, bounds: free.map { max(0, start[$0] - reach)...min(1, start[$0] + reach) }
    ) { position in
      for (place, x) in zip(places, position) { row[place] = x }
      let value = posterior.value(at: row)
      let deviation = max(value.variance, 1e-300).squareRoot()
      let (gain, byMean, byDeviation) = acquisition.value(mean: value.mean, deviation: deviation)
      return (
        -gain,
        places.map {
          -(byMean * value.meanGradient[$0] + byDeviation * value.varianceGradient[$0] / (2 * deviation))
        }
      )
    }
    var point = start
    for (place, x) in zip(free, minimum.point) { point[place] = x }
    return model.space.configuration(at: point)
  }
}
