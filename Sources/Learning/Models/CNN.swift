import Experiments
import Parts
import Tensors

/// A small convolutional network for grey images: a row of the data is a square image, line by line.
///
/// Plain: at each stage a convolution of 3 × 3, a ReLU and the largest of each 2 × 2, then an affine map of what is
/// left (after LeCun et al. 1998). Residual: a first convolution, then at each stage a block of two convolutions with
/// batch normalisation around which the input is added (He et al., CVPR 2016), the later stages at half the size, and
/// an affine map of the channels' means. Each stage has twice the channels of the one before.
package struct CNN: NetworkModel {
  package static let name = "cnn"
  package static let revision = 1
  package static let summary = "a small convolutional network for square grey images, plain or residual"
  package static let hyperparameters = [
    Hyperparameter("channels", .integer(1...256), default: .integer(8), "channels of the first stage"),
    Hyperparameter(
      "stages", .integer(1...5), default: .integer(2), "stages, each at half the size of the last"),
    Hyperparameter(
      "kind", .choice(["plain", "residual"]), default: .text("plain"), "whether stages are residual blocks"),
  ]
  package static let predictions: TargetKind? = nil

  private let channels: Int
  private let stages: Int
  private let isResidual: Bool

  package init(_ settings: Settings) {
    channels = settings.integer("channels")
    stages = settings.integer("stages")
    isResidual = settings.text("kind") == "residual"
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
    return dense(
      isResidual ? residual(images, weights) : plain(images, weights), count, weights["output"])
  }

  private func plain(_ images: Tensor, _ weights: Weights) -> Tensor {
    var h = images
    for stage in 0..<stages {
      h = relu(convolution(h, channels: channels << stage, weights["stage\(stage + 1)"]))
      h = maxPool(h, size: (2, 2), stride: 2)
    }
    return reshape(h, [h.shape[0], h.count / h.shape[0]])
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
