import Experiments
import Parts
import Randomness

/// One temperature shared by all members before their probabilities are averaged: that of least cross-entropy of the mean
/// (Wu, Gales, 2021; Rahaman, Thiery, NeurIPS 2021), between 0.05 and 20.
///
/// The cross-entropy need not be convex: ln T is searched on a grid of 61 points and then by golden section around the best.
package struct EnsembleTemperature: Calibrator {
  package static let name = "ensemble-temperature"
  package static let revision = 1
  package static let summary = "divides every member's logits by one temperature before averaging"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    func loss(_ logarithmOfT: Double) -> Double {
      let factor = power(2.718281828459045, -logarithmOfT)
      let p = meanProbabilities(logits.members, classes: logits.classes, factor: factor)
      var total = 0.0
      for (row, label) in labels.enumerated() {
        total -= naturalLogarithm(max(p[row * logits.classes + Int(label)], 1e-300))
      }
      return total
    }
    let grid = (0...60).map { -3 + 0.1 * Double($0) }
    let losses = grid.map(loss)
    let best = losses.indices.min { losses[$0] < losses[$1] }!
    var (low, high) = (grid[max(0, best - 1)], grid[min(60, best + 1)])
    let ratio = 0.6180339887498949
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (lossA, lossB) = (loss(a), loss(b))
    for _ in 0..<40 {
      if lossA <= lossB {
        (high, b, lossB) = (b, a, lossA)
        a = high - ratio * (high - low)
        lossA = loss(a)
      } else {
        (low, a, lossA) = (a, b, lossB)
        b = low + ratio * (high - low)
        lossB = loss(b)
      }
    }
    return Scaled(temperature: power(2.718281828459045, 0.5 * (low + high)))
  }

  private struct Scaled: Calibration {
    let temperature: Double
    var parameter: Double? { temperature }

    func probabilities(_ logits: Logits) -> [Double] {
      meanProbabilities(logits.members, classes: logits.classes, factor: 1 / temperature)
    }
  }
}
