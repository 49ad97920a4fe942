import Experiments
import Parts
import Tensors

/// Elastic weight consolidation (Kirkpatrick et al., PNAS 2017, eq. 3): adds λ/2·Σ F·(θ − θ*)², where F says how much
/// each parameter matters to what was learned.
///
/// Two deviations: F is summed over the sessions and the anchor θ* is the latest (the "online" form of Schwarz et
/// al., ICML 2018, with γ = 1), and it is the mean squared derivative of the loss at the true labels (the empirical
/// Fisher information), over at most 200 of the session's rows.
package struct EWC: ContinualLearner {
  package static let name = "ewc"
  package static let revision = 1
  package static let summary = "holds parameters that matter by their Fisher information near where they were"
  package static let hyperparameters = [
    Hyperparameter("penalty", .number(0...1e9), default: .number(100), "λ, the strength of the hold")
  ]

  private let penalty: Double

  package init(_ settings: Settings) { penalty = settings.number("penalty") }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    Consolidation(context, penalty: penalty)
  }
}

private final class Consolidation: SharedNetworkLearning {
  private static let fisherRows = 200

  let network: IncrementalNetwork
  private(set) var seen = 0
  private let penalty: Double
  private var information: FloatBuffer?
  private var anchor: FloatBuffer?

  init(_ context: LearnerContext, penalty: Double) {
    network = IncrementalNetwork(context)
    self.penalty = penalty
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, seen) = (network, seen)
    func loss(_ rows: StreamRows) -> TaskLoss {
      TaskLoss(rows) {
        meanCrossEntropy(network.logits($0.own.x, $0.weights), $0.own.labels, seen: seen)
      }
    }
    var hooks: [any GradientHook] = []
    if let information, let anchor {
      hooks = [QuadraticPenalty(importance: information, anchor: anchor, strength: penalty)]
    }
    let end = network.train(session.name, loss(session.rows), hooks: hooks)
    guard case .finished = end else { return end }
    var stream = network.context.stream("\(session.name) fisher-rows", 0)
    let places = stream.permutation(session.rows.count).prefix(Self.fisherRows).map { Int($0) }
    let squares = SquaredGradients(count: network.parameters!.count, information)
    network.observe("\(session.name) fisher", loss(session.rows.rows(at: places)), hook: squares)
    information = squares.mean(over: places.count)
    anchor = FloatBuffer(network.parameters!.values)
    return end
  }
}

/// Sums the squares of the gradients it sees.
private final class SquaredGradients: GradientHook {
  private var sums: [Double]
  private let former: FloatBuffer?

  init(count: Int, _ former: FloatBuffer?) {
    sums = [Double](repeating: 0, count: count)
    self.former = former
  }

  func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    for i in sums.indices { sums[i] += Double(gradient[i]) * Double(gradient[i]) }
  }

  /// The mean of what was seen, added to what was known before.
  func mean(over count: Int) -> FloatBuffer {
    let total = FloatBuffer(zeros: sums.count)
    for i in sums.indices { total.base[i] = (former?.base[i] ?? 0) + Float(sums[i] / Double(count)) }
    return total
  }
}
