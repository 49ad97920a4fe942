import Experiments
import Parts
import Tensors

/// iCaRL (Rebuffi et al., CVPR 2017): rows of every earlier class are kept, the old network is distilled, and a row is
/// taken for the class whose kept rows have the nearest mean of unit-length features.
///
/// A deviation: softmax cross-entropy and the divergence at a temperature stand for the paper's logistic losses, as
/// is customary since.
package struct ICaRL: ContinualLearner {
  package static let name = "icarl"
  package static let revision = 1
  package static let summary =
    "keeps rows, distils, and takes a row for the class of the nearest mean of kept rows"
  package static let hyperparameters = [
    memoryDeclaration, temperatureDeclaration,
    Hyperparameter("distillation", .number(0...1e6), default: .number(1), "the weight of the divergence"),
  ]

  private let memory: Int
  private let temperature: Double
  private let distillation: Double

  package init(_ settings: Settings) {
    memory = settings.integer("memory")
    temperature = settings.number("temperature")
    distillation = settings.number("distillation")
  }

  package func start(_ context: LearnerContext) -> any ContinualLearning {
    NearestMeans(
      context, ExemplarMemory(perClass: memory), temperature: temperature, distillation: distillation)
  }
}

private final class NearestMeans: SharedNetworkLearning {
  let network: IncrementalNetwork
  private(set) var seen = 0
  private var memory: ExemplarMemory
  private let temperature: Double
  private let distillation: Double

  init(_ context: LearnerContext, _ memory: ExemplarMemory, temperature: Double, distillation: Double) {
    network = IncrementalNetwork(context)
    self.memory = memory
    self.temperature = temperature
    self.distillation = distillation
  }

  func learn(_ session: Session) -> TrainingEnd {
    seen = session.seen
    let (network, temperature, weight) = (network, temperature, distillation)
    let rows = network.taught(session.rows.joined(with: memory.rows))
    let end = network.train(
      session.name,
      TaskLoss(rows) { batch in
        let logits = network.logits(batch.own.x, batch.weights)
        let loss = meanCrossEntropy(logits, batch.own.labels, seen: session.seen)
        guard let teacher = batch.own.logits else { return loss }
        return loss + weight
          * meanDistillation(logits, teacher: teacher, old: session.old, temperature: temperature)
      })
    network.remember(session, in: &memory)
    return end
  }

  func classes(of features: FloatBuffer) -> [Int32] {
    let width = network.context.width
    let kept = memory.rows!
    let exemplars = unitLengths(network.outputs(of: kept.features).features, width)
    let sums = FloatBuffer(zeros: seen * width)
    for (row, label) in kept.labels.enumerated() {
      for j in 0..<width { sums.base[Int(label) * width + j] += exemplars.base[row * width + j] }
    }
    // The direction of a sum is that of the mean.
    let means = unitLengths(sums, width)
    let units = unitLengths(network.outputs(of: features).features, width)
    return (0..<units.count / width).map { row in
      // Among unit vectors the nearest has the largest inner product.
      let likeness = (0..<seen).map { label in
        (0..<width).reduce(Float(0)) { $0 + units.base[row * width + $1] * means.base[label * width + $1] }
      }
      return Int32(likeness.firstIndex(of: likeness.max()!) ?? 0)
    }
  }
}
