/// The sum over neighbouring axes, which stay with size 1.
struct Sum: Operation {
  let axes: Range<Int>

  var kind: String { "sum" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    inputs[0].enumerated().map { axes.contains($0) ? 1 : $1 }
  }

  func gradients(_ node: Backward) -> [Tensor?] { [broadcast(node.upstream, to: node.inputs[0].shape)] }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { inputs[0].product }

  // Each sum of neighbouring numbers runs in eight lanes; sums over farther ones from the first to the last.
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let shape = site.inputShapes[0]
    let outer = Array(shape[..<axes.lowerBound]).product
    let length = Array(shape[axes]).product
    let inner = Array(shape[axes.upperBound...]).product
    let (x, y) = (site.input(0), site.output)
    if inner == 1 {
      return { memory in
        let (x, y) = (memory[x], memory[y])
        for i in 0..<outer { y[i] = sum(x + i * length, count: length) }
      }
    }
    return { memory in
      let (x, y) = (memory[x], memory[y])
      for i in 0..<outer {
        sumColumns(x + i * length * inner, rows: length, columns: inner, into: y + i * inner)
      }
    }
  }
}

/// The sum over `axes` (all by default; negative ones count from the last), which vanish unless kept with size 1.
package func sum(_ x: Tensor, axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
  let axes = normalised(axes, rank: x.rank)
  var result = x
  // Neighbouring axes are summed at once, the last ones first.
  var end = axes.count
  while end > 0 {
    var start = end - 1
    while start > 0 && axes[start - 1] == axes[start] - 1 { start -= 1 }
    let range = axes[start]..<axes[end - 1] + 1
    let length = x.shape[range].reduce(1, *)
    if let value = result.uniformValue {
      result = x.graph.constant(value * Double(length), Sum(axes: range).shape([result.shape]))
    } else if length == 1 {
      // Nothing to add up.
    } else {
      result = x.graph.tensor(Sum(axes: range), [result])
    }
    end = start
  }
  return keepingAxes
    ? result : reshape(result, x.shape.indices.filter { !axes.contains($0) }.map { x.shape[$0] })
}

/// The mean over `axes` (all by default); NaN of an empty tensor.
package func mean(_ x: Tensor, axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
  let count = normalised(axes, rank: x.rank).reduce(1) { $0 * x.shape[$1] }
  return sum(x, axes: axes, keepingAxes: keepingAxes) * (1 / Double(count))
}

/// The mean squared distance from the mean over `axes`, with division by the count (not the count − 1).
package func variance(_ x: Tensor, axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
  mean(square(x - mean(x, axes: axes, keepingAxes: true)), axes: axes, keepingAxes: keepingAxes)
}

/// The inner product of two tensors of one shape.
package func dot(_ a: Tensor, _ b: Tensor) -> Tensor {
  precondition(a.shape == b.shape, "an inner product needs equal shapes, not \(a.shape) and \(b.shape)")
  return sum(a * b)
}

/// Axes in ascending order, counted from the first.
func normalised(_ axes: [Int]?, rank: Int) -> [Int] {
  guard let axes else { return Array(0..<rank) }
  let result = axes.map { $0 < 0 ? $0 + rank : $0 }.sorted()
  precondition(
    result.allSatisfy { (0..<rank).contains($0) } && Set(result).count == result.count,
    "\(axes) are not axes of a tensor of \(rank) dimensions")
  return result
}
