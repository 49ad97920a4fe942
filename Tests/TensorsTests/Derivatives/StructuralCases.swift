import Tensors

extension DerivativeCase {
  static let structural: [DerivativeCase] = [
    DerivativeCase("matrix product", [[3, 4], [4, 2]]) { _, x in square(matmul(x[0], x[1])) },
    DerivativeCase("transposed products", [[4, 3], [2, 4]]) { _, x in
      square(matmul(transpose(x[0]), transpose(x[1])))
    },
    DerivativeCase("batched product", [[2, 3, 4], [2, 4, 2]]) { _, x in square(matmul(x[0], x[1])) },
    DerivativeCase("product plus a row", [[3, 4], [4, 2], [2]]) { _, x in
      square(matmul(x[0], x[1], plus: x[2]))
    },
    DerivativeCase("batched product plus rows", [[2, 3, 4], [2, 4, 2], [2, 1, 2]]) { _, x in
      square(matmul(x[0], x[1], plus: x[2]))
    },
    DerivativeCase("product with one matrix", [[2, 3, 4], [4, 2]]) { _, x in tanh(matmul(x[0], x[1])) },
    DerivativeCase("broadcast batch", [[2, 1, 3, 4], [3, 2, 4]]) { _, x in
      square(matmul(x[0], transpose(x[1])))
    },
    DerivativeCase("reshape and permute", [[2, 3, 4]]) { _, x in
      square(permute(x[0], [2, 0, 1])) * reshape(x[0], [4, 2, 3])
    },
    DerivativeCase("rows by number", [[4, 3]]) { graph, x in
      square(takeRows(x[0], graph.indexConstant([2, 0, 2, 3], [2, 2])))
    },
    DerivativeCase("rows added", [[5, 2]]) { graph, x in
      square(addRows(x[0], at: graph.indexConstant([1, 0, 1, 1, 3], [5]), rows: 4))
    },
    DerivativeCase("one of each row", [[3, 4]]) { graph, x in
      square(pick(x[0], graph.indexConstant([3, 0, 1], [3])))
    },
    DerivativeCase("slices and padding", [[3, 5]]) { _, x in
      let inner = slice(x[0], axis: 1, 1..<4) * slice(x[0], axis: 0, 0..<3).lastThree
      return square(pad(inner, axis: 1, before: 1, after: 2)) + pad(x[0], axis: -1, before: 1, after: 0)
    },
    DerivativeCase("concatenation", [[2, 3], [2, 1]]) { _, x in
      square(concatenate([x[0], x[1], x[0]], axis: 1)) + tile(x[1], axis: 1, count: 7)
    },
    DerivativeCase("cut up and put together", [[2, 6]]) { _, x in
      let parts = split(x[0], axis: 1, into: 3)
      return parts[0] * parts[1] + tanh(parts[2]) * parts[0]
    },
    DerivativeCase("stack", [[2, 3], [2, 3]]) { _, x in square(stack([x[0], x[1]])) },
    DerivativeCase("windows", [[2, 4, 3, 2]]) { _, x in
      square(unfold(x[0], size: (3, 2), stride: 2, padding: (1, 0)))
    },
    DerivativeCase("convolution", [[2, 5, 4, 2], [3, 2, 2, 3]]) { _, x in
      square(convolution(x[0], x[1], padding: (1, 1)))
    },
    DerivativeCase("convolution in groups with stride", [[1, 5, 5, 4], [3, 3, 2, 4]]) { _, x in
      square(convolution(x[0], x[1], stride: 2, padding: (1, 1), groups: 2))
    },
    DerivativeCase("depthwise convolution", [[1, 4, 4, 3], [2, 2, 1, 3]]) { _, x in
      square(convolution(x[0], x[1], groups: 3))
    },
    DerivativeCase("transposed convolution", [[2, 2, 2, 3], [3, 3, 2, 3]]) { _, x in
      square(transposedConvolution(x[0], x[1], size: (5, 5), stride: 2))
    },
    DerivativeCase("convolution of sequences", [[2, 6, 2], [3, 2, 2]]) { _, x in
      square(convolution1D(x[0], x[1], stride: 2, padding: 1))
    },
    DerivativeCase("max pooling", [[2, 5, 4, 2]]) { _, x in
      square(maxPool(x[0], size: (3, 2), stride: 2, padding: (1, 0)))
    },
    DerivativeCase("average pooling and upsampling", [[1, 4, 2, 2]]) { _, x in
      square(upsample(averagePool(square(x[0]), size: (2, 1)), by: 2))
        * reshape(globalAveragePool(x[0]), [1, 1, 1, 2])
    },
    DerivativeCase("sorting", [[3, 5]]) { _, x in
      square(takeAlongRows(x[0], topPositions(x[0], count: 3)))
        * square(takeAlongRows(x[0], sortedPositions(x[0])).lastThree) + reshape(largest(x[0]), [3, 1])
    },
    DerivativeCase("Walsh-Hadamard", [[2, 8]]) { _, x in square(walshHadamard(x[0])) },
    DerivativeCase("running sums", [[2, 5]]) { _, x in square(cumulativeSum(x[0])) },
    DerivativeCase("Fourier transform", [[4, 3], [4, 3]]) { _, x in
      let y = fourier2D(ComplexTensor(real: x[0], imaginary: x[1]))
      return square(y.real) * y.imaginary
    },
    DerivativeCase("sparse product", [[4], [3, 2]]) { graph, x in
      let a = SparseMatrix(
        graph, columns: 3, starts: [0, 2, 2, 4], columnOfEntry: [0, 2, 1, 2], values: x[0])
      return square(matmul(a, x[1]))
    },
  ]
}

extension Tensor {
  /// The last three columns.
  fileprivate var lastThree: Tensor { slice(self, axis: 1, shape[1] - 3..<shape[1]) }
}
