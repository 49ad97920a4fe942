import Experiments
import Parts
import Randomness
import Tensors

/// Temperature scaling (Guo et al., ICML 2017, section 4.2): logits divided by the T of least cross-entropy, between 0.01 and
/// 100.
///
/// The cross-entropy is convex in 1/T, so Newton's method finds its only least. Several members are pooled first ("pool
/// then calibrate", Rahaman, Thiery, NeurIPS 2021).
package struct Temperature: Calibrator {
  package static let name = "temperature"
  package static let revision = 1
  package static let summary = "divides the logits by one temperature"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    let classes = logits.classes
    let share = 1 / Double(labels.count)
    let inverse = leastByNewton(from: [1]) { point in
      let p = softmaxRows(logits.pooled, classes: classes, factor: point[0])
      var (value, slope, curvature) = (0.0, 0.0, 0.0)
      for (row, label) in labels.enumerated() {
        let start = row * classes
        let truth = logits.pooled[start + Int(label)]
        // Differences to the truth's logit: the cross-entropy of a certain row is then exact.
        var (total, mean, square) = (0.0, 0.0, 0.0)
        for place in start..<start + classes {
          let difference = logits.pooled[place] - truth
          total += exponential(point[0] * difference)
          mean += p[place] * difference
          square += p[place] * difference * difference
        }
        value += share * (total.isFinite ? naturalLogarithm(total) : 709)
        slope += share * mean
        curvature += share * (square - mean * mean)
      }
      return (value, [slope], Matrix(rows: 1, columns: 1, values: [curvature]))
    }
    return Scaled(temperature: 1 / min(max(inverse[0], 0.01), 100))
  }

  private struct Scaled: Calibration {
    let temperature: Double
    var parameter: Double? { temperature }

    func probabilities(_ logits: Logits) -> [Double] {
      softmaxRows(logits.pooled, classes: logits.classes, factor: 1 / temperature)
    }
  }
}
