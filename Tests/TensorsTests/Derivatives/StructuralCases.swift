import Tensors

extension DerivativeCase {
  static let structural: [DerivativeCase] = [
    DerivativeCase("matrix product", [[3, 4], [4, 2]]) { _, x in square(matmul(x[0], x[1])) },
    DerivativeCase("transposed products", [[4, 3], [2, 4]]) { _, x in
      square(matmul(transpose(x[0]), transpose(x[1])))
    },
    DerivativeCase("batched product", [[2, 3, 4], [2, 4, 2]]) { _, x in square(matmul(x[0], x[1])) },
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
  ]
}
