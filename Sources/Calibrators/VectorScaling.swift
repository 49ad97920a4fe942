import Experiments
import Parts

/// Vector scaling (Guo et al., ICML 2017, section 4.2): each logit multiplied by a factor of its class and shifted by another,
/// at the least cross-entropy.
package struct VectorScaling: Calibrator {
  package static let name = "vector-scaling"
  package static let revision = 1
  package static let summary = "multiplies and shifts each class's logit"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    let parameters = 2 * logits.classes
    return Scaled(
      fit: ClassAffineFit(
        Scaled.features(logits), classes: logits.classes, width: 2, isShared: false, labels: labels,
        start: (0..<parameters).map { $0 % 2 == 0 ? 1 : 0 },
        penalties: [Double](repeating: 0, count: parameters)))
  }

  private struct Scaled: Calibration {
    let fit: ClassAffineFit

    func probabilities(_ logits: Logits) -> [Double] {
      softmaxRows(fit.logits(Self.features(logits), rows: logits.rows), classes: logits.classes)
    }

    static func features(_ logits: Logits) -> [Double] { logits.pooled.flatMap { [$0, 1] } }
  }
}
