import Experiments
import Parts
import Tensors

/// A small convolutional network for grey images: a row of the data is a square image, line by line.
///
/// Plain: at each stage a convolution of 3 × 3, a ReLU and the largest of each 2 × 2, then an affine map of what is
/// left (after LeCun et al. 1998). Residual: a first convolution, then at each stage a block of two convolutions with
/// batch normalisation around which the input is added (He et al., CVPR 2016), the later stages at half the size, and
/// an affine map of the channels' means. Separable: as plain, but after a first convolution each stage sees every
/// channel by itself through 3 × 3 and then mixes channels place by place (Chollet, CVPR 2017), and an affine map of the
/// channels' means ends it. Multi-branch: as plain, but half of a stage's channels come from windows of 1 × 1 and half
/// from 3 × 3 over a mixture of 1 × 1, side by side (Szegedy et al., CVPR 2015). Each stage has twice the channels of
/// the one before.
package struct CNN: NetworkModel {
  package static let name = "cnn"
  package static let revision = 1
  package static let summary = "a small convolutional network for square grey images, of four kinds"
  package static let hyperparameters = [
    Hyperparameter("channels", .integer(1...256), default: .integer(8), "channels of the first stage"),
    Hyperparameter(
      "stages", .integer(1...5), default: .integer(2), "stages, each at half the size of the last"),
    Hyperparameter(
      "kind", .choice(Kind.allCases.map(\.rawValue)), default: .text("plain"), "what a stage is made of"),
  ]
  package static let predictions: TargetKind? = nil

  private let channels: Int
  private let stages: Int
  private let kind: Kind

  private enum Kind: String, CaseIterable {
    case plain, residual, separable
    case multiBranch = "multi-branch"
  }

  package init(_ settings: Settings) {
    channels = settings.integer("channels")
    stages = settings.integer("stages")
    kind = Kind(rawValue: settings.text("kind")) ?? .plain
  }

  package func refusal(columns: Int) -> String? {
    let side = Self.side(columns)
    if side * side != columns { return "\(columns) features are no square image" }
    if side >> stages == 0 { return "an image of \(side) × \(side) cannot be halved \(stages) times" }
    return nil
  }

  private static func side(_ columns: Int) -> Int { Int(Double(columns).squareRoot().rounded()) }

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    let side = Self.side(x.shape[1])
    let images = reshape(x, [x.shape[0], side, side, 1])
    return dense(features(images, weights), count, weights["output"])
  }

  private func features(_ images: Tensor, _ weights: Weights) -> Tensor {
    switch kind {
    case .plain:
      flat(images, weights) { convolution($0, channels: $1, $2) }
    case .residual: residual(images, weights)
    case .separable: separable(images, weights)
    case .multiBranch: flat(images, weights, branches)
    }
  }

  /// Stages that each end in a ReLU and the largest of 2 × 2; all places of the last.
  private func flat(
    _ images: Tensor, _ weights: Weights, _ stage: (Tensor, _ channels: Int, Weights) -> Tensor
  ) -> Tensor {
    var h = images
    for number in 0..<stages {
      h = relu(stage(h, channels << number, weights["stage\(number + 1)"]))
      h = maxPool(h, size: (2, 2), stride: 2)
    }
    return reshape(h, [h.shape[0], h.count / h.shape[0]])
  }

  private func branches(_ x: Tensor, _ channels: Int, _ weights: Weights) -> Tensor {
    let narrow = max(1, channels / 2)
    let mixed = relu(pointwise(x, narrow, weights["mixed"]))
    return concatenate(
      [
        pointwise(x, narrow, weights["narrow"]),
        convolution(mixed, channels: max(1, channels - narrow), weights["wide"]),
      ], axis: 3)
  }

  private func separable(_ images: Tensor, _ weights: Weights) -> Tensor {
    var h = relu(convolution(images, channels: channels, weights["stem"]))
    for number in 0..<stages {
      let block = weights["stage\(number + 1)"]
      let inputs = h.shape[3]
      let window = block["depthwise"].parameter("weight", [3, 3, 1, inputs], .he(inputs: 9))
      let seen = convolution(h, window, padding: (1, 1), groups: inputs)
      h = maxPool(relu(pointwise(seen, channels << number, block["pointwise"])), size: (2, 2), stride: 2)
    }
    return globalAveragePool(h)
  }

  /// A mixture of the channels at each place.
  private func pointwise(_ x: Tensor, _ channels: Int, _ weights: Weights) -> Tensor {
    let w = weights.parameter("weight", [1, 1, x.shape[3], channels], .he(inputs: x.shape[3]))
    return convolution(x, w) + weights.parameter("bias", [channels], .zeros)
  }

  private func residual(_ images: Tensor, _ weights: Weights) -> Tensor {
    func normalised(_ x: Tensor, _ channels: Int, _ stride: Int, _ weights: Weights) -> Tensor {
      batchNorm(
        convolution(x, channels: channels, stride: stride, weights, hasBias: false), weights["norm"])
    }
    var h = relu(normalised(images, channels, 1, weights["stem"]))
    for stage in 0..<stages {
      let block = weights["stage\(stage + 1)"]
      let (width, stride) = (channels << stage, stage == 0 ? 1 : 2)
      let inner = relu(normalised(h, width, stride, block["first"]))
      let added = normalised(inner, width, 1, block["second"])
      let shortcut = stage == 0 ? h : normalised(h, width, stride, block["shortcut"])
      h = relu(added + shortcut)
    }
    return globalAveragePool(h)
  }
}
