/// e^x over its sum along the last axis. The largest is subtracted first, so finite numbers of any size are safe.
struct Softmax: Operation {
  var kind: String { "softmax" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream.graph.tensor(SoftmaxGradient(), [node.upstream, node.output])]
  }

  /// Comparison, subtraction, exponential, sum and division.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 5 * output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.shape.last ?? 1
    let rows = width == 0 ? 0 : site.shape.product / width
    let (x, y) = (site.input(0), site.output)
    let scratch = site.scratch(wholeLanes(width))
    return { memory in
      let powers = memory[scratch]
      for i in 0..<rows {
        let (x, y) = (memory[x] + i * width, memory[y] + i * width)
        let share = 1 / exponentials(x, minus: largest(x, count: width), count: width, into: powers)
        for j in 0..<width { y[j] = powers[j] * share }
      }
    }
  }
}

/// (g, y) ↦ y·(g − Σ g·y) along the last axis.
struct SoftmaxGradient: Operation {
  var kind: String { "softmax" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }

  func gradients(_ node: Backward) -> [Tensor?] {
    let (u, g, y) = (node.upstream, node.inputs[0], node.inputs[1])
    let forG = u.graph.tensor(SoftmaxGradient(), [u, y])
    let forY =
      u * (g - sum(g * y, axes: [-1], keepingAxes: true)) - g * sum(u * y, axes: [-1], keepingAxes: true)
    return [forG, forY]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 4 * output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.shape.last ?? 1
    let rows = width == 0 ? 0 : site.shape.product / width
    let (g, y, output) = (site.input(0), site.input(1), site.output)
    return { memory in
      for i in 0..<rows {
        let (g, y, output) = (memory[g] + i * width, memory[y] + i * width, memory[output] + i * width)
        let mean = sumOfProducts(g, y, count: width)
        combine(g, y, into: output, count: width) { g, y in
          y * (g - mean)
        } _: { g, y in
          y * (g - mean)
        }
      }
    }
  }
}

/// ln Σ e^x along the last axis, which stays with size 1.
struct LogSumExp: Operation {
  var kind: String { "softmax" }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0].dropLast() + [1] }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream * exponential(node.inputs[0] - node.output)]
  }

  /// Comparison, subtraction, exponential and sum.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 4 * inputs[0].product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.inputShapes[0].last!
    let rows = site.shape.product
    let (x, y) = (site.input(0), site.output)
    let scratch = site.scratch(rows + wholeLanes(width))
    return { memory in
      let (y, sums) = (memory[y], memory[scratch])
      for i in 0..<rows {
        let x = memory[x] + i * width
        y[i] = largest(x, count: width)
        sums[i] = exponentials(x, minus: y[i], count: width, into: sums + rows)
      }
      for i in 0..<rows { sums[i] = Element.logarithm(sums[i]) }
      for i in 0..<rows { y[i] += sums[i] }
    }
  }
}

/// e^x / Σ e^x along the last axis, with the largest subtracted first; NaN where a row holds NaN or +∞.
package func softmax(_ x: Tensor) -> Tensor {
  precondition(x.rank > 0, "a softmax needs an axis")
  return x.graph.tensor(Softmax(), [x])
}

/// ln Σ e^x along the last axis, with the largest subtracted first.
package func logSumExp(_ x: Tensor, keepingAxis: Bool = false) -> Tensor {
  precondition(x.rank > 0 && x.shape.last! > 0, "ln Σ e^x needs at least one number")
  let result = x.graph.tensor(LogSumExp(), [x])
  return keepingAxis ? result : reshape(result, x.shape.dropLast())
}

/// x − ln Σ e^x along the last axis.
package func logSoftmax(_ x: Tensor) -> Tensor { x - logSumExp(x, keepingAxis: true) }
