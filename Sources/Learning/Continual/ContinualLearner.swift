import Experiments
import Parts
import Randomness
import Tensors

/// A way to learn classes session by session without the rows of earlier sessions, but for a memory of some.
///
/// One file and one line in `continualLearnerRegistry`.
package protocol ContinualLearner: Part {
  /// A learner that has seen nothing yet.
  func start(_ context: LearnerContext) -> any ContinualLearning
}

/// A learner in the middle of a stream.
package protocol ContinualLearning: AnyObject {
  /// Learns the next session.
  func learn(_ session: Session) -> TrainingEnd
  /// The class each row is taken for, by place in the stream, among those seen.
  ///
  /// - Parameter features: rows × columns.
  func classes(of features: FloatBuffer) -> [Int32]
  /// What training cost so far; predicting is left out.
  var cost: CountedCost { get }
  /// Numbers that prediction needs now.
  var parameterCount: Int { get }
}

/// What all learners of a stream are given alike.
package struct LearnerContext {
  /// What turns a row into features: its outputs, rectified. The head is an affine map of them.
  package let extractor: any NetworkModel
  /// Features an extractor gives.
  package let width: Int
  /// Numbers in a row.
  package let columns: Int
  /// Classes of the whole stream; a learner uses those it has seen.
  package let classes: Int
  /// How each session is trained.
  package let plan: TrainingPlan
  package let stream: (_ purpose: String, _ index: Int) -> RandomStream

  package init(
    extractor: any NetworkModel, width: Int, columns: Int, classes: Int, plan: TrainingPlan,
    stream: @escaping (_ purpose: String, _ index: Int) -> RandomStream
  ) {
    self.extractor = extractor
    self.width = width
    self.columns = columns
    self.classes = classes
    self.plan = plan
    self.stream = stream
  }

  /// rows × width.
  func represent(_ x: Tensor, _ weights: Weights) -> Tensor {
    relu(extractor.outputs(x, count: width, weights: weights["extractor"]))
  }

  /// The logits of all classes, rows × classes.
  func head(_ features: Tensor, _ weights: Weights) -> Tensor { dense(features, classes, weights["head"]) }
}
