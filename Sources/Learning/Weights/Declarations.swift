import Randomness
import Tensors

/// One parameter of a model: a slot of the block to be.
package struct DeclaredParameter {
  package let name: String
  package let shape: [Int]
  package let initial: InitialValues
  package let group: ParameterGroup
}

/// What building a model in a graph declared: parameters in order, noise, running means.
///
/// Building the same model again, for another batch size or for prediction, declares the same parameters.
package final class Declarations {
  package let graph: Graph
  package let isTraining: Bool
  package private(set) var parameters: [DeclaredParameter] = []
  private let source: any WeightSource
  private var tensors: [String: Tensor] = [:]
  private(set) var noises: [Noise] = []
  private(set) var runningMeans: [RunningMean] = []
  /// Numbers in the weights wanted so far, which is where a plain block would go on.
  package private(set) var wantedCount = 0

  /// Numbers to be drawn afresh for each training step.
  struct Noise {
    let kind: NoiseKind
    let tensor: Tensor
  }

  struct RunningMean {
    let parameter: Int
    let batch: Tensor
    let keep: Double
  }

  package init(_ graph: Graph, isTraining: Bool, source: any WeightSource) {
    self.graph = graph
    self.isTraining = isTraining
    self.source = source
  }

  func weight(_ wanted: WantedWeight) -> Tensor {
    let tensor = source.weight(wanted, self)
    precondition(
      tensor.shape == wanted.shape, "'\(wanted.name)' came as \(tensor.shape) instead of \(wanted.shape)")
    wantedCount += wanted.count
    return tensor
  }

  /// A parameter; the one declared before where the name is known, so that weights can share it.
  package func parameter(
    _ name: String, _ shape: [Int], _ initial: InitialValues, _ group: ParameterGroup = ParameterGroup()
  ) -> Tensor {
    if let tensor = tensors[name] {
      precondition(tensor.shape == shape, "'\(name)' is declared as \(tensor.shape) and as \(shape)")
      return tensor
    }
    let tensor = graph.parameter(name, shape)
    tensors[name] = tensor
    parameters.append(DeclaredParameter(name: name, shape: shape, initial: initial, group: group))
    return tensor
  }

  func runningMean(_ parameter: DeclaredParameter, keep: Double, of batch: Tensor?) -> Tensor {
    let tensor = self.parameter(parameter.name, parameter.shape, parameter.initial, parameter.group)
    wantedCount += tensor.count
    if let batch {
      runningMeans.append(RunningMean(parameter: parameters.count - 1, batch: batch, keep: keep))
    }
    return tensor
  }

  func noise(_ kind: NoiseKind, _ shape: [Int]) -> Tensor {
    let tensor = graph.input("noise \(noises.count)", shape)
    noises.append(Noise(kind: kind, tensor: tensor))
    return tensor
  }

  /// Where the parameters lie in one block.
  package var layout: ParameterLayout {
    var offset = 0
    return ParameterLayout(
      parameters.map { parameter in
        defer { offset += parameter.shape.reduce(1, *) }
        return ParameterSlot(parameter.name, parameter.shape, offset: offset, group: parameter.group)
      })
  }

  /// The derivatives of `loss` with respect to all parameters, in their order; zero for frozen ones.
  package func gradient(of loss: Tensor) -> [Tensor] {
    let moving = graph.parameters.indices.filter { parameters[$0].group.rate != 0 }
    let derivatives = graph.gradient(of: loss, with: moving.map { graph.parameters[$0] })
    var all = graph.parameters.map { graph.constant(0, $0.shape) }
    for (place, derivative) in zip(moving, derivatives) { all[place] = derivative }
    return all
  }

  /// A block of initial values; the k-th parameter draws from the k-th stream, whatever the others are.
  package func initialBlock(stream: (Int) -> RandomStream) -> FloatBuffer {
    let layout = layout
    let block = FloatBuffer(zeros: layout.count)
    for (k, (parameter, slot)) in zip(parameters, layout.slots).enumerated() {
      parameter.initial.write(block.base + slot.offset, count: slot.count) { stream(k) }
    }
    return block
  }
}

/// The distribution of noise.
enum NoiseKind: Hashable {
  /// 0 with probability `share`, otherwise 1/(1 − share).
  case dropout(share: Double)
  /// Beta(α, α) with α from 0 (excluded) to 1.
  case symmetricBeta(Double)

  func write(_ target: UnsafeMutableBufferPointer<Float>, from stream: RandomStream) {
    var stream = stream
    switch self {
    case .dropout(let share):
      let kept = Float(1 / (1 - share))
      for i in target.indices { target[i] = stream.uniform() < share ? 0 : kept }
    case .symmetricBeta(let alpha):
      for i in target.indices { target[i] = Float(Self.symmetricBeta(alpha, &stream)) }
    }
  }

  /// By Jöhnk's method (1964): X/(X + Y) with X = U^(1/α), Y = V^(1/α), where X + Y ≤ 1, in logarithms because small
  /// powers vanish.
  static func symmetricBeta(_ alpha: Double, _ stream: inout RandomStream) -> Double {
    while true {
      let x = naturalLogarithm(1 - stream.uniform()) / alpha
      let y = naturalLogarithm(1 - stream.uniform()) / alpha
      if exponential(x) + exponential(y) <= 1 { return 1 / (1 + exponential(y - x)) }
    }
  }
}
