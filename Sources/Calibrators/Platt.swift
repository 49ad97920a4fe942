import Experiments
import Parts
import Tensors

/// Platt scaling (Platt 1999) of each class against the others: a sigmoid of the log-odds of its probability, of least
/// cross-entropy with the targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2).
///
/// Probabilities are kept from 0 and 1 by 10⁻¹⁵ before their log-odds are taken.
package struct Platt: Calibrator {
  package static let name = "platt"
  package static let revision = 1
  package static let summary = "a sigmoid of each class's log-odds, one class against the others"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    OneVersusRest(logits, labels: labels) { probabilities, isTrue in
      let positives = Double(isTrue.count { $0 })
      let negatives = Double(isTrue.count) - positives
      let targets = isTrue.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
      let weights = logisticFit(probabilities.map(logOdds), width: 1, targets: targets)
      return { sigmoid(weights[0] * logOdds($0) + weights[1]) }
    }
  }
}

/// ln(p / (1 − p)), with p kept from 0 and 1 by 10⁻¹⁵.
private func logOdds(_ probability: Double) -> Double {
  let p = min(max(probability, 1e-15), 1 - 1e-15)
  return logarithm(p) - logarithm(1 - p)
}
