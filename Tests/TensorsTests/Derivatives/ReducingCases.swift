import Tensors

extension DerivativeCase {
  static let reducing: [DerivativeCase] = [
    DerivativeCase("sums", [[2, 3, 4]]) { _, x in
      square(sum(x[0], axes: [0, 2])) * square(sum(x[0], axes: [1])).firstThree
    },
    DerivativeCase("mean and variance", [[4, 3]]) { _, x in mean(x[0], axes: [0]) * variance(x[0], axes: [0])
    },
    DerivativeCase("softmax", [[3, 5]]) { _, x in softmax(x[0]) },
    DerivativeCase("log softmax", [[3, 5]]) { _, x in logSoftmax(x[0]) * logSumExp(x[0], keepingAxis: true) },
    DerivativeCase("cross-entropy", [[3, 4]]) { graph, x in
      crossEntropy(x[0], graph.indexConstant([3, 0, 1], [3]), smoothing: 0.1)
    },
    DerivativeCase("soft targets", [[3, 4], [3, 4]]) { _, x in crossEntropy(x[0], targets: softmax(x[1])) },
    DerivativeCase("binary cross-entropy", [[5], [5]]) { _, x in
      binaryCrossEntropy(x[0], targets: sigmoid(x[1]))
    },
    DerivativeCase("masked mean", [[5]]) { graph, x in
      maskedMean(square(x[0]), graph.constant([1, 0, 1, 1, 0], [5]))
    },
  ]
}

extension Tensor {
  /// Three of eight numbers, by a product with a fixed matrix.
  fileprivate var firstThree: Tensor {
    let matrix = graph.constant((0..<8 * 3).map { $0 % 4 == 0 ? 1 : 0.5 }, [8, 3])
    return reshape(matmul(reshape(self, [1, 8]), matrix), [3])
  }
}
