import Estimators
import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

/// One registered estimator serving one kind of target, with its defaults but for one choice.
private struct Variant: CustomTestStringConvertible, Sendable {
  let type: any EstimatorModel.Type
  let kind: TargetKind
  let choice: (name: String, option: String)?

  var testDescription: String { "\(type.name) \(kind.rawValue) \(choice?.option ?? "")" }

  var model: any EstimatorModel {
    var settings = Settings()
    for hyperparameter in type.hyperparameters { settings[hyperparameter.name] = hyperparameter.defaultValue }
    if let choice { settings[choice.name] = .text(choice.option) }
    // Enough for these rows, and quick.
    for name in ["trees", "stages", "count"] where settings[name] != nil { settings[name] = .integer(30) }
    return type.init(settings)
  }

  static let all: [Variant] = modelRegistry.all.compactMap { $0 as? any EstimatorModel.Type }.flatMap {
    type in
    [TargetKind.classification, .regression].filter { type.predictions ?? $0 == $0 }.flatMap { kind in
      [Variant(type: type, kind: kind, choice: nil)]
        + type.hyperparameters.flatMap { hyperparameter -> [Variant] in
          guard case .choice(let options) = hyperparameter.kind else { return [] }
          return options.filter { .text($0) != hyperparameter.defaultValue }.map {
            Variant(type: type, kind: kind, choice: (hyperparameter.name, $0))
          }
        }
    }
  }
}

private func streams(_ purpose: String, _ index: Int) -> RandomStream {
  RandomStream(seed: 7, role: "test", purpose: purpose, index: index)
}

/// Rows of four features that are never negative, in three classes or with a number each.
private struct Sample {
  let features: Matrix
  let labels: [Int]
  let targets: [Double]

  init(rows: Int, index: Int) {
    var stream = RandomStream(seed: 5, role: "test", purpose: "classical", index: index)
    labels = (0..<rows).map { $0 % 3 }
    var features = Matrix(zeros: rows, 4)
    for i in 0..<rows {
      for j in 0..<4 { features[i, j] = abs(stream.normal()) + (j == labels[i] ? 3 : 0) }
    }
    self.features = features
    targets = (0..<rows).map { (features[$0, 0] - 2 * features[$0, 1]) / 3 + 0.05 * stream.normal() }
  }

  func rows(_ kind: TargetKind, at places: [Int]) -> FitRows {
    FitRows(
      features: features.rows(at: places),
      targets: kind == .classification
        ? .classes(ClassLabels(places.map { labels[$0] }, count: 3)) : .numbers(places.map { targets[$0] }))
  }
}

@Suite struct ClassicalTests {
  private let fitSample = Sample(rows: 90, index: 0)
  private let scoreSample = Sample(rows: 60, index: 1)

  private func expectSound(_ outputs: [Double], _ kind: TargetKind, rows: Int) {
    #expect(outputs.count == (kind == .classification ? 3 * rows : rows))
    #expect(outputs.allSatisfy { $0.isFinite })
    guard kind == .classification else { return }
    for i in 0..<rows {
      let own = outputs[3 * i..<3 * i + 3]
      #expect(abs(own.reduce(0, +) - 1) < 1e-9 && own.allSatisfy { $0 >= 0 })
    }
  }

  @Test(arguments: Variant.all) private func fitsRepeatAndBeatGuessing(variant: Variant) throws {
    let rows = fitSample.rows(variant.kind, at: Array(0..<90))
    let fitted = try variant.model.fit(rows, stream: streams)
    let outputs = fitted.predict(scoreSample.features)
    expectSound(outputs, variant.kind, rows: 60)
    let again = try variant.model.fit(rows, stream: streams)
    #expect(again.predict(scoreSample.features) == outputs && again.cost == fitted.cost)
    #expect(fitted.cost.examples >= 90)
    if variant.kind == .classification {
      let correct = (0..<60).filter { i in
        let own = Array(outputs[3 * i..<3 * i + 3])
        return own.firstIndex(of: own.max()!) == scoreSample.labels[i]
      }
      // Whether a value is above 0 says nothing here: all are.
      if variant.choice?.option != "bernoulli" { #expect(correct.count > 45) }
    } else {
      let targets = scoreSample.targets
      let mean = targets.reduce(0, +) / 60
      let error = zip(outputs, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(error < 0.5 * targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
  }

  @Test(
    arguments: Variant.all,
    [
      ("one row", [0]), ("one class", [0, 3, 6, 9]), ("an absent class", [0, 1, 3, 4, 6, 7]),
      ("twins", [1, 1, 1, 2]),
    ])
  private func poorRowsGiveDefinedResults(variant: Variant, poor: (label: String, rows: [Int])) throws {
    let fitted = try variant.model.fit(fitSample.rows(variant.kind, at: poor.rows), stream: streams)
    expectSound(fitted.predict(scoreSample.features), variant.kind, rows: 60)
  }

  @Test(arguments: Variant.all) private func constantFeaturesGiveDefinedResults(variant: Variant) throws {
    let constant = Matrix(rows: 6, columns: 4, values: [Double](repeating: 2, count: 24))
    let rows = FitRows(
      features: constant,
      targets: variant.kind == .classification
        ? .classes(ClassLabels([0, 1, 1, 2, 2, 2], count: 3)) : .numbers([1, 2, 3, 1, 2, 3]))
    let fitted = try variant.model.fit(rows, stream: streams)
    expectSound(fitted.predict(constant), variant.kind, rows: 6)
  }

  @Test(arguments: Variant.all) private func whatIsNotFiniteIsRefused(variant: Variant) {
    var rows = fitSample.rows(variant.kind, at: Array(0..<9))
    var features = rows.features
    features[2, 1] = .nan
    rows = FitRows(features: features, targets: rows.targets)
    #expect(throws: EstimatorError.self) { try variant.model.fit(rows, stream: streams) }
  }
}
