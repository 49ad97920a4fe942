import Experiments
import Parts
import Tensors

/// Beta calibration (Kull, Silva Filho, Flach, AISTATS 2017) of each class against the others: logistic regression on ln p and
/// −ln(1 − p), with neither weight below 0.
///
/// As its authors do, a weight that comes out negative is set to 0 and the others are fitted again. Probabilities are kept
/// from 0 and 1 by 10⁻¹⁵.
package struct Beta: Calibrator {
  package static let name = "beta"
  package static let revision = 1
  package static let summary = "a beta-shaped map of each class's probability, one class against the others"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    OneVersusRest(logits, labels: labels) { probabilities, isTrue in
      let features = probabilities.map(betaFeatures(of:))
      let targets = isTrue.map { $0 ? 1.0 : 0 }
      var used = [0, 1]
      var weights: [Double] = []
      while true {
        weights = logisticFit(
          features.flatMap { row in used.map { row[$0] } }, width: used.count, targets: targets)
        guard let negative = used.indices.first(where: { weights[$0] < 0 }) else { break }
        used.remove(at: negative)
      }
      let (kept, fitted) = (used, weights)
      return { probability in
        let row = betaFeatures(of: probability)
        return sigmoid(
          kept.enumerated().reduce(fitted[kept.count]) { $0 + fitted[$1.offset] * row[$1.element] })
      }
    }
  }
}

private func betaFeatures(of probability: Double) -> [Double] {
  let p = min(max(probability, 1e-15), 1 - 1e-15)
  return [logarithm(p), -logarithm(1 - p)]
}
