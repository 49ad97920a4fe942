import Calibrators
import Experiments
import Parts
import Randomness
import Testing

/// Builds a registered calibrator with its defaults, or with the settings given.
private func calibrator(_ name: String, _ settings: [String: Setting] = [:]) -> any Calibrator {
  let part = calibratorRegistry[name]!
  var complete = Settings(settings)
  for setting in part.hyperparameters where complete[setting.name] == nil {
    complete[setting.name] = setting.defaultValue
  }
  return part.init(complete)
}

private typealias V = CalibratorVectors

/// The calibration rows (`isNew` false) or the new rows of some members.
private func logits(members: Int, isNew: Bool) -> Logits {
  let cut = V.rows * V.classes
  return Logits(
    members: V.members.prefix(members).map { Array(isNew ? $0[cut...] : $0[..<cut]) }, classes: V.classes)
}

@Suite struct CalibratorTests {
  @Test func fitsAgreeWithTheReferencesTo1e10() {
    for (name, settings, members, expected, parameter) in V.fits {
      let fit = calibrator(name, settings).fit(logits(members: members, isNew: false), labels: V.labels)
      let found = fit.probabilities(logits(members: members, isNew: true))
      let worst = zip(found, expected).map { abs($0 - $1) }.max()!
      #expect(worst < 1e-10, "\(name) \(settings) differs by \(worst)")
      if let parameter { #expect(abs(fit.parameter! - parameter) < 1e-10) }
    }
  }

  /// The golden section ends where the loss is flat to the last bits: half their digits are in the temperature.
  @Test func theEnsembleSharesOneTemperature() {
    let fit = calibrator("ensemble-temperature").fit(logits(members: 3, isNew: false), labels: V.labels)
    #expect(abs(fit.parameter! / V.ensembleTemperature - 1) < 1e-6)
    let one = calibrator("ensemble-temperature").fit(logits(members: 1, isNew: false), labels: V.labels)
    let temperature = calibrator("temperature").fit(logits(members: 1, isNew: false), labels: V.labels)
    #expect(abs(one.parameter! / temperature.parameter! - 1) < 1e-6)
  }

  @Test(arguments: calibratorRegistry.names)
  func rowsAreProbabilities(name: String) {
    let fit = calibrator(name).fit(logits(members: 2, isNew: false), labels: V.labels)
    let found = fit.probabilities(logits(members: 2, isNew: true))
    for row in 0..<found.count / V.classes {
      let values = found[row * V.classes..<(row + 1) * V.classes]
      #expect(abs(values.reduce(0, +) - 1) < 1e-12)
      #expect(values.min()! >= 0)
    }
  }

  /// Rows that are all certain and right, and a class that never occurs, leave every calibrator finite.
  @Test(arguments: calibratorRegistry.names)
  func separableRowsStayFinite(name: String) {
    let labels: [Int32] = (0..<30).map { $0 % 2 }
    let rows = labels.flatMap { label in (0..<3).map { Int32($0) == label ? 40.0 : -40 } }
    let fit = calibrator(name).fit(Logits(members: [rows], classes: 3), labels: labels)
    let found = fit.probabilities(Logits(members: [rows], classes: 3))
    let isFinite = found.allSatisfy { $0.isFinite }
    #expect(isFinite)
    for (row, label) in labels.enumerated() { #expect(found[row * 3 + Int(label)] > 0.5) }
  }

  @Test func aSingleRowIsEnough() {
    for name in calibratorRegistry.names {
      let one = Logits(members: [[0.5, -0.2]], classes: 2)
      let found = calibrator(name).fit(one, labels: [1]).probabilities(one)
      let isFinite = found.allSatisfy { $0.isFinite }
      #expect(isFinite, "\(name)")
    }
  }

  @Test func temperatureKeepsTheOrderOfEachRow() {
    let fit = calibrator("temperature").fit(logits(members: 1, isNew: false), labels: V.labels)
    let rows = logits(members: 1, isNew: true)
    let found = fit.probabilities(rows)
    for row in 0..<rows.rows {
      let place = row * V.classes..<(row + 1) * V.classes
      let before = place.max { rows.pooled[$0] < rows.pooled[$1] }
      let after = place.max { found[$0] < found[$1] }
      #expect(before == after)
    }
  }
}
