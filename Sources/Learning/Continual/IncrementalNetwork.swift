import Experiments
import Tensors

/// One network for the whole stream: an extractor, and a head for all of its classes.
package final class IncrementalNetwork {
  let context: LearnerContext
  private(set) var cost = CountedCost()
  /// Nil before the first session.
  package private(set) var parameters: FloatBuffer?
  package private(set) var layout: ParameterLayout?

  init(_ context: LearnerContext) { self.context = context }

  /// The logits of all classes for a batch's rows, as a graph.
  func logits(_ x: Tensor, _ weights: Weights) -> Tensor {
    context.head(context.represent(x, weights), weights)
  }

  /// Trains from the present parameters, or from initial ones at first.
  ///
  /// - Parameters:
  ///   - name: what the random streams are named by.
  ///   - hooks: done to the gradient before those of the plan.
  func train(
    _ name: String, _ loss: TaskLoss, plan: TrainingPlan? = nil, hooks: [any GradientHook] = []
  ) -> TrainingEnd {
    let (training, end) = trained(context, name, loss, plan: plan, hooks: hooks) { training in
      if let parameters {
        training.parameters.base.update(from: parameters.base, count: parameters.count)
      }
    }
    cost += training.cost
    parameters = training.parameters
    layout = training.layout
    return end
  }

  /// Runs a training that leaves the parameters alone, for what its hooks see.
  func observe(_ name: String, _ loss: TaskLoss, hook: any GradientHook) {
    let still = TrainingPlan(
      epochs: 1, batchSize: 1,
      descent: DescentPlan(
        optimizer: SGD(Settings()), schedule: Constant(Settings()), learningRate: 0, hooks: [hook]))
    let (training, _) = trained(context, name, loss, plan: still) { training in
      training.parameters.base.update(from: parameters!.base, count: parameters!.count)
    }
    cost += training.cost
  }

  /// Rows with what the network says of them now; as they are before the first session.
  func taught(_ rows: StreamRows) -> StreamRows {
    parameters == nil ? rows : rows.with(logits: outputs(of: rows.features).logits)
  }

  /// Takes rows of a session's classes into a memory, by what the network makes of them now.
  func remember(_ session: Session, in memory: inout ExemplarMemory, withLogits: Bool = false) {
    let (features, logits) = outputs(of: session.rows.features)
    memory.add(session, features: features, width: context.width, logits: withLogits ? logits : nil)
  }

  /// What the network says of rows: features, rows × width, and the logits of all classes, rows × classes.
  func outputs(of features: FloatBuffer) -> (features: FloatBuffer, logits: FloatBuffer) {
    let context = context
    return networkOutputs(parameters!, on: features, columns: context.columns, context) { x, weights in
      let represented = context.represent(x, weights)
      return (represented, context.head(represented, weights))
    }
  }
}

/// A training of the plan, or of another, on a loss; all its random streams begin with `name`.
///
/// - Parameters:
///   - start: sets initial parameters.
func trained(
  _ context: LearnerContext, _ name: String, _ loss: TaskLoss, plan: TrainingPlan? = nil,
  hooks: [any GradientHook] = [], start: (Training) -> Void
) -> (training: Training, end: TrainingEnd) {
  let plan = plan ?? context.plan
  var descent = plan.descent
  descent.hooks = hooks + descent.hooks
  let stream = context.stream
  let training = Training(
    loss, TrainingPlan(epochs: plan.epochs, batchSize: plan.batchSize, descent: descent),
    stream: { stream("\(name) \($0)", $1) })
  start(training)
  let end = training.run { _, _ in }
  return (training, end)
}

/// Features and logits of rows, by a graph that gives both.
func networkOutputs(
  _ parameters: FloatBuffer, on rows: FloatBuffer, columns: Int, _ context: LearnerContext,
  build: @escaping (Tensor, Weights) -> (features: Tensor, logits: Tensor)
) -> (features: FloatBuffer, logits: FloatBuffer) {
  let (width, classes) = (context.width, context.classes)
  let scoring = Scoring(parameters, on: rows, columns: columns, outputs: width + classes) { x, weights in
    let (features, logits) = build(x, weights)
    return concatenate([features, logits], axis: 1)
  }
  scoring.refresh()
  let count = rows.count / columns
  let (features, logits) = (FloatBuffer(zeros: count * width), FloatBuffer(zeros: count * classes))
  for i in 0..<count {
    let row = scoring.outputs.baseAddress! + i * (width + classes)
    (features.base + i * width).update(from: row, count: width)
    (logits.base + i * classes).update(from: row + width, count: classes)
  }
  return (features, logits)
}

/// The place of each row's largest logit among the first `seen`, the first of equals.
func largestPlaces(_ logits: FloatBuffer, classes: Int, seen: Int) -> [Int32] {
  (0..<logits.count / classes).map { Int32(indexOfLargest(logits.base + $0 * classes, count: seen)) }
}

/// A learner with one network, which takes a row for the class of its largest logit.
package protocol SharedNetworkLearning: ContinualLearning {
  var network: IncrementalNetwork { get }
  /// Classes seen so far.
  var seen: Int { get }
}

extension SharedNetworkLearning {
  package var cost: CountedCost { network.cost }
  package var parameterCount: Int { network.parameters!.count }

  package func classes(of features: FloatBuffer) -> [Int32] {
    largestPlaces(network.outputs(of: features).logits, classes: network.context.classes, seen: seen)
  }
}
