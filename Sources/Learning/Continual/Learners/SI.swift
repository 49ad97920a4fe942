import Experiments
import Parts
import Tensors

/// Synaptic intelligence (Zenke, Poole & Ganguli, ICML 2017, eqs. 4 and 5): adds c·Σ Ω·(θ − θ*)², where Ω sums over
/// the sessions how much each parameter's way lowered the loss, ω = −Σ g·Δθ over steps, divided by the square of
/// that way plus a damping ξ.
///
/// A deviation: what a parameter raised the loss (ω < 0) counts as nothing, so that the penalty never pushes away.
package struct SI: ContinualLearner {
  package static let name = "si"
  package static let revision = 1
  package static let summary = "holds parameters whose way lowered the loss of earlier sessions"
  package static let hyperparameters = [
    Hyperparameter("penalty", .number(0...1e9), default: .number(1), "c, the strength of the hold"),
    Hyperparameter("damping", .number(1e-9...1e3), default: .number(0.1), "ξ, which bounds the importance"),
  ]

  private let penalty: Double
  private let damping: Double

  package init(_ settings: Settings) {
    penalty = settings.number("penalty")
    damping = settings.number("damping")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    Intelligence(context, penalty: penalty, damping: damping)
  }
}

private final class Intelligence: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private let penalty: Double
  private let damping: Double
  private var importance: FloatBuffer?
  private var anchor: FloatBuffer?

  init(_ context: LearnerContext, penalty: Double, damping: Double) {
    network = IncrementalNetwork(context)
    self.penalty = penalty
    self.damping = damping
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, seen) = (network, seen)
    let path = PathIntegral()
    var hooks: [any GradientHook] = [path]
    if let importance, let anchor {
      hooks.append(QuadraticPenalty(importance: importance, anchor: anchor, strength: 2 * penalty))
    }
    let end = network.train(
      session.name,
      TaskLoss(session.rows) {
        meanCrossEntropy(network.logits($0.own.x, $0.weights), $0.own.labels, seen: seen)
      }, hooks: hooks)
    guard case .finished = end, let parameters = network.parameters else { return end }
    importance = path.importance(at: parameters, damping: damping, former: importance)
    anchor = FloatBuffer(parameters.values)
    return end
  }
}

/// Follows the parameters of a training and sums −g·Δθ of each.
private final class PathIntegral: GradientHook {
  private var start: [Float] = []
  private var last: [Float] = []
  private var gradient: [Float] = []
  private var sums: [Double] = []

  func apply(
    _ gradient: UnsafeMutablePointer<Float>, parameters: UnsafePointer<Float>, layout: ParameterLayout
  ) {
    if start.isEmpty {
      start = Array(UnsafeBufferPointer(start: parameters, count: layout.count))
      last = start
      self.gradient = [Float](repeating: 0, count: layout.count)
      sums = [Double](repeating: 0, count: layout.count)
    }
    move(to: parameters)
    for i in self.gradient.indices { self.gradient[i] = gradient[i] }
  }

  private func move(to parameters: UnsafePointer<Float>) {
    for i in last.indices {
      sums[i] -= Double(gradient[i]) * Double(parameters[i] - last[i])
      last[i] = parameters[i]
    }
  }

  /// Ω after the session; where no step was taken, what was known before.
  func importance(at end: FloatBuffer, damping: Double, former: FloatBuffer?) -> FloatBuffer {
    move(to: end.base)
    let total = FloatBuffer(zeros: end.count)
    for i in 0..<end.count {
      total.base[i] = former?.base[i] ?? 0
      guard !sums.isEmpty else { continue }
      let way = Double(end.base[i]) - Double(start[i])
      total.base[i] += Float(max(0, sums[i]) / (way * way + damping))
    }
    return total
  }
}
