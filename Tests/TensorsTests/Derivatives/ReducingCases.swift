import Tensors

extension DerivativeCase {
  static let reducing: [DerivativeCase] = [
    DerivativeCase("sums", [[2, 3, 4]]) { _, x in
      square(sum(x[0], axes: [0, 2])) * square(sum(x[0], axes: [1])).firstThree
    },
    DerivativeCase("mean and variance", [[4, 3]]) { _, x in mean(x[0], axes: [0]) * variance(x[0], axes: [0])
    },
    DerivativeCase("layer norm", [[3, 6], [6], [6]]) { _, x in layerNorm(x[0], gain: x[1], bias: x[2]) },
    DerivativeCase("RMS norm", [[3, 6], [6]]) { _, x in rmsNorm(x[0], gain: x[1]) },
    DerivativeCase("batch norm", [[6, 3], [3], [3]]) { _, x in
      batchNorm(x[0], channelMoments(x[0]), gain: x[1], bias: x[2])
    },
    DerivativeCase("group norm", [[2, 3, 4], [4], [4]]) { _, x in
      groupNorm(x[0], groups: 2, gain: x[1], bias: x[2])
    },
    DerivativeCase("unit rows", [[3, 4]]) { _, x in unitRows(x[0]) },
    DerivativeCase("attention", [[2, 3, 4], [2, 3, 4], [2, 3, 4]]) { _, x in
      attention(queries: x[0], keys: x[1], values: x[2], heads: 2, isCausal: true)
    },
    DerivativeCase("attention over other keys", [[1, 2, 4], [1, 3, 4], [1, 3, 4]]) { _, x in
      attention(queries: x[0], keys: x[1], values: x[2], heads: 2, isCausal: false)
    },
    DerivativeCase("rotary positions", [[1, 3, 2, 4]]) { _, x in square(rotary(x[0])) },
    DerivativeCase("long short-term memory", [[2, 3, 2], [2, 8], [2, 8], [8]]) { _, x in
      lstm(x[0], inputWeights: x[1], stateWeights: x[2], bias: x[3])
    },
    DerivativeCase("gated recurrent unit", [[2, 6], [2, 6], [2, 2]]) { _, x in
      gruStep(fromInput: x[0], fromState: x[1], state: x[2])
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
