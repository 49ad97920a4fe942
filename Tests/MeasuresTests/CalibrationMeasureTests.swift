import Experiments
import Measures
import Parts
import Testing

@Suite struct CalibrationMeasureTests {
  private static func predictions(_ data: String) -> Predictions {
    typealias V = CalibrationVectors
    return switch data {
    case "quantiles": .quantiles(levels: V.levels, values: V.quantiles, targets: V.targets)
    default:
      .classification(
        probabilities: data == "tied" ? V.tied : V.smooth, classes: V.classes, labels: V.labels)
    }
  }

  @Test func valuesAgreeWithTheReferencesTo1e10() {
    for (name, settings, data, expected) in CalibrationVectors.values {
      let value = measure(name, settings).value(Self.predictions(data))
      #expect(abs(value - expected) < 1e-10, "\(name) \(settings) of \(data): \(value), not \(expected)")
    }
  }

  @Test func everyMeasureOfCalibrationHasAReference() {
    let covered = Set(CalibrationVectors.values.map(\.measure)).union([
      "error", "r2", "rmse", "sensitivity-at-specificity",
    ])
    #expect(measureRegistry.names.filter { !covered.contains($0) } == [])
  }

  /// Values asked for together share what is derived; each must be what it is alone.
  @Test func sharedValuesAreThoseOfEachMeasureAlone() {
    let predictions = Self.predictions("tied")
    let asked = measureRegistry.all.filter { $0.predictions == .classification }
      .map { (column: $0.name, measure: measure($0.name)) }
    let together = values(of: asked, predictions)
    for (column, measure) in asked { #expect(together[column] == measure.value(predictions)) }
  }

  @Test func theOrderOfTheRowsDoesNotMatter() {
    typealias V = CalibrationVectors
    let rows = Array(V.labels.indices.reversed())
    let turned = Predictions.classification(
      probabilities: rows.flatMap { V.tied[$0 * V.classes..<($0 + 1) * V.classes] }, classes: V.classes,
      labels: rows.map { V.labels[$0] })
    for part in measureRegistry.all where part.predictions == .classification {
      let (value, other) = (
        measure(part.name).value(Self.predictions("tied")), measure(part.name).value(turned)
      )
      #expect(abs(value - other) < 1e-13, "\(part.name)")
    }
  }

  @Test func manyRowsAreRankedLikeFew() {
    // 5,000 rows are sorted by digits, fewer by comparison; the first have the second's values 25 times over.
    let scores = (0..<200).map { Double(($0 * 79) % 97) / 97 - 0.25 }
    let flags = (0..<200).map { ($0 * 31) % 7 < 3 }
    let few = RankedOutcomes(scores, flags)
    let many = RankedOutcomes(
      (0..<25).flatMap { _ in scores }, (0..<25).flatMap { _ in flags })
    #expect(many.positives == 25 * few.positives)
    #expect(zip(many.scores, many.scores.dropFirst()).allSatisfy { $0 <= $1 })
    for place in few.scores.indices {
      #expect(many.scores[25 * place] == few.scores[place])
      #expect(abs(many.outcomes[25 * place] - few.outcomes[place]) < 1e-15)
    }
  }

  @Test func undefinedRankingsAreInOrder() {
    let allRight = Predictions.classification(
      probabilities: [0.9, 0.1, 0.8, 0.2], classes: 2, labels: [0, 0])
    #expect(measure("auroc", ["of": .text("correctness")]).value(allRight) == 1)
    #expect(measure("auroc").value(allRight) == 1)
    #expect(measure("aurc", ["excess": .flag(true)]).value(allRight) == 0)
    #expect(measure("skce").value(.classification(probabilities: [1, 0], classes: 2, labels: [0])) == 0)
  }

  @Test func aPointPredictionHasNoSpread() {
    let points = Predictions.regression(predictions: [1, 2, 5], targets: [1, 4, 1])
    #expect(measure("crps").value(points) == measure("mae").value(points))
    #expect(measure("pinball-loss").value(points) == 0.5 * measure("mae").value(points))
    #expect(measure("interval-width").value(points) == 0)
  }
}
