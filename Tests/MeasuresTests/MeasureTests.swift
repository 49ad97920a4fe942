import Experiments
import Foundation
import Measures
import Parts
import Testing

/// Builds a registered measure with its defaults, or with the settings given.
func measure(_ name: String, _ settings: [String: Setting] = [:]) -> any Measure {
  let part = measureRegistry[name]!
  var complete = Settings(settings)
  for setting in part.hyperparameters where complete[setting.name] == nil {
    complete[setting.name] = setting.defaultValue
  }
  return part.init(complete)
}

/// Four rows, three classes; the second row is wrong, the last a tie that the first class wins.
private let example = Predictions.classification(
  probabilities: [
    0.7, 0.2, 0.1,
    0.6, 0.3, 0.1,
    0.0, 0.1, 0.9,
    0.4, 0.4, 0.2,
  ], classes: 3, labels: [0, 1, 2, 0])

@Suite struct ClassificationMeasureTests {
  @Test func accuracyAndErrorCountTheFirstOfEquals() {
    #expect(measure("accuracy").value(example) == 0.75)
    #expect(measure("error").value(example) == 0.25)
    let otherTruth = Predictions.classification(probabilities: [0.4, 0.4, 0.2], classes: 3, labels: [1])
    #expect(measure("accuracy").value(otherTruth) == 0)
  }

  @Test func nllIsInNats() {
    let expected = -(log(0.7) + log(0.3) + log(0.9) + log(0.4)) / 4
    #expect(abs(measure("nll").value(example) - expected) < 1e-15)
  }

  @Test func nllOfAnImpossibleTruthIsClipped() {
    let impossible = Predictions.classification(probabilities: [1, 0], classes: 2, labels: [1])
    #expect(abs(measure("nll").value(impossible) - 15 * log(10)) < 1e-12)
  }

  @Test func brierSumsOverClasses() {
    // 0.09+0.04+0.01, 0.36+0.49+0.01, 0+0.01+0.01, 0.36+0.16+0.04
    #expect(abs(measure("brier").value(example) - (0.14 + 0.86 + 0.02 + 0.56) / 4) < 1e-15)
    let worst = Predictions.classification(probabilities: [1, 0], classes: 2, labels: [1])
    #expect(measure("brier").value(worst) == 2)
  }

  @Test func ecePutsAnEdgeIntoTheLowerBin() {
    // Two bins: (0, 0.5] holds 0.5 and 0.4, both right; (0.5, 1] holds 0.75, wrong. The gaps have opposite
    // signs, so a row in another bin shows: with 0.5 in the upper bin the sum would be 0.6 + 0.25.
    let rows = Predictions.classification(
      probabilities: [0.5, 0.25, 0.25, 0.4, 0.3, 0.3, 0.75, 0.25, 0], classes: 3, labels: [0, 0, 1])
    let value = measure("ece", ["bins": .integer(2)]).value(rows)
    #expect(abs(value - ((2 - 0.9) + 0.75) / 3) < 1e-15)
  }

  @Test func eceOfOneBinIsTheGapOfTheMeans() {
    // Confidences 0.7, 0.6, 0.9, 0.4; three of four right.
    #expect(abs(measure("ece", ["bins": .integer(1)]).value(example) - abs(0.75 - 0.65)) < 1e-15)
  }

  @Test func eceOfCertainRowsIsTheError() {
    let rows = Predictions.classification(probabilities: [1, 0, 1, 0], classes: 2, labels: [0, 1])
    #expect(measure("ece").value(rows) == 0.5)
  }
}

@Suite struct RegressionMeasureTests {
  private let rows = Predictions.regression(predictions: [1, 2, 5], targets: [1, 4, 1])

  @Test func errorsAreOnTheTargetsScale() {
    #expect(abs(measure("rmse").value(rows) - (20.0 / 3).squareRoot()) < 1e-15)
    #expect(measure("mae").value(rows) == 2)
  }

  @Test func r2ComparesWithTheMean() {
    // Targets 1, 4, 1: mean 2, spread 1 + 4 + 1.
    #expect(abs(measure("r2").value(rows) - (1 - 20.0 / 6)) < 1e-15)
    #expect(measure("r2").value(.regression(predictions: [2, 2, 2], targets: [1, 4, 1])) == 0)
    #expect(measure("r2").value(.regression(predictions: [1, 4, 1], targets: [1, 4, 1])) == 1)
  }

  @Test func r2OfEqualTargetsIsDefined() {
    #expect(measure("r2").value(.regression(predictions: [0.1, 0.1, 0.1], targets: [0.1, 0.1, 0.1])) == 1)
    #expect(measure("r2").value(.regression(predictions: [0.1, 0.1, 0.2], targets: [0.1, 0.1, 0.1])) == 0)
  }
}
