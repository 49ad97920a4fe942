import Experiments
import Parts

/// No calibration: the softmax as it is, of several members the mean of theirs.
package struct None: Calibrator {
  package static let name = "none"
  package static let revision = 1
  package static let summary = "leaves the probabilities as they are"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration { Unchanged() }

  private struct Unchanged: Calibration {
    func probabilities(_ logits: Logits) -> [Double] { softmaxRows(logits.pooled, classes: logits.classes) }
  }
}
